"""What the tests of cases build on: a round of three recipients, and the days on which things happen."""

from dataclasses import dataclass
from datetime import datetime

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import Decision
from statsbidrag.terms.dates import SWEDISH_TIME

YEAR = 2025
OPENED = datetime(2025, 3, 11, 9, tzinfo=SWEDISH_TIME)
IN_TIME = datetime(2025, 4, 28, 10, tzinfo=SWEDISH_TIME)
TOO_LATE = datetime(2025, 4, 30, 0, 1, tzinfo=SWEDISH_TIME)
REALLOCATED = datetime(2025, 5, 12, 10, tzinfo=SWEDISH_TIME)
DECIDED = datetime(2025, 5, 13, 10, tzinfo=SWEDISH_TIME)
# Who does what: a region asks for part of its ceiling, a municipality for all and more, one comes too late.
REGION, MUNICIPALITY, LATE = "region-01", "municipality-0484", "municipality-0180"


@dataclass(frozen=True)
class Agency:
    """Those who work on the round."""

    officer: Visitor
    presenter: Visitor
    decision_maker: Visitor
    registrar: Visitor


def references() -> list[str]:
    """The numbers of all decisions that wait."""
    return list(Decision.objects.filter(approval=None).values_list("reference", flat=True))
