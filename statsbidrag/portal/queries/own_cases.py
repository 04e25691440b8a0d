"""A recipient's own cases, one a round: what it sent, what it got, what is decided and paid."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import FilteredRelation, Q, Sum

from statsbidrag.cycle.ledger import MOVES, LedgerAccount
from statsbidrag.cycle.step_4_authority import DecisionKind
from statsbidrag.cycle.step_5_payment import BankAnswer, History, Payment, PaymentState
from statsbidrag.portal import models
from statsbidrag.portal.queries.prepared import RECIPIENT, Prepared
from statsbidrag.portal.queries.recipient import Draft
from statsbidrag.portal.queries.recipient_round import SENT, Place, versions_of
from statsbidrag.portal.reasons import as_said
from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import day_of_arrival

GIVING: frozenset[DecisionKind] = frozenset({"grant", "reallocation"})
REPLACING: frozenset[DecisionKind] = frozenset({"correction", "change"})
_PAYMENT = ("batch__year", "reference", "recipient", "kronor", "giro", "batch__day", "batch__handed_over")
_ANSWER = ("answers__outcome", "answers__day", "answers__kronor", "answers__why", "answers__looked_at")


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that has been made in a recipient's case.

    why      its reasons as they are kept
    letter   the document with the decision; None while the letter is being made
    """

    id: int
    kind: DecisionKind
    kronor: int
    reallocated: int
    why: Mapping[str, Any]
    letter: int | None
    day: date
    earlier: int | None

    @property
    def total(self) -> int:
        """The whole sum in kronor."""
        return self.kronor + self.reallocated

    @property
    def because(self) -> Because:
        """Why it was decided so."""
        return as_said(self.why)


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment to a recipient, and where it stands; ``why`` is what the bank says last."""

    kronor: int
    giro: str
    day: date
    handed_over: datetime | None
    state: PaymentState
    answered: date | None
    why: str


@dataclass(frozen=True, slots=True)
class OwnCase:
    """What a recipient sees of itself in a round.

    reallocated   when the agency shared out what nobody requisitioned
    share         what the recipient got of it with the reason; None where it got no part
    balances      what the ledger says is in each account, in kronor
    """

    place: Place
    reallocated: datetime | None
    share: tuple[int, Because] | None
    draft: Draft | None
    decisions: tuple[Made, ...]
    balances: Mapping[LedgerAccount, int]
    payments: tuple[Paid, ...]

    @property
    def grant(self) -> Made | None:
        """The decision on the grant that stands: the first, or the last that has corrected or changed it."""
        about = {made.id for made in self.decisions if made.kind in GIVING}
        standing = None
        for made in self.decisions:
            if made.id in about or (made.kind in REPLACING and made.earlier in about):
                about.add(made.id)
                standing = made
        return standing

    @property
    def latest_payment(self) -> Paid | None:
        """The latest payment; None before there is one."""
        return self.payments[-1] if self.payments else None

    @property
    def payment_failed(self) -> bool:
        """Whether the latest payment did not reach the recipient."""
        return self.latest_payment is not None and self.latest_payment.state in ("rejected", "returned")

    @property
    def may_be_taken_back(self) -> bool:
        """Whether the recipient has requisitioned and may still say that it abstains after all (adm-21)."""
        standing = self.place.standing
        return standing is not None and not standing.requisition.abstains and not self.place.decided


_SHARE = FilteredRelation("shares", condition=Q(shares__recipient=RECIPIENT))
_ROUNDS = Prepared(
    lambda: (
        models.Round.objects.filter(published__isnull=False)
        .order_by("-year")
        .annotate(own=_SHARE)
        .values_list("year", "published", "opened", "reallocated", "own__kronor", "own__because")
    )
)
_SENT = Prepared(
    lambda: (
        models.ReceivedRequisition.objects.filter(Q(recipient=RECIPIENT) | Q(recipient=""))
        .order_by("arrived", "id")
        .values_list("year", *SENT)
    )
)
_DRAFTS = Prepared(
    lambda: models.RequisitionDraft.objects.filter(recipient=RECIPIENT).values_list(
        "year", "values", "version", "changed", "changed_by__name"
    )
)
_MADE = Prepared(
    lambda: (
        models.Decision.objects.filter(recipient=RECIPIENT, approval__isnull=False)
        .order_by("approval__at", "id")
        .values_list(
            "year", "id", "kind", "kronor", "reallocated", "because", "letter_id", "approval__day", "earlier_id"
        )
    )
)
_BOOKED = Prepared(
    lambda: (
        models.LedgerEntry.objects.filter(recipient=RECIPIENT)
        .order_by()
        .values_list("year", "cause")
        .annotate(total=Sum("kronor"))
    )
)
_PAID = Prepared(
    lambda: (
        models.Payment.objects.filter(recipient=RECIPIENT, batch__withdrawn=None)
        .order_by("id", "answers__id")
        .values_list(*_PAYMENT, *_ANSWER)
    )
)


def own_cases(recipient: str, now: datetime, *, with_drafts: bool = True) -> list[OwnCase]:
    """Gives a recipient's cases in the rounds that are published, the newest first."""
    which, today = {RECIPIENT: recipient}, day_of_arrival(now)
    sent, made = _by_year(_SENT.rows(which)), _by_year(_MADE.rows(which))
    drafts = _by_year(_DRAFTS.rows(which)) if with_drafts else {}
    balances, paid = _balances(_BOOKED.rows(which)), _payments(_PAID.rows(which))
    cases = []
    for year, published, opened, reallocated, kronor, because in _ROUNDS.rows(which):
        decisions = tuple(Made(*row) for row in made.get(year, ()))
        versions = versions_of(year, recipient, sent.get(year, ()), today)
        place = Place(year, recipient, today, published, opened, bool(decisions), versions)
        share = (kronor, as_said(because)) if because is not None else None
        draft = next((Draft(*row) for row in drafts.get(year, ())), None)
        cases.append(OwnCase(place, reallocated, share, draft, decisions, balances[year], tuple(paid[year])))
    return cases


def _by_year(rows: Iterable[tuple[Any, ...]]) -> Mapping[int, list[tuple[Any, ...]]]:
    """Parts rows by their first column, the year, and leaves it out."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for year, *rest in rows:
        found[year].append(tuple(rest))
    return found


def _balances(rows: Iterable[tuple[Any, ...]]) -> Mapping[int, Counter[LedgerAccount]]:
    found: dict[int, Counter[LedgerAccount]] = defaultdict(Counter)
    for year, cause, kronor in rows:
        move = MOVES[cause]
        found[year][move.moved_to] += kronor
        found[year][move.moved_from] -= kronor
    return found


def _payments(rows: Iterable[tuple[Any, ...]]) -> Mapping[int, list[Paid]]:
    """Every payment with its answers; a payment has a row for each answer."""
    by_reference: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        by_reference[row[1]].append(row)
    found: dict[int, list[Paid]] = defaultdict(list)
    for read in by_reference.values():
        found[read[0][0]].append(_paid(read))
    return found


def _paid(rows: list[tuple[Any, ...]]) -> Paid:
    _, reference, recipient, kronor, giro, day, handed_over = rows[0][: len(_PAYMENT)]
    answers = [row[len(_PAYMENT) :] for row in rows]
    counting = [answer for answer in answers if answer[0] not in (None, "pending") and answer[-1] is None]
    history = History(
        (Payment(reference, "", recipient, kronor, giro, day),),
        tuple(BankAnswer(reference, outcome, when, sum_, why) for outcome, when, sum_, why, _ in counting),
    )
    last = max(counting, key=lambda answer: answer[1]) if counting else None
    state = history.states()[reference]
    return Paid(kronor, giro, day, handed_over, state, last[1] if last else None, last[3] if last else "")
