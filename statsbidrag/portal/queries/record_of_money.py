"""Does the ledger hold? It balances, every posting has what it rests on, and every decision has its postings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from statsbidrag.cycle.ledger import Cause, Ledger, Posting
from statsbidrag.portal import rules
from statsbidrag.portal.models import Decision, LedgerEntry, Payment, Round
from statsbidrag.portal.queries.ledger import ledger
from statsbidrag.portal.queries.record_types import Break
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

_BY_DECISION: frozenset[Cause] = frozenset({"granted", "reallocated", "raised", "reduced", "withheld", "released"})
_BY_PAYMENT: frozenset[Cause] = frozenset({"paid", "returned"})


class _Made(NamedTuple):
    """A decision that is made, with the sums of the one before it."""

    kind: str
    recipient: str
    kronor: int
    reallocated: int
    kronor_before: int | None
    reallocated_before: int | None

    @property
    def difference(self) -> int:
        """What it adds to the one before it, in kronor; below 0 it takes away."""
        return self.kronor + self.reallocated - (self.kronor_before or 0) - (self.reallocated_before or 0)


@dataclass(frozen=True, slots=True)
class _Behind:
    """What the postings of a round rest on: decisions that are made, payments, and what was done with the round."""

    decisions: Mapping[str, _Made]
    payments: Mapping[str, tuple[str, int]]
    published: bool
    reallocated: bool


def postings() -> int:
    """Gives how many postings there are, in all rounds."""
    return LedgerEntry.objects.count()


def money_breaks() -> Iterator[Break]:
    """Rebuilds the book of every round and tells what does not hold."""
    for year in sorted(set(LedgerEntry.objects.order_by().values_list("year", flat=True))):
        where = f"huvudboken {year}"
        try:
            book = ledger(year)
        except Fault as fault:
            yield Break(fault.where, fault.why)
            continue
        pot = rules.round_rules(year).allocation.pot.value
        if sum(book.totals().values()) != pot:
            yield Break(where, f"Kontona går inte jämnt ut mot potten på {in_words(pot)}.")
        behind = _behind(year)
        for posting in book.postings:
            yield from _without_ground(posting, behind)
        yield from _unbooked(book, behind)


def _without_ground(posting: Posting, behind: _Behind) -> Iterator[Break]:
    if posting.cause in _BY_DECISION:
        decision = behind.decisions.get(posting.reference)
        if decision is None or decision.recipient != posting.recipient:
            yield Break(posting.where, "Det finns inget beslut bakom posten.")
    elif posting.cause in _BY_PAYMENT:
        payment = behind.payments.get(posting.reference)
        if payment is None or payment[0] != posting.recipient:
            yield Break(posting.where, "Det finns ingen utbetalning bakom posten.")
        elif payment[1] != posting.kronor:
            yield Break(
                posting.where, f"Posten är på {in_words(posting.kronor)}, betalningen på {in_words(payment[1])}."
            )
    elif posting.cause == "allocated" and not behind.published:
        yield Break(posting.where, "Posten är bokförd, men fördelningslistan är inte publicerad.")
    elif posting.cause == "unclaimed" and not behind.reallocated:
        yield Break(posting.where, "Posten är bokförd, men omfördelningen är inte gjord.")


def _unbooked(book: Ledger, behind: _Behind) -> Iterator[Break]:
    """Compares every decision that is made with what is booked on it."""
    booked = {(one.cause, one.reference): one.kronor for one in book.postings}
    for reference, made in behind.decisions.items():
        for causes, least, most in _expected(made):
            found = sum(booked.get((cause, reference), 0) for cause in causes)
            if not least <= found <= most:
                why = f"Beslutet ger {in_words(most)}, men {in_words(found)} är bokfört."
                yield Break(f"beslut {reference}, {made.recipient}", why)


def _expected(made: _Made) -> Iterator[tuple[tuple[Cause, ...], int, int]]:
    """What should be booked on a decision: by which causes, at least and at most; kronor.

    A grant that is lowered after it was paid is taken back only as far as it was not paid (step 8 sees to the rest).
    """
    if made.kind == "grant":
        yield ("granted",), made.kronor, made.kronor
        yield ("reallocated",), made.reallocated, made.reallocated
    elif made.kind == "withholding":
        yield ("withheld",), made.kronor, made.kronor
    elif made.kind in ("correction", "change"):
        more, less = max(0, made.difference), max(0, -made.difference)
        yield ("raised", "withheld"), more, more
        yield ("reduced", "released"), 0, less


def _behind(year: int) -> _Behind:
    round_ = Round.objects.filter(pk=year).first()
    decisions = Decision.objects.filter(year=year, approval__isnull=False)
    fields = ("kind", "recipient", "kronor", "reallocated", "earlier__kronor", "earlier__reallocated")
    return _Behind(
        {reference: _Made(*facts) for reference, *facts in decisions.values_list("reference", *fields)},
        {
            reference: (recipient, kronor)
            for reference, recipient, kronor in Payment.objects.filter(batch__year=year).values_list(
                "reference", "recipient", "kronor"
            )
        },
        bool(round_ and round_.published),
        bool(round_ and round_.reallocated),
    )
