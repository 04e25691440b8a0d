"""Fills the demonstration the first time it starts: its people, and the day before the round opens."""

from datetime import datetime, time, timedelta

from statsbidrag.portal import clock, rules
from statsbidrag.portal.demonstration.cast import bring_on
from statsbidrag.portal.models import DemonstrationClock
from statsbidrag.terms.dates import SWEDISH_TIME

YEAR = 2025


def fill() -> None:
    """Brings everyone on and sets the clock, where that has not been done; what someone has done there stays."""
    if not DemonstrationClock.objects.exists():
        eve = rules.round_rules(YEAR).requisition.opens.value - timedelta(days=1)
        clock.move(datetime.combine(eve, time(9), SWEDISH_TIME))
    bring_on(clock.now())
