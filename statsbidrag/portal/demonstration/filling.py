"""Fills the demonstration the first time it starts: its people, the round before, and the eve of the round to come."""

from datetime import timedelta

from django.conf import settings

from statsbidrag.portal import clock
from statsbidrag.portal.actions.letters import write_letters
from statsbidrag.portal.actions.payment_notices import send_notices
from statsbidrag.portal.actions.requisition_receipt import make_missing_receipts
from statsbidrag.portal.demonstration.cast import bring_on
from statsbidrag.portal.demonstration.moving import move_to
from statsbidrag.portal.demonstration.stages import stages
from statsbidrag.portal.models import DemonstrationClock
from statsbidrag.terms.faults import Fault

YEAR = 2025


def fill() -> None:
    """Brings everyone on, runs the round before and sets the clock to the eve of the round to come.

    Where that has been done, all that anyone has done in the demonstration stays as it is; where it was interrupted,
    it goes on from there.
    """
    if not settings.DEMONSTRATION:
        why = "Det här är en riktig tjänst; påhittade uppgifter får inte blandas in i den."
        raise Fault("demonstrationen", why, "Starta en demonstration för sig, med STATSBIDRAG_DEMO=1.")
    eve = stages(YEAR)[0].moment
    begun = DemonstrationClock.objects.exists()
    if begun and clock.now() >= eve:
        return
    earlier = [stage for stage in stages(YEAR - 1) if stage.moment < eve]
    beginning = earlier[0].moment - timedelta(days=1)
    clock.move(beginning)
    bring_on(beginning)
    move_to(YEAR - 1, earlier[-1], beginning)
    _write_what_waits(YEAR - 1)
    clock.move(eve)


def _write_what_waits(year: int) -> None:
    """Writes receipts, letters and notices at once, so that they are dated in their own year."""
    make_missing_receipts()
    write_letters.call(year)
    send_notices.call(year)
