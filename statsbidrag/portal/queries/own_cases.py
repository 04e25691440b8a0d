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
from statsbidrag.portal.queries.recipient import Draft
from statsbidrag.portal.queries.recipient_round import Place, versions_of
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

    letter   the document with the decision; None while the letter is being made
    """

    id: int
    kind: DecisionKind
    kronor: int
    reallocated: int
    because: Because
    letter: int | None
    day: date
    earlier: int | None

    @property
    def total(self) -> int:
        """The whole sum in kronor."""
        return self.kronor + self.reallocated


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


def own_cases(recipient: str, now: datetime, *, years: Iterable[int] = ()) -> list[OwnCase]:
    """Gives a recipient's cases in the rounds that are published, the newest first; or in some years only."""
    in_years = Q(year__in=list(years)) if years else Q()
    rounds = models.Round.objects.filter(in_years, published__isnull=False).order_by("-year")
    own_share = FilteredRelation("shares", condition=Q(shares__recipient=recipient))
    columns = ("year", "published", "opened", "reallocated", "own__kronor", "own__because")
    rounds_read = list(rounds.annotate(own=own_share).values_list(*columns))
    sent = _by_year(models.ReceivedRequisition.objects.filter(in_years, Q(recipient=recipient) | Q(recipient="")))
    drafts, made = _drafts(recipient, in_years), _decisions(recipient, in_years)
    balances, paid = _balances(recipient, in_years), _payments(recipient, years)
    today = day_of_arrival(now)
    return [
        OwnCase(
            Place(
                year,
                recipient,
                today,
                published,
                opened,
                bool(made[year]),
                versions_of(year, recipient, sent[year], today),
            ),
            reallocated,
            (kronor, as_said(because)) if because is not None else None,
            drafts.get(year),
            tuple(made[year]),
            balances[year],
            tuple(paid[year]),
        )
        for year, published, opened, reallocated, kronor, because in rounds_read
    ]


def _by_year(rows: Iterable[models.ReceivedRequisition]) -> Mapping[int, list[models.ReceivedRequisition]]:
    found: dict[int, list[models.ReceivedRequisition]] = defaultdict(list)
    for row in rows:
        found[row.year].append(row)
    return found


def _drafts(recipient: str, in_years: Q) -> Mapping[int, Draft]:
    columns = ("year", "values", "version", "changed", "changed_by__name")
    rows = models.RequisitionDraft.objects.filter(in_years, recipient=recipient).values_list(*columns)
    return {year: Draft(*rest) for year, *rest in rows}


def _decisions(recipient: str, in_years: Q) -> Mapping[int, list[Made]]:
    columns = ("year", "id", "kind", "kronor", "reallocated", "because", "letter_id", "approval__day", "earlier_id")
    rows = models.Decision.objects.filter(in_years, recipient=recipient, approval__isnull=False)
    found: dict[int, list[Made]] = defaultdict(list)
    for year, id_, kind, kronor, more, because, *rest in rows.order_by("approval__at", "id").values_list(*columns):
        found[year].append(Made(id_, kind, kronor, more, as_said(because), *rest))
    return found


def _balances(recipient: str, in_years: Q) -> Mapping[int, Counter[LedgerAccount]]:
    sums = models.LedgerEntry.objects.filter(in_years, recipient=recipient).order_by()
    found: dict[int, Counter[LedgerAccount]] = defaultdict(Counter)
    for year, cause, kronor in sums.values_list("year", "cause").annotate(kronor=Sum("kronor")):
        move = MOVES[cause]
        found[year][move.moved_to] += kronor
        found[year][move.moved_from] -= kronor
    return found


def _payments(recipient: str, years: Iterable[int]) -> Mapping[int, list[Paid]]:
    """Every payment with its answers, in one question; a payment has a row for each answer."""
    in_years = Q(batch__year__in=list(years)) if years else Q()
    rows = models.Payment.objects.filter(in_years, recipient=recipient, batch__withdrawn=None)
    by_reference: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows.order_by("id", "answers__id").values_list(*_PAYMENT, *_ANSWER):
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
