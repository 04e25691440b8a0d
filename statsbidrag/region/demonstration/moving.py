"""Moves the region's house on with the demonstration's clock: everyone does what lies before it and nobody has done."""

from collections.abc import Callable
from datetime import datetime

from statsbidrag.portal.demonstration.stages import StageKey, stages
from statsbidrag.region.demonstration import clinics, desk, visits


def move_on(year: int, moment: datetime) -> None:
    """Does what lies before a moment of a round; what somebody has already done is left as it is."""
    for stage in stages(year):
        if stage.moment == moment:
            for do in _DONE_AT.get(stage.key, ()):
                do(year, moment)


_DONE_AT: dict[StageKey, tuple[Callable[[int, datetime], None], ...]] = {
    "paid": (desk.begin_years, clinics.do, desk.plan_and_decide, visits.do),
    "report time": (clinics.do, visits.do),
    "report due": (clinics.do, visits.do),
}
