"""Where a recipient stands in a round: whether it may requisition now, what it has sent, and what that lacks."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from statsbidrag.cycle import Requisition, Review, gather
from statsbidrag.cycle.step_2_requisition import RequisitionRules
from statsbidrag.portal import rules
from statsbidrag.portal.models import Decision, ReceivedRequisition, Round
from statsbidrag.portal.queries.prepared import RECIPIENT, YEAR, Prepared
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import is_giro

LATE = (
    "Det som kommer in för sent tar vi emot på papper eller med e-post, men det avvisas. "
    "Hör av er till oss om något är oklart."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One version of a requisition as it came in: what it says, the contact, and its documents.

    document, receipt   the documents' entries in the diary; there is no receipt until it has been made
    """

    requisition: Requisition
    contact_name: str
    contact_email: str
    contact_telephone: str
    their_reference: str
    document: int
    receipt: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a requisition, and what the check says of it."""

    sent: Sent
    review: Review

    @property
    def requisition(self) -> Requisition:
        """What it says, as the check knows it."""
        return self.review.requisition


@dataclass(frozen=True, slots=True)
class Place:
    """Where a recipient stands in a round on a day.

    published, opened   when the agency did it; None where it has not
    decided             whether there is a decision in the recipient's case
    versions            everything that the recipient has sent, the first first
    """

    year: int
    recipient: str
    today: date
    published: datetime | None
    opened: datetime | None
    decided: bool
    versions: tuple[Version, ...]

    @property
    def rules(self) -> RequisitionRules:
        """What the round says of requisitions."""
        return rules.round_rules(self.year).requisition

    @property
    def ceiling(self) -> int:
        """The recipient's ceiling in kronor."""
        return rules.ceilings(self.year).get(self.recipient, 0)

    @property
    def standing(self) -> Version | None:
        """The version that stands: the last one that is neither replaced nor rejected."""
        kept = [version for version in self.versions if version.review.state not in ("replaced", "rejected")]
        return kept[-1] if kept else None

    @property
    def open(self) -> bool:
        """Whether the recipient may requisition, change or take back today."""
        return self.opened is not None and self.today <= self.rules.last_day.value and not self.decided

    @property
    def completes(self) -> Requisition | None:
        """The requisition that may be completed now, after the last day; None where there is nothing to complete."""
        standing = self.standing
        after = self.rules.last_day.value < self.today <= self.rules.completed_by
        if self.opened is None or self.decided or not after or standing is None:
            return None
        return standing.review.requisition if standing.review.state == "to complete" else None

    def require_open(self) -> None:
        """Raises Fault where nothing may be sent in now, and says when it may or might have been."""
        if not (self.open or self.completes):
            raise Fault("rekvisitionen", *self.closed())

    def closed(self) -> tuple[str, str]:
        """Says why nothing may be sent in now, and what to do."""
        if self.published is None:
            return f"Omgången {self.year} är inte utlyst än.", "Kom tillbaka när den är utlyst."
        if self.opened is None:
            if self.today < self.rules.opens.value:
                opens = day_in_words(self.rules.opens.value)
                return f"Omgången har inte öppnat för rekvisition. Den öppnar den {opens}.", "Kom tillbaka då."
            return "Omgången har inte öppnat för rekvisition än.", "Ni får veta när den öppnar."
        if self.decided:
            return "Vi har fattat beslut i ärendet.", "Läs beslutet i ärendet."
        if self.standing and self.standing.review.state == "accepted":
            says = f"Sista dagen att ändra rekvisitionen var den {day_in_words(self.rules.last_day.value)}."
            return says, "Er rekvisition gäller. Ni behöver inte göra något."
        return f"Sista dagen för rekvisition var den {day_in_words(self.rules.last_day.value)}.", LATE

    def require_undecided(self) -> None:
        """Raises Fault where it is too early or too late to abstain: before the round opens, or after the decision."""
        if self.opened is None or self.decided:
            raise Fault("beskedet", *self.closed())


SENT = (
    *(field.name for field in fields(Requisition)),
    "contact_name",
    "contact_email",
    "contact_telephone",
    "their_reference",
    "document_id",
    "receipt_id",
)
_OF_REQUISITION = len(fields(Requisition))
_DECIDED = Exists(Decision.objects.filter(year=OuterRef("year"), recipient=RECIPIENT, approval__isnull=False))
_ROUND = Prepared(lambda: Round.objects.filter(pk=YEAR).values_list("published", "opened", _DECIDED))
_SENT = Prepared(
    lambda: (
        ReceivedRequisition.objects.filter(Q(recipient=RECIPIENT) | Q(recipient=""), year=YEAR)
        .order_by("arrived", "id")
        .values_list(*SENT)
    )
)


def place_of(year: int, recipient: str, now: datetime) -> Place:
    """Reads where a recipient stands in a round."""
    which = {YEAR: year, RECIPIENT: recipient}
    published, opened, is_decided = _ROUND.first(which) or (None, None, False)
    today = day_of_arrival(now)
    versions = versions_of(year, recipient, _SENT.rows(which), today)
    return Place(year, recipient, today, published, opened, bool(is_decided), versions)


def versions_of(year: int, recipient: str, rows: Iterable[tuple[Any, ...]], today: date) -> tuple[Version, ...]:
    """Gives a recipient's versions in a round among the rows of ``SENT``, each with what the check says on a day."""
    read = [Sent(Requisition(*row[:_OF_REQUISITION]), *row[_OF_REQUISITION:]) for row in rows]
    if not read:
        return ()
    sent = {each.requisition.reference: each for each in read}
    asked = [each.requisition for each in read]
    reviews = gather(asked, rules.round_rules(year).requisition, rules.ceilings(year), today).reviews
    own = [review for review in reviews if review.requisition.recipient == recipient]
    return tuple(Version(sent[review.requisition.reference], review) for review in own)


def lacking(requisition: Requisition, ceiling: int) -> tuple[str, ...]:
    """Gives the names of the facts that a completion has to put right; the others stand as they were sent."""
    amount, most = requisition.amount, requisition.at_most
    wrong = {
        "amount": amount is None or not 0 < amount <= ceiling,
        "wants_more": requisition.wants_more is None,
        "at_most": most is not None and most <= 0,
        "other_support": requisition.other_support is None,
        "giro": not is_giro(requisition.giro),
    }
    return tuple(name for name, is_wrong in wrong.items() if is_wrong)
