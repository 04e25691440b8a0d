"""The officer's list of requisitions: everyone on the round's list, also who has not been heard, as rows to filter."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Literal

from statsbidrag.cycle import REQUISITION_STATES, Intake, Review
from statsbidrag.portal import rules
from statsbidrag.portal.models import Decision, ReceivedRequisition, Role
from statsbidrag.portal.queries.requisitions import intake
from statsbidrag.portal.queries.words import in_swedish_order
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.kronor import grouped, in_words
from statsbidrag.terms.parties import Kind

# A replaced version is never what a line is about, but it is one of the states of a requisition.
RowState = Literal["none", "accepted", "to complete", "rejected", "replaced", "abstained"]

STATES: dict[RowState, str] = {
    "none": "Inte rekvirerat",
    "accepted": REQUISITION_STATES["accepted"],
    "to complete": REQUISITION_STATES["to complete"],
    "rejected": REQUISITION_STATES["rejected"],
    "abstained": REQUISITION_STATES["abstained"],
}
TONES: dict[RowState, str] = {
    "none": "neutral",
    "accepted": "good",
    "to complete": "wait",
    "rejected": "bad",
    "abstained": "neutral",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A recipient's line, with what stands now; the amounts also in the words of the page.

    amount     kronor requisitioned, or None
    more       whether it wants a share of what is left, and at most how much, in words
    state      of the version that stands, or of the last one that is to be rejected
    rejected   how many versions are to be rejected by a decision
    lacking    what is lacking or wrong, in words
    reference  of the version that the line is about
    """

    key: str
    kind: Kind
    name: str
    county: str
    ceiling: int
    amount: int | None = None
    more: str = ""
    state: RowState = "none"
    arrived: datetime | None = None
    rejected: int = 0
    lacking: str = ""
    reference: str = ""
    agent: bool = False
    ceiling_shown: str = ""
    amount_shown: str = ""
    arrived_shown: str = ""
    sorted_as: str = ""


_kept: dict[int, tuple[Intake, frozenset[str], tuple[Row, ...]]] = {}


def rows(year: int, today: date) -> tuple[Row, ...]:
    """Gives a line for everyone on the round's list; drafts are nowhere in it (adm-02).

    The lines are made anew only when something has come in or an agent has come or gone.
    """
    arrived = intake(year, today)
    agents = frozenset(Role.objects.filter(kind="agent", ended=None).values_list("recipient", flat=True))
    kept = _kept.get(year)
    if kept is None or kept[0] is not arrived or kept[1] != agents:
        kept = _kept[year] = (arrived, agents, tuple(_rows(year, arrived, agents)))
    return kept[2]


def counts(all_rows: Iterable[Row]) -> dict[RowState, int]:
    """Counts the lines by state, every state in its order."""
    found = Counter(row.state for row in all_rows)
    return {state: found[state] for state in STATES}


def rejections_decided(year: int) -> int:
    """Counts the requisitions that have been rejected by a decision, so that they wait no more."""
    return Decision.objects.filter(year=year, kind="rejection", approval__isnull=False).count()


def of_nobody_known(year: int, today: date) -> list[tuple[Review, int]]:
    """Gives what came in without saying whose it is and still waits to be placed, each with its document's entry."""
    waiting = {
        review.requisition.reference: review
        for review in intake(year, today).reviews
        if not review.requisition.recipient and review.state == "to complete"
    }
    if not waiting:
        return []
    entries = ReceivedRequisition.objects.filter(year=year, reference__in=waiting)
    return [(waiting[reference], entry) for reference, entry in entries.values_list("reference", "document_id")]


def _rows(year: int, arrived: Intake, agents: frozenset[str]) -> Iterator[Row]:
    by_recipient: dict[str, list[Review]] = {}
    for review in arrived.reviews:
        if review.state != "replaced":
            by_recipient.setdefault(review.requisition.recipient, []).append(review)
    for row in _everyone(year):
        own = by_recipient.get(row.key)
        row_now = _heard(row, own) if own else row
        yield replace(row_now, agent=True) if row.key in agents else row_now


@cache
def _everyone(year: int) -> tuple[Row, ...]:
    """A line for everyone before anything has come in."""
    parties = rules.recipients()
    return tuple(
        Row(
            key,
            parties[key].kind,
            parties[key].name,
            parties[key].county,
            ceiling,
            ceiling_shown=grouped(ceiling),
            sorted_as=in_swedish_order(parties[key].name),
        )
        for key, ceiling in rules.ceilings(year).items()
    )


def _heard(row: Row, own: list[Review]) -> Row:
    standing = [review for review in own if review.state != "rejected"]
    rejected = len(own) - len(standing)
    review = (standing or own)[-1]
    asked = review.requisition
    return replace(
        row,
        amount=None if asked.abstains else asked.amount,
        more=_more(review),
        state=review.state,
        arrived=asked.arrived,
        rejected=rejected,
        lacking=" ".join(finding.says for finding in review.findings if finding.weight != "note"),
        reference=asked.reference,
        amount_shown="" if asked.abstains or asked.amount is None else grouped(asked.amount),
        arrived_shown=asked.arrived.astimezone(SWEDISH_TIME).strftime("%Y-%m-%d %H.%M"),
    )


def _more(review: Review) -> str:
    asked = review.requisition
    if asked.abstains or asked.wants_more is None:
        return ""
    if not asked.wants_more:
        return "Nej"
    return f"Högst {in_words(asked.at_most)}" if asked.at_most else "Ja"
