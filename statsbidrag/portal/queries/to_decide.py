"""What waits to be decided: a grant for whoever requisitioned in time, a rejection of what cannot be taken up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from statsbidrag.cycle import DecisionKind, Review
from statsbidrag.exchange.letters.deciding import reasons_of_grant
from statsbidrag.portal.models import Decision, ReallocatedShare, ReceivedRequisition
from statsbidrag.portal.queries.requisitions import intake
from statsbidrag.portal.reasons import as_said
from statsbidrag.terms.because import Because
from statsbidrag.terms.kronor import in_words

_BREAKING = ("rejects", "essential")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the presenter proposes for one recipient.

    kronor, reallocated   the whole new sums, for a correction or change too
    reasons               what the letter says, a paragraph each
    ground                the ground for repayment that a withholding rests on
    earlier               the number of the decision that it replaces or concerns
    concerns              the row of the requisition that is rejected or closed
    texts                 what a correction alters in words: name, what it said, what it says now
    """

    kind: DecisionKind
    reasons: tuple[str, ...]
    kronor: int = 0
    reallocated: int = 0
    ground: str = ""
    earlier: str = ""
    concerns: int | None = None
    texts: tuple[tuple[str, str, str], ...] = ()


def grants(year: int, today: date) -> Iterator[tuple[str, Draft, Because]]:
    """A grant for every requisition that counts and has none yet, with what was reallocated."""
    shares = _shares(year)
    known = set(Decision.objects.filter(year=year, kind="grant").values_list("recipient", flat=True))
    for review in intake(year, today).reviews:
        key = review.requisition.recipient
        if not review.counts or key in known:
            continue
        amount, (more, because) = review.requisition.amount or 0, shares.get(key, (0, None))
        steps = (review.because(), *([because] if more and because else []))
        why = Because(f"Bidraget är {in_words(amount + more)}", amount + more, "kr", steps=steps)
        reasons = reasons_of_grant(completed=bool(review.requisition.completes), reallocated=more > 0)
        yield key, Draft(kind="grant", reasons=tuple(reasons), kronor=amount, reallocated=more), why


def rejections(year: int, today: date) -> Iterator[tuple[str, Draft, Because]]:
    """A rejection of everything that came in late or was never put right, with what the check found as its reasons."""
    rows = ReceivedRequisition.objects.filter(year=year).exclude(recipient="")
    known = dict(rows.values_list("reference", "pk"))
    done = set(Decision.objects.filter(year=year, kind="rejection").values_list("concerns_id", flat=True))
    for review in intake(year, today).reviews:
        concerns = known.get(review.requisition.reference)
        if review.state == "rejected" and concerns and concerns not in done:
            draft = Draft(kind="rejection", reasons=found_in(review), concerns=concerns)
            yield review.requisition.recipient, draft, review.because()


def found_in(review: Review) -> tuple[str, ...]:
    """Gives why a requisition is rejected, as the check found it."""
    return tuple(found.says for found in review.findings if found.weight in _BREAKING)


def _shares(year: int) -> dict[str, tuple[int, Because]]:
    """What each recipient got in the reallocation, with the reasons as they were."""
    rows = ReallocatedShare.objects.filter(round_id=year).values_list("recipient", "kronor", "because")
    return {recipient: (kronor, as_said(because)) for recipient, kronor, because in rows}
