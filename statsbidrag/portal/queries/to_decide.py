"""What waits to be decided: a grant for whoever requisitioned in time, a rejection of what cannot be taken up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from statsbidrag.cycle import DecisionKind, Review
from statsbidrag.exchange.letters.deciding import reasons_of_grant
from statsbidrag.portal import rules
from statsbidrag.portal.models import Decision, ReallocatedShare, ReceivedRequisition
from statsbidrag.portal.queries.decision_rows import Row
from statsbidrag.portal.queries.requisitions import intake
from statsbidrag.portal.reasons import as_said
from statsbidrag.terms.because import Because
from statsbidrag.terms.kronor import in_words

_BREAKING = ("rejects", "essential")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What the presenter proposes for one recipient.

    kronor, reallocated   the whole new sums, for a correction or change too
    reasons               what the letter says, a paragraph each
    ground                the ground for repayment that a withholding rests on
    earlier               the number of the decision that it replaces or concerns
    concerns              the row of the requisition that is rejected or closed
    texts                 what a correction alters in words: name, what it said, what it says now
    repayment             the row of the matter of repayment that it decides, with its own ``because``
    """

    kind: DecisionKind
    reasons: tuple[str, ...]
    kronor: int = 0
    reallocated: int = 0
    ground: str = ""
    earlier: str = ""
    concerns: int | None = None
    texts: tuple[tuple[str, str, str], ...] = ()
    repayment: int | None = None
    because: Because | None = None


@dataclass(frozen=True, slots=True)
class StillToDecide:
    """What is still to be prepared, and what the grants of the round come to against the pot; kronor.

    grants, rejections   how many are to be prepared
    to_prepare           what those grants come to
    waiting              what the prepared ones come to
    decided              what is granted by the decisions that stand
    """

    grants: int
    rejections: int
    to_prepare: int
    waiting: int
    decided: int
    pot: int

    @property
    def left(self) -> int:
        """What the pot has left when all of it is decided."""
        return self.pot - self.decided - self.waiting - self.to_prepare


def still_to_decide(year: int, today: date, rows: Sequence[Row]) -> StillToDecide:
    """Counts what is to be prepared beside the list of decisions there are."""
    known = {row.recipient for row in rows if row.kind == "grant"}
    rejected = sum(row.kind == "rejection" and row.concerns is not None for row in rows)
    shares = dict(ReallocatedShare.objects.filter(round_id=year).values_list("recipient", "kronor"))
    reviews = [one for one in intake(year, today).reviews if one.requisition.recipient]
    new = [one.requisition for one in reviews if one.counts and one.requisition.recipient not in known]
    late = sum(one.state == "rejected" for one in reviews)
    return StillToDecide(
        grants=len(new),
        rejections=max(0, late - rejected),
        to_prepare=sum((one.amount or 0) + shares.get(one.recipient, 0) for one in new),
        waiting=_waiting(rows),
        decided=sum(row.total for row in rows if row.subject == "grant" and row.state in ("written", "unwritten")),
        pot=rules.round_rules(year).allocation.pot.value,
    )


def grants(year: int, today: date) -> Iterator[tuple[str, Proposed, Because]]:
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
        yield key, Proposed(kind="grant", reasons=tuple(reasons), kronor=amount, reallocated=more), why


def rejections(year: int, today: date) -> Iterator[tuple[str, Proposed, Because]]:
    """A rejection of everything that came in late or was never put right, with what the check found as its reasons."""
    rows = ReceivedRequisition.objects.filter(year=year).exclude(recipient="")
    known = dict(rows.values_list("reference", "pk"))
    done = set(Decision.objects.filter(year=year, kind="rejection").values_list("concerns_id", flat=True))
    for review in intake(year, today).reviews:
        concerns = known.get(review.requisition.reference)
        if review.state == "rejected" and concerns and concerns not in done:
            proposed = Proposed(kind="rejection", reasons=found_in(review), concerns=concerns)
            yield review.requisition.recipient, proposed, review.because()


def found_in(review: Review) -> tuple[str, ...]:
    """Gives why a requisition is rejected, as the check found it."""
    return tuple(found.says for found in review.findings if found.weight in _BREAKING)


def _shares(year: int) -> dict[str, tuple[int, Because]]:
    """What each recipient got in the reallocation, with the reasons as they were."""
    rows = ReallocatedShare.objects.filter(round_id=year).values_list("recipient", "kronor", "because")
    return {recipient: (kronor, as_said(because)) for recipient, kronor, because in rows}


def _waiting(rows: Sequence[Row]) -> int:
    """What the prepared decisions add to what is granted; a change adds only its difference."""
    sums = {row.reference: row.total for row in rows}
    waiting = [row for row in rows if row.state == "waiting" and row.subject == "grant"]
    return sum(row.total - (sums.get(row.earlier, 0) if row.kind != "grant" else 0) for row in waiting)
