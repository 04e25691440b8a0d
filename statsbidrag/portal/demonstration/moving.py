"""Moves the demonstration to a later day: everyone does what lies before it, by the service's own deeds.

What somebody has already done is left as it is; each step does only what is undone.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from statsbidrag.portal import clock, neighbours
from statsbidrag.portal.actions.allocation import allocate_and_publish, open_round
from statsbidrag.portal.actions.reallocation import reallocate_round
from statsbidrag.portal.demonstration import giving, recipients, reporting
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.demonstration.stages import Stage, StageKey, stages
from statsbidrag.portal.models import Round
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


def move_to(year: int, stage: Stage, now: datetime) -> None:
    """Moves to a stage, through every stage on the way; raises Fault for a day that has been.

    Each stage is reached whole or not at all, so that a move that is cut off goes on from where it was.
    """
    if stage.moment <= now:
        raise Fault("klockan", "Den dagen har redan varit.", "Välj en senare dag, eller börja om demonstrationen.")
    for each in stages(year):
        if now < each.moment <= stage.moment:
            with writing():
                clock.move(each.moment)
                recipients.send_in(year, until=each.moment)
                if done := _DONE_ON_THE_WAY.get(each.key):
                    done(year, each.moment)
                neighbours.move_on(year, each.moment)


def _open_unless_in_hand(year: int, moment: datetime) -> None:
    """Opens the round, but leaves it to whoever has published it to open it too."""
    if not _is_done(year, "published"):
        _open(year, moment)


def _open_at_last(year: int, moment: datetime) -> None:
    """Opens what nobody has opened, and lets the recipients in."""
    if not _is_done(year, "opened"):
        _open(year, moment)
        recipients.send_in(year, until=moment)


def _open(year: int, moment: datetime) -> None:
    officer = as_character("officer")
    if not _is_done(year, "published"):
        allocate_and_publish(officer, year, moment)
    open_round(officer, year, moment)


def _reallocate(year: int, moment: datetime) -> None:
    if not _is_done(year, "reallocated"):
        reallocate_round(as_character("officer"), year, moment)


def _is_done(year: int, deed: Literal["published", "opened", "reallocated"]) -> bool:
    """Whether somebody has done it with the round."""
    return Round.objects.filter(pk=year, **{f"{deed}__isnull": False}).exists()


_DONE_ON_THE_WAY: dict[StageKey, Callable[[int, datetime], None]] = {
    "open": _open_unless_in_hand,
    "last day": _open_at_last,
    "reallocated": _reallocate,
    "decided": giving.decide,
    "paid": giving.pay,
    "report time": reporting.send_out,
    "report due": reporting.report_all,
    "account": reporting.report_all,
}
