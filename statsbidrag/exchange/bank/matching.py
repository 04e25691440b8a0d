"""Which payment each answer is about: found by the payment's reference and by nothing else.

An organisation number is never enough, since Gotland is one legal person and has two lines in the list. What cannot be
matched is kept and says why, so that a person can look at it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from statsbidrag.cycle import BankAnswer
from statsbidrag.exchange.bank.answers import PaymentAnswer
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

_NO_REFERENCE = "Banken anger ingen referens."
# The reasons by which a bank refuses what it has already got; what it got first stands.
_SENT_AGAIN = frozenset({"AM05", "DUPL"})


class SentPayment(Protocol):
    """What must be known of a payment for its answer to be found."""

    @property
    def reference(self) -> str:
        """The payment's own reference."""

    @property
    def kronor(self) -> int:
        """Its sum."""


class SentBatch(Protocol):
    """What must be known of a batch that has been sent for its answers to be found."""

    @property
    def message_id(self) -> str:
        """The number of its file."""

    @property
    def payments(self) -> Sequence[SentPayment]:
        """Its payments."""

    @property
    def total(self) -> int:
        """The kronor of all of them together."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An answer that is about no payment of ours for certain, and why."""

    answer: PaymentAnswer
    why: str


@dataclass(frozen=True, slots=True)
class Matching:
    """Everything that the bank has said of some batches.

    matched     an answer for each payment, in the order in which they came
    unmatched   the answers that a person must look at
    waiting     the payments that the bank has not answered at all
    """

    matched: tuple[PaymentAnswer, ...]
    unmatched: tuple[Unmatched, ...]
    waiting: tuple[SentPayment, ...]

    @property
    def answers(self) -> tuple[BankAnswer, ...]:
        """What step 5 needs to know; that the bank has not decided yet changes nothing there."""
        return tuple(
            BankAnswer(answer.reference, answer.outcome, answer.day, answer.kronor, answer.says)
            for answer in self.matched
            if answer.outcome != "pending"
        )


def match(answers: Iterable[PaymentAnswer], batches: Sequence[SentBatch]) -> Matching:
    """Finds the payment that each answer is about.

    A sum that is not the payment's is matched all the same, and step 5 then calls the payment unclear. Raises Fault
    where two batches have the same number or share a reference.
    """
    sent = {batch.message_id: batch for batch in batches}
    found = _by_reference(batches)
    entries: dict[tuple[str, str], PaymentAnswer] = {}
    matched: list[PaymentAnswer] = []
    unmatched: list[Unmatched] = []
    for answer in answers:
        why = _why_not_whole(answer, sent) if answer.whole_file else _why_not(answer, found)
        why = why or _sent_again(answer) or _booked_again(answer, entries)
        if why:
            unmatched.append(Unmatched(answer, why))
        elif answer.whole_file:
            matched += [_for_payment(answer, payment) for payment in sent[answer.batch].payments]
        else:
            matched.append(answer)
    answered = {answer.reference for answer in matched}
    waiting = (payment for batch in sent.values() for payment in batch.payments if payment.reference not in answered)
    return Matching(tuple(matched), tuple(unmatched), tuple(waiting))


def _by_reference(batches: Sequence[SentBatch]) -> dict[str, str]:
    """The number of the file that each payment was sent in, by the payment's reference."""
    files: set[str] = set()
    found: dict[str, str] = {}
    for batch in batches:
        where = f"betalningsfil {batch.message_id}"
        if batch.message_id in files:
            raise Fault(where, "Två filer har samma nummer.", "Läs in varje fil en gång.")
        files.add(batch.message_id)
        for payment in batch.payments:
            if payment.reference in found:
                why = f"Referensen {payment.reference} finns också i filen {found[payment.reference]}."
                raise Fault(where, why, "Ge varje betalning en egen referens, också när den görs om.")
            found[payment.reference] = batch.message_id
    return found


def _why_not(answer: PaymentAnswer, found: dict[str, str]) -> str:
    """Why an answer is about no payment of ours; empty where it is about one."""
    if not answer.reference:
        return _NO_REFERENCE
    if answer.reference not in found:
        return f"Ingen betalning har referensen {answer.reference}."
    if answer.batch not in ("", found[answer.reference]):
        return f"Betalningen skickades i filen {found[answer.reference]}, inte i {answer.batch}."
    if answer.amount and answer.kronor is None:
        return f"Beloppet {answer.amount} är inte i hela kronor."
    return ""


def _why_not_whole(answer: PaymentAnswer, sent: dict[str, SentBatch]) -> str:
    """Why an answer is about no whole file of ours; empty where it is about one."""
    if not answer.batch:
        return _NO_REFERENCE
    if answer.batch not in sent:
        return f"Ingen betalningsfil har numret {answer.batch}."
    total = sent[answer.batch].total
    if answer.amount and answer.kronor != total:
        return f"Filens summa är {in_words(total)}, inte {answer.amount}."
    return ""


def _sent_again(answer: PaymentAnswer) -> str:
    """Why a refusal rejects nothing: the bank refuses the second copy, and may well pay the first."""
    if answer.outcome == "rejected" and answer.reason in _SENT_AGAIN:
        return "Banken säger att den redan har fått den. Det som kom först gäller, och inget ska skickas om."
    return ""


def _booked_again(answer: PaymentAnswer, entries: dict[tuple[str, str], PaymentAnswer]) -> str:
    """Why an entry is one too many: the bank has booked the same payment before, under another number of its own."""
    if answer.booked is None:
        return ""
    first = entries.setdefault((answer.reference or answer.batch, answer.outcome), answer)
    if (first.bank_reference, first.booked) == (answer.bank_reference, answer.booked):
        return ""
    return f"Banken har redan bokfört den {first.booked} ({first.bank_reference or 'utan nummer'})."


def _for_payment(answer: PaymentAnswer, payment: SentPayment) -> PaymentAnswer:
    kronor = payment.kronor if answer.kronor is not None else None
    return replace(answer, reference=payment.reference, whole_file=False, kronor=kronor)
