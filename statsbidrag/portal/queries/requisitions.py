"""What has come in: every requisition of a round with what the check says of it, and the one that stands."""

from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import Q

from statsbidrag.cycle import Intake, Requisition, Review, gather
from statsbidrag.portal import rules
from statsbidrag.portal.models import ReceivedRequisition
from statsbidrag.portal.queries.prepared import RECIPIENT, YEAR, Prepared

FIELDS = (
    "reference",
    "recipient",
    "arrived",
    "amount",
    "wants_more",
    "at_most",
    "abstains",
    "other_support",
    "giro",
    "agent",
    "channel",
    "completes",
)

_ALL = Prepared(lambda: ReceivedRequisition.objects.filter(year=YEAR).order_by("arrived", "id").values_list(*FIELDS))
_OWN = Prepared(
    lambda: (
        ReceivedRequisition.objects.filter(Q(recipient=RECIPIENT) | Q(recipient=""), year=YEAR)
        .order_by("arrived", "id")
        .values_list(*FIELDS)
    )
)
_ARRIVED = """
    SELECT COUNT(*), MAX(salt) FROM portal_receivedrequisition
      JOIN portal_document ON portal_document.entry_id = portal_receivedrequisition.document_id WHERE year = %s
"""


def received(year: int) -> tuple[Requisition, ...]:
    """Gives everything that has come in during a round, in order of arrival."""
    return tuple(_requisition_of(row) for row in _ALL.rows({YEAR: year}))


def intake(year: int, today: date) -> Intake:
    """Gives everything that has come in with what the check says of it on a day.

    The same answer is given again until something more comes in: what has come in is never altered.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVED, [year])
        rows, mark = cursor.fetchone()
    return _gathered(year, rows, mark, today)


def versions(year: int, recipient: str, today: date) -> tuple[Review, ...]:
    """Gives every version that a recipient has sent in, the first first, each with what the check says of it."""
    own = tuple(_requisition_of(row) for row in _OWN.rows({YEAR: year, RECIPIENT: recipient}))
    return judged(year, recipient, own, today)


def judged(year: int, recipient: str, own: tuple[Requisition, ...], today: date) -> tuple[Review, ...]:
    """Gives what the check says of a recipient's own requisitions."""
    rows = gather(own, rules.round_rules(year).requisition, rules.ceilings(year), today)
    return tuple(review for review in rows.reviews if review.requisition.recipient == recipient)


def standing(year: int, recipient: str, today: date) -> Review | None:
    """Gives the version that stands: the last that is neither replaced nor rejected; None where there is none."""
    return standing_among(versions(year, recipient, today))


def standing_among(reviews: tuple[Review, ...]) -> Review | None:
    """Gives the one among a recipient's versions that stands."""
    standing_ones = [review for review in reviews if review.state not in ("replaced", "rejected")]
    return standing_ones[-1] if standing_ones else None


@lru_cache(maxsize=16)
def _gathered(year: int, rows: int, mark: str, today: date) -> Intake:  # noqa: ARG001  # the key of the memory
    """Checks the whole round once for each thing that comes in; ``rows`` and ``mark`` say what has."""
    return gather(received(year), rules.round_rules(year).requisition, rules.ceilings(year), today)


def _requisition_of(row: tuple[object, ...]) -> Requisition:
    """Gives a row of the fields above as the check knows it."""
    return Requisition(*row)  # type: ignore[arg-type]  # the fields stand in the order of the dataclass
