"""A recipient's own cases, one a round: what it sent, what it got, what is decided and paid."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import FilteredRelation, Q, Sum

from statsbidrag.cycle.ledger import MOVES, LedgerAccount
from statsbidrag.cycle.step_4_authority import DecisionKind
from statsbidrag.portal import models
from statsbidrag.portal.queries.own_reports import REPORT, OwnReport
from statsbidrag.portal.queries.payments import Attempt, Payments, payments_to
from statsbidrag.portal.queries.prepared import RECIPIENT, Prepared
from statsbidrag.portal.queries.recipient import Draft
from statsbidrag.portal.queries.recipient_round import SENT, Place, versions_of
from statsbidrag.portal.reasons import as_said
from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import day_of_arrival

GIVING: frozenset[DecisionKind] = frozenset({"grant", "reallocation"})
REPLACING: frozenset[DecisionKind] = frozenset({"correction", "change"})


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
class OwnCase:
    """What a recipient sees of itself in a round.

    reallocated   when the agency shared out what nobody requisitioned
    share         what the recipient got of it with the reason; None where it got no part
    balances      what the ledger says is in each account, in kronor
    report        how far its report has come
    """

    place: Place
    reallocated: datetime | None
    share: tuple[int, Because] | None
    draft: Draft | None
    decisions: tuple[Made, ...]
    balances: Mapping[LedgerAccount, int]
    payments: tuple[Attempt, ...]
    report: OwnReport

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
    def latest_payment(self) -> Attempt | None:
        """The latest payment; None before there is one."""
        return self.payments[-1] if self.payments else None

    @property
    def payment_failed(self) -> bool:
        """Whether the latest payment did not reach the recipient."""
        return self.latest_payment is not None and self.latest_payment.failed

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
        .values_list("year", "published", "opened", "reallocated", "own__kronor", "own__because", *REPORT)
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


def own_cases(recipient: str, now: datetime, *, with_drafts: bool = True) -> list[OwnCase]:
    """Gives a recipient's cases in the rounds that are published, the newest first."""
    which, today = {RECIPIENT: recipient}, day_of_arrival(now)
    sent, made = _by_year(_SENT.rows(which)), _by_year(_MADE.rows(which))
    drafts = _by_year(_DRAFTS.rows(which)) if with_drafts else {}
    balances, paid = _balances(_BOOKED.rows(which)), payments_to(recipient)
    cases = []
    for year, published, opened, reallocated, kronor, because, *report in _ROUNDS.rows(which):
        decisions = tuple(Made(*row) for row in made.get(year, ()))
        versions = versions_of(year, recipient, sent.get(year, ()), today)
        place = Place(year, recipient, today, published, opened, bool(decisions), versions)
        share = (kronor, as_said(because)) if because is not None else None
        draft = next((Draft(*row) for row in drafts.get(year, ())), None)
        money = (balances[year], _sent(paid.get(year)))
        cases.append(OwnCase(place, reallocated, share, draft, decisions, *money, OwnReport(*report)))
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


def _sent(known: Payments | None) -> tuple[Attempt, ...]:
    """What has been paid or is about to be; a withdrawn payment is the agency's own matter."""
    return tuple(attempt for attempt in known.attempts if attempt.state != "withdrawn") if known else ()
