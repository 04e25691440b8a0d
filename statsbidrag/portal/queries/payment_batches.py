"""Batches of payments: where each stands, and its files."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from statsbidrag.portal import handover
from statsbidrag.portal.models import BankAnswer, Document, PaymentBatch
from statsbidrag.portal.queries.payments import Payments, State

BatchState = Literal["prepared", "withdrawn", "handed over", "answered"]
BATCH_STATES: dict[BatchState, tuple[str, str]] = {
    "prepared": ("Inte överlämnad", "wait"),
    "withdrawn": ("Tillbakadragen", "neutral"),
    "handed over": ("Överlämnad", "wait"),
    "answered": ("Besvarad", "good"),
}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in the list.

    states      how many of its payments are in each state
    unmatched   the answers of the round that fit no payment and that nobody has looked into
    """

    number: int
    day: date
    handed_over: datetime | None
    withdrawn: datetime | None
    attested: int
    unmatched: int
    kronor: int
    states: Counter[State]

    @property
    def state(self) -> BatchState:
        """Where the batch stands."""
        if self.withdrawn:
            return "withdrawn"
        if not self.handed_over:
            return "prepared"
        return "handed over" if self.states["sent"] or self.states["accepted"] else "answered"

    @property
    def says(self) -> str:
        """Its state in a word."""
        return BATCH_STATES[self.state][0]

    @property
    def tone(self) -> str:
        """How its state is shown."""
        return BATCH_STATES[self.state][1]


def batches(year: int, known: Payments) -> list[BatchLine]:
    """Gives the batches of a round, the latest first, in one question to the database."""
    unmatched = BankAnswer.objects.filter(file__year=OuterRef("year"), payment=None, looked_at=None).order_by()
    counted = unmatched.values("file__year").annotate(count=Count("id")).values("count")
    rows = (
        PaymentBatch.objects.filter(year=year)
        .annotate(attested=Count("attestations"), unmatched=Coalesce(Subquery(counted, IntegerField()), 0))
        .order_by("-number")
        .values_list("number", "day", "handed_over", "withdrawn", "attested", "unmatched")
    )
    kronor: Counter[int] = Counter()
    states: dict[int, Counter[State]] = {}
    for attempt in known.attempts:
        kronor[attempt.batch] += attempt.payment.kronor
        states.setdefault(attempt.batch, Counter())[attempt.state] += 1
    return [BatchLine(*row, kronor[row[0]], states.get(row[0], Counter())) for row in rows]


def batch_row(year: int, number: int) -> PaymentBatch | None:
    """Gives a batch with who prepared it and who handed it over."""
    rows = PaymentBatch.objects.select_related("prepared_by", "handed_over_by")
    return rows.filter(year=year, number=number).first()


def batch_files(batch: PaymentBatch) -> list[str]:
    """Gives the endings of the files that a batch was handed over as."""
    names = _files(batch.year, batch.number).values_list("name", flat=True)
    return [name.rpartition(".")[2] for name in names]


def batch_file(year: int, number: int, ending: str) -> Document | None:
    """Gives a file of a batch, with its content; None where the batch has no such file."""
    name = f"{handover.batch_name(year, number)}.{ending}"
    return _files(year, number).select_related("content").filter(name=name).first()


def _files(year: int, number: int) -> QuerySet[Document]:
    start = f"{handover.batch_name(year, number)}."
    own = Document.objects.filter(entry__case__year=year, entry__case__kind="round", about=handover.ABOUT_BATCH)
    return own.filter(name__startswith=start).order_by("entry_id")
