"""What the bank and the finance system have answered: the files, what each said, and what a person must look into."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from django.db.models import Count, Q

from statsbidrag.portal.models import AnswerFile, BankAnswer, LedgerEntry, Payment
from statsbidrag.portal.queries.payments import Payments, payments
from statsbidrag.portal.queries.remembering import remembered

Booked = Literal["paid", "returned"]
SetAside = frozenset[tuple[str, str, date, int | None]]
OUTCOMES: dict[str, str] = {
    "paid": "Utbetald",
    "accepted": "Mottagen av banken",
    "rejected": "Avvisad",
    "pending": "Inte avgjord än",
    "returned": "I retur",
}


class SentPayment(NamedTuple):
    """A payment that has been handed over, as its answer finds it."""

    reference: str
    kronor: int


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch that has been handed over, as its answers find it."""

    message_id: str
    payments: tuple[SentPayment, ...]

    @property
    def total(self) -> int:
        """The kronor of all payments together."""
        return sum(payment.kronor for payment in self.payments)


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A file that has been read in, and which of its answers have been set aside."""

    name: str
    content: bytes
    set_aside: SetAside


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that a person must look into, or has looked into.

    says   what the answer says, in words
    why    why it has to be looked into
    """

    id: int
    reference: str
    outcome: str
    day: date
    kronor: int | None
    says: str
    why: str
    looked_at: datetime | None
    remark: str


def sent_batches() -> tuple[SentBatch, ...]:
    """Gives every batch that has been handed over, of every round: a file may answer several."""
    rows = Payment.objects.filter(batch__handed_over__isnull=False).order_by("id")
    found: dict[str, list[SentPayment]] = defaultdict(list)
    for message_id, reference, kronor in rows.values_list("batch__message_id", "reference", "kronor"):
        found[message_id].append(SentPayment(reference, kronor))
    return tuple(SentBatch(key, tuple(sent)) for key, sent in found.items())


def files_so_far() -> tuple[EarlierFile, ...]:
    """Gives every file that has been read in, in order."""
    aside: dict[int, set[tuple[str, str, date, int | None]]] = defaultdict(set)
    looked_at = BankAnswer.objects.filter(looked_at__isnull=False, payment__isnull=False)
    for file, reference, outcome, day, kronor in looked_at.values_list(
        "file_id", "reference", "outcome", "day", "kronor"
    ):
        aside[file].add((reference, outcome, day, kronor))
    rows = AnswerFile.objects.order_by("id").values_list("id", "name", "content")
    return tuple(EarlierFile(name, bytes(content), frozenset(aside[key])) for key, name, content in rows)


def payment_ids(references: Iterable[str]) -> Mapping[str, int]:
    """Gives the payments by their references."""
    return dict(Payment.objects.filter(reference__in=set(references)).values_list("reference", "id"))


def years_of(references: Iterable[str]) -> tuple[int, ...]:
    """Gives the rounds that some payments belong to."""
    rows = Payment.objects.filter(reference__in=set(references)).order_by("batch__year")
    return tuple(rows.values_list("batch__year", flat=True).distinct())


def booked_references(year: int) -> Mapping[Booked, frozenset[str]]:
    """Gives the payments that the ledger says are paid, and those that it says have come back."""
    rows = LedgerEntry.objects.filter(year=year, cause__in=("paid", "returned")).values_list("cause", "reference")
    booked: dict[str, set[str]] = {"paid": set(), "returned": set()}
    for cause, reference in rows:
        booked[cause].add(reference)
    return {"paid": frozenset(booked["paid"]), "returned": frozenset(booked["returned"])}


@dataclass(frozen=True)
class Said:
    """Everything that has been answered in a round.

    files   read in, the newest first: name, when, by whom, answers in all and unmatched
    """

    known: Payments
    files: list[tuple[str, datetime, str, int, int]]
    to_look_into: tuple[Answer, ...]
    looked_into: tuple[Answer, ...]


@remembered
def said(year: int) -> Said:
    """Gives everything that has been answered in a round."""
    known = payments(year)
    return Said(known, files(year), to_look_into(year, known), looked_into(year))


def files(year: int) -> list[tuple[str, datetime, str, int, int]]:
    """Gives the files read in for a round, the newest first: name, when, by whom, answers in all and unmatched."""
    unmatched = Count("answers", filter=Q(answers__payment=None))
    rows = AnswerFile.objects.filter(year=year).annotate(said=Count("answers"), unmatched=unmatched).order_by("-id")
    return list(rows.values_list("name", "at", "by__name", "said", "unmatched"))


def to_look_into(year: int, known: Payments) -> tuple[Answer, ...]:
    """Gives the answers that fit no payment, and those of payments that they have made unclear."""
    unclear = {attempt.payment.reference for attempt in known.attempts if attempt.state == "unclear"}
    which = Q(payment=None, file__year=year) | Q(payment__reference__in=unclear)
    return _answers(which & Q(looked_at=None), unclear, known)


def looked_into(year: int) -> tuple[Answer, ...]:
    """Gives the answers that have been looked into, with the remarks."""
    return _answers(Q(file__year=year, looked_at__isnull=False), set(), None)


def _answers(which: Q, unclear: set[str], known: Payments | None) -> tuple[Answer, ...]:
    fields = ("id", "reference", "outcome", "day", "kronor", "why", "why_unmatched", "looked_at", "remark")
    sums = {attempt.payment.reference: attempt.payment.kronor for attempt in known.attempts} if known else {}
    found = []
    for id_, reference, outcome, day, kronor, says, why, looked_at, remark in (
        BankAnswer.objects.filter(which).order_by("id").values_list(*fields)
    ):
        reason = why or (_why_unclear(kronor, sums.get(reference)) if reference in unclear else "")
        found.append(Answer(id_, reference, outcome, day, kronor, says, reason, looked_at, remark))
    return tuple(found)


def _why_unclear(said: int | None, sent: int | None) -> str:
    if said is not None and sent is not None and said != sent:
        return "Beloppet är inte det som vi betalade ut."
    return "Betalningens svar säger emot varandra."
