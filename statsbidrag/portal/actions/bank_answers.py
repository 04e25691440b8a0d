"""Answers of the bank or the finance system: read in whole or not at all, matched by reference, booked (adm-24)."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from statsbidrag.cycle import Payment
from statsbidrag.cycle.ledger import Posting
from statsbidrag.exchange.bank.answers import PaymentAnswer, read_answers
from statsbidrag.exchange.bank.matching import Matching, match
from statsbidrag.exchange.bank.status_list import read_status_list
from statsbidrag.portal import access, models, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import ledger
from statsbidrag.portal.actions.payment_notices import send_notices
from statsbidrag.portal.actions.payments import in_turn
from statsbidrag.portal.jobs import order
from statsbidrag.portal.queries import bank_answers as reading
from statsbidrag.portal.queries.bank_answers import Booked
from statsbidrag.portal.queries.payments import payments
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

_LONGEST_REFERENCE, _LONGEST_NAME = 140, 200


@dataclass(frozen=True, slots=True)
class ReadIn:
    """What came of reading in a file; ``again`` where the very same file had been read in before."""

    file: models.AnswerFile
    again: bool = False


def read_in(visitor: Visitor | None, year: int, name: str, content: bytes, *, now: datetime) -> ReadIn:
    """Reads in a file of answers: stores it and what it says of each payment, and books what is paid or has come back.

    The same file twice changes nothing. Raises Fault where the file cannot be read or says nothing of any payment;
    then nothing of it is stored.
    """
    finance = access.require(visitor, "prepare payment")
    said = read(content, name)
    if not said:
        raise Fault(name, "Filen säger inget om någon betalning.", "Välj den fil som svarar på våra betalningar.")
    digest = hashlib.sha256(content).hexdigest()
    with writing():
        in_turn(year)
        known = models.AnswerFile.objects.filter(sha256=digest).first()
        if known:
            return ReadIn(known, again=True)
        matching = _matched(said)
        file = models.AnswerFile.objects.create(
            year=year, name=name[:_LONGEST_NAME], sha256=digest, at=now, by_id=finance.id, content=content
        )
        models.BankAnswer.objects.bulk_create(_rows(file, matching))
        for each in reading.years_of(answer.reference for answer in matching.matched):
            _book(each)
            order(send_notices, each)
        return ReadIn(file)


def look_at(visitor: Visitor | None, answer_id: int, remark: str, now: datetime) -> int:
    """Notes that finance has looked into an answer that fits no payment, or that makes one unclear; gives the year.

    An answer about a payment of ours is set aside by it, and the payment's state is worked out anew from the rest.
    Raises Fault where there is nothing to look into, or where what is booked would no longer hold.
    """
    finance = access.require(visitor, "prepare payment")
    with writing():
        answer = models.BankAnswer.objects.select_related("file", "payment__batch").filter(pk=answer_id).first()
        if answer is None or answer.looked_at:
            raise Fault("svaret", "Det finns inget sådant svar att gå igenom.", "Gå tillbaka till listan med svar.")
        payment = answer.payment
        if payment:
            access.require(visitor, "prepare payment", payment.recipient)
            in_turn(payment.batch.year)
            states = payments(payment.batch.year).history.states()
            if states[payment.reference] != "unclear":
                raise Fault("svaret", "Betalningen är inte oklar.", "Svaret gäller; ingen behöver gå igenom det.")
        answer.looked_at, answer.looked_at_by_id, answer.remark = now, finance.id, remark
        answer.save(update_fields=["looked_at", "looked_at_by", "remark"])
        if payment:
            year = payment.batch.year
            _book(year)
            order(send_notices, year)
        return answer.file.year


def read(content: bytes, name: str) -> tuple[PaymentAnswer, ...]:
    """Reads a file of the bank's (XML) or a list of the finance system's (CSV), whichever it is."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")  # XML may also be written in UTF-16
    return read_answers(content, name) if start == b"<" or wide else read_status_list(content, name)


def _matched(said: tuple[PaymentAnswer, ...]) -> Matching:
    """Matches a file's answers, knowing all that was said before, so that a payment booked twice is seen."""
    sent = reading.sent_batches()
    before = [answer for file in reading.files_so_far() for answer in _still_valid(file)]
    earlier, all_ = match(before, sent), match([*before, *said], sent)
    return Matching(all_.matched[len(earlier.matched) :], all_.unmatched[len(earlier.unmatched) :], all_.waiting)


def _still_valid(file: reading.EarlierFile) -> Iterator[PaymentAnswer]:
    """What an earlier file said, less what finance has set aside."""
    for answer in read(file.content, file.name):
        if (answer.reference, answer.outcome, answer.day, answer.kronor) not in file.set_aside:
            yield answer


def _rows(file: models.AnswerFile, matching: Matching) -> Iterator[models.BankAnswer]:
    ours = reading.payment_ids(answer.reference for answer in matching.matched)
    for answer in matching.matched:
        yield _row(file, answer, payment_id=ours[answer.reference])
    for unmatched in matching.unmatched:
        yield _row(file, unmatched.answer, why_unmatched=unmatched.why)


def _row(
    file: models.AnswerFile, answer: PaymentAnswer, *, payment_id: int | None = None, why_unmatched: str = ""
) -> models.BankAnswer:
    return models.BankAnswer(
        file=file,
        payment_id=payment_id,
        reference=(answer.reference or answer.batch)[:_LONGEST_REFERENCE],
        outcome=answer.outcome,
        day=answer.day,
        kronor=answer.kronor,
        why=answer.says,
        why_unmatched=why_unmatched,
    )


def _book(year: int) -> None:
    """Books what the answers have come to: each payment paid once, and what came back once."""
    known, booked = payments(year), reading.booked_references(year)
    days = {(answer.reference, answer.outcome): answer.day for answer in known.history.answers}
    new: list[Posting] = []
    for attempt in known.attempts:
        payment, state = attempt.payment, attempt.state
        if payment.reference in booked["paid"] and state not in ("paid", "returned", "unclear"):
            raise Fault(
                payment.reference, "Betalningen är bokförd som utbetald.", "Låt svaret stå; fråga banken först."
            )
        causes: Iterable[Booked] = ("paid", "returned") if state == "returned" else ("paid",) if state == "paid" else ()
        for cause in causes:
            if payment.reference not in booked[cause]:
                new.append(_posting(year, cause, payment, days[payment.reference, cause]))
    ledger.post(year, sorted(new, key=lambda posting: posting.cause))


def _posting(year: int, cause: Booked, payment: Payment, day: date) -> Posting:
    return Posting(cause, payment.recipient, payment.kronor, payment.reference, day, year, rules.fingerprint(year))
