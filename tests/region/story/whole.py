"""A round and two regions' years in it, from the open call to the account.

They are lived side by side in one demonstration: what one region does shows nowhere in the other.
"""

from collections.abc import Callable, Sequence
from functools import partial

from portal.story.actor import Cast
from portal.story.story import FIRST_HALF, SECOND_HALF, the_clock_moves
from portal.story.third_part import THIRD_PART
from region.story import claims, orebro, reporting, stockholm

DURING_THE_YEAR: Sequence[Callable[[Cast], None]] = (
    *stockholm.BEFORE_THE_PAYMENT,
    partial(the_clock_moves, to="Utbetald"),
    *stockholm.DURING_THE_YEAR,
    *orebro.DURING_THE_YEAR,
    claims.one_visit_at_two_centres_is_paid_once_one_is_taken_back,
    orebro.the_figures_are_released,
)
IN_FEBRUARY: Sequence[Callable[[Cast], None]] = (*stockholm.IN_FEBRUARY, *reporting.IN_FEBRUARY)
_REPORT_TIME, *_AFTERWARDS = THIRD_PART
WHOLE: Sequence[Callable[[Cast], None]] = (
    *FIRST_HALF,
    *SECOND_HALF,
    *DURING_THE_YEAR,
    _REPORT_TIME,
    *IN_FEBRUARY,
    *_AFTERWARDS,
)
