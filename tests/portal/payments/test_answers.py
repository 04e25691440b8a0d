"""Answers are matched by reference, booked once, and what they cannot settle is left to a person."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from payment_files import booked, handed_over, notification, prepared, rejected, status_list

from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.portal import letterhead
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions import bank_answers, giro_checks, payment_notices, payments
from statsbidrag.portal.actions.diary import enter
from statsbidrag.portal.models import (
    AnswerFile,
    BankAnswer,
    Document,
    GiroChange,
    LedgerEntry,
    Mail,
    Payment,
    PaymentBatch,
    VoucherFile,
)
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries import bank_answers as reading
from statsbidrag.portal.queries.due_payments import outlook
from statsbidrag.portal.queries.ledger import ledger
from statsbidrag.portal.queries.payments import payments as known
from statsbidrag.terms.faults import Fault

from .conftest import ALE, DECIDED, ESKILSTUNA, KRONOR, STOCKHOLM, Granted

LATER = DECIDED + timedelta(days=15)


@pytest.fixture
def batch(granted: Granted, finance: Visitor, colleague: Visitor) -> PaymentBatch:
    """A batch of three that has been handed over."""
    return handed_over(finance, colleague)


def reference(recipient: str) -> str:
    """The reference of a recipient's last payment."""
    return Payment.objects.filter(recipient=recipient).order_by("-id")[0].reference


def states() -> dict[str, str]:
    """Where the last payment of each recipient stands."""
    return {attempt.payment.recipient: attempt.state for attempt in known(2025).attempts}


def paid_in_ledger() -> int:
    """What the ledger says is paid, all recipients together."""
    return ledger(2025).totals()["paid"]


@pytest.mark.shows("adm-12", "adm-24")
def test_a_batch_of_three_one_is_rejected_mended_and_paid(
    batch: PaymentBatch, finance: Visitor, colleague: Visitor, agent: Visitor
) -> None:
    bank_answers.read_in(finance, 2025, "pain002.xml", rejected(reference(ESKILSTUNA)), now=LATER)
    entries = [booked(reference(recipient), KRONOR[recipient]) for recipient in (ALE, STOCKHOLM)]
    bank_answers.read_in(finance, 2025, "camt054.xml", notification(*entries), now=LATER)
    assert states() == {ALE: "paid", STOCKHOLM: "paid", ESKILSTUNA: "rejected"}
    assert paid_in_ledger() == KRONOR[ALE] + KRONOR[STOCKHOLM]

    [wait] = outlook(2025, date(2025, 5, 30), LATER.date(), known(2025)).waits
    assert (wait.kind, wait.held.recipient, wait.held.kronor) == ("mend", ESKILSTUNA, KRONOR[ESKILSTUNA])
    assert "Mottagarens giro är avslutat." in [step.says for _, step in wait.held.because.walk()]
    with pytest.raises(Fault, match="inget att betala ut"):
        payments.prepare_batch(finance, 2025, date(2025, 5, 30), LATER)

    giro_checks.new_giro(agent, 2025, ESKILSTUNA, "Pg 90 20 03-3", now=LATER)
    [wait] = outlook(2025, date(2025, 5, 30), LATER.date(), known(2025)).waits
    assert wait.kind == "owner check"
    giro_checks.check_owner(finance, 2025, ESKILSTUNA, "Intyg från banken", now=LATER)
    second = payments.prepare_batch(finance, 2025, date(2025, 5, 30), LATER)
    [again] = second.payments.all()
    assert (again.giro, again.kronor) == ("plusgiro 90 20 03-3", KRONOR[ESKILSTUNA])
    for attester in (finance, colleague):
        payments.attest(attester, 2025, second.number, LATER)
    payments.hand_over(finance, 2025, second.number, LATER)
    file = notification(booked(again.reference, again.kronor))
    bank_answers.read_in(finance, 2025, "camt054-2.xml", file, now=LATER)
    assert states()[ESKILSTUNA] == "paid"
    assert paid_in_ledger() == sum(KRONOR.values())
    spans = list(VoucherFile.objects.values_list("first", "last"))
    assert spans == [(1, 3), (4, 5)]


@pytest.mark.shows("adm-12")
def test_the_same_file_twice_changes_nothing(batch: PaymentBatch, finance: Visitor, colleague: Visitor) -> None:
    file = notification(booked(reference(ALE), KRONOR[ALE]))
    assert not bank_answers.read_in(finance, 2025, "svar.xml", file, now=LATER).again
    before = (BankAnswer.objects.count(), LedgerEntry.objects.count(), Document.objects.count())
    assert bank_answers.read_in(colleague, 2025, "svar igen.xml", file, now=LATER).again
    assert (BankAnswer.objects.count(), LedgerEntry.objects.count(), Document.objects.count()) == before
    assert AnswerFile.objects.count() == 1


@pytest.mark.shows("adm-12")
def test_the_same_answers_in_another_file_book_nothing_again(batch: PaymentBatch, finance: Visitor) -> None:
    line = f"{reference(ALE)};betald;2025-05-26;;{KRONOR[ALE]}"
    bank_answers.read_in(finance, 2025, "ett.csv", status_list(line), now=LATER)
    bank_answers.read_in(finance, 2025, "två.csv", status_list(line, ""), now=LATER)
    assert AnswerFile.objects.count() == 2
    assert LedgerEntry.objects.filter(cause="paid").count() == 1
    assert states()[ALE] == "paid"


@pytest.mark.shows("adm-12")
def test_the_finance_systems_own_list_is_read_back(batch: PaymentBatch, finance: Visitor) -> None:
    lines = (
        f"{reference(ALE)};betald;2025-05-26;;{KRONOR[ALE]}",
        f"{reference(ESKILSTUNA)};Avvisad;2025-05-26;AC04;",
        f"{reference(STOCKHOLM)};mottagen;2025-05-26;;",
    )
    bank_answers.read_in(finance, 2025, "läge.csv", status_list(*lines), now=LATER)
    assert states() == {ALE: "paid", ESKILSTUNA: "rejected", STOCKHOLM: "accepted"}
    assert BankAnswer.objects.get(outcome="rejected").why == "Mottagarens giro är avslutat."


@pytest.mark.shows("adm-24")
def test_a_tampered_sum_makes_the_payment_unclear_and_it_is_never_paid_again(
    batch: PaymentBatch, finance: Visitor
) -> None:
    file = notification(booked(reference(ALE), KRONOR[ALE] - 1))
    bank_answers.read_in(finance, 2025, "svar.xml", file, now=LATER)
    assert states()[ALE] == "unclear"
    assert paid_in_ledger() == 0
    with pytest.raises(Fault, match="inget att betala ut"):
        prepared(finance)
    [answer] = reading.to_look_into(2025, known(2025))
    assert answer.why == "Beloppet är inte det som vi betalade ut."


def test_an_answer_that_is_set_aside_with_a_remark_lets_the_right_one_count(
    batch: PaymentBatch, finance: Visitor
) -> None:
    wrong, right = (notification(booked(reference(ALE), KRONOR[ALE] - less, number=f"E{less}")) for less in (1, 0))
    bank_answers.read_in(finance, 2025, "fel.xml", wrong, now=LATER)
    [answer] = reading.to_look_into(2025, known(2025))
    bank_answers.look_at(finance, answer.id, "Banken har rättat sin avisering.", LATER)
    assert states()[ALE] == "sent"
    bank_answers.read_in(finance, 2025, "rätt.xml", right, now=LATER)
    assert states()[ALE] == "paid"
    assert paid_in_ledger() == KRONOR[ALE]
    assert BankAnswer.objects.get(looked_at__isnull=False).remark == "Banken har rättat sin avisering."


def test_an_answer_that_settles_a_payment_is_not_set_aside(batch: PaymentBatch, finance: Visitor) -> None:
    file = notification(booked(reference(ALE), KRONOR[ALE]))
    bank_answers.read_in(finance, 2025, "svar.xml", file, now=LATER)
    with pytest.raises(Fault, match="inte oklar"):
        bank_answers.look_at(finance, BankAnswer.objects.get().pk, "Bort", LATER)
    assert states()[ALE] == "paid"


@pytest.mark.shows("adm-24")
def test_what_is_about_no_payment_of_ours_is_listed_with_why_until_someone_has_looked_at_it(
    batch: PaymentBatch, finance: Visitor
) -> None:
    file = notification(booked("232100-0016", KRONOR[STOCKHOLM]), booked(reference(ALE), KRONOR[ALE]))
    bank_answers.read_in(finance, 2025, "svar.xml", file, now=LATER)
    assert states() == {ALE: "paid", ESKILSTUNA: "sent", STOCKHOLM: "sent"}
    [answer] = reading.to_look_into(2025, known(2025))
    assert answer.why == "Ingen betalning har referensen 232100-0016."
    bank_answers.look_at(finance, answer.id, "Ett annat bidrags betalning.", LATER)
    assert not reading.to_look_into(2025, known(2025))
    assert [looked.remark for looked in reading.looked_into(2025)] == ["Ett annat bidrags betalning."]


def test_a_payment_that_the_bank_books_twice_is_seen(batch: PaymentBatch, finance: Visitor) -> None:
    for number in ("E1", "E2"):
        file = notification(booked(reference(ALE), KRONOR[ALE], number=number))
        bank_answers.read_in(finance, 2025, f"{number}.xml", file, now=LATER)
    [answer] = reading.to_look_into(2025, known(2025))
    assert "redan bokfört" in answer.why
    assert paid_in_ledger() == KRONOR[ALE]


def test_money_that_comes_back_is_booked_back_and_waits_to_be_mended(batch: PaymentBatch, finance: Visitor) -> None:
    entries = booked(reference(ALE), KRONOR[ALE]), booked(reference(ALE), KRONOR[ALE], side="CRDT", number="E9")
    bank_answers.read_in(finance, 2025, "svar.xml", notification(*entries), now=LATER)
    assert states()[ALE] == "returned"
    assert paid_in_ledger() == 0
    assert list(LedgerEntry.objects.filter(recipient=ALE).values_list("cause", flat=True))[-2:] == ["paid", "returned"]
    kinds = {wait.held.recipient: wait.kind for wait in outlook(2025, LATER.date(), LATER.date(), known(2025)).waits}
    assert kinds == {ALE: "mend"}


def test_a_new_check_of_the_same_number_lets_the_payment_be_tried_again(batch: PaymentBatch, finance: Visitor) -> None:
    bank_answers.read_in(finance, 2025, "svar.xml", rejected(reference(ALE), reason="TM01"), now=LATER)
    giro_checks.check_owner(finance, 2025, ALE, "Numret är rätt; filen kom för sent.", now=LATER + timedelta(hours=1))
    [again] = payments.prepare_batch(finance, 2025, date(2025, 5, 30), LATER + timedelta(hours=2)).payments.all()
    assert again.recipient == ALE


def test_an_answer_for_a_batch_that_has_not_been_handed_over_pays_nothing(granted: Granted, finance: Visitor) -> None:
    prepared(finance)
    file = notification(booked(reference(ALE), KRONOR[ALE]))
    bank_answers.read_in(finance, 2025, "svar.xml", file, now=LATER)
    assert states()[ALE] == "prepared"
    assert paid_in_ledger() == 0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7", "Första raden är inte"),
        (b"\xe5\xe4\xf6", "varken bankens svar"),
        (b"", "Första raden är inte"),
        (b"<Document/>", "varken en statusrapport"),
        (b"<Document>", "inte att läsa som XML"),
        (status_list(), "säger inget om någon betalning"),
        (status_list("R-1;betalt;2025-05-26;;"), "Läget ”betalt” är okänt"),
        (status_list("R-1;betald;26 maj;;"), "inget datum"),
        (status_list("R-1;betald"), "2 kolumner"),
        (status_list("R-1;avvisad;2025-05-26;;"), "inte varför"),
        (status_list(";betald;2025-05-26;;"), "Referensen saknas"),
        (status_list("R\0;betald;2025-05-26;;"), "går inte att läsa"),
        (status_list(f"R-1;betald;2025-05-26;;{'9' * 30}"), "orimligt stort"),
        (status_list("R-1;betald;2025-05-26;;12,5"), "kronor"),
        (status_list('R-1;"betald;2025-05-26;;'), "inte att läsa"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_of_it_is_stored(
    batch: PaymentBatch, finance: Visitor, content: bytes, why: str
) -> None:
    with pytest.raises(Fault, match=why):
        bank_answers.read_in(finance, 2025, "fel.csv", content, now=LATER)
    assert not AnswerFile.objects.exists()
    assert not BankAnswer.objects.exists()


def test_a_file_with_one_line_that_cannot_be_booked_changes_nothing_at_all(
    batch: PaymentBatch, granted: Granted, finance: Visitor
) -> None:
    granted.book("reduced", ALE, 1, "B-ändrat")
    lines = [f"{reference(recipient)};betald;2025-05-26;;" for recipient in (STOCKHOLM, ALE)]
    with pytest.raises(Fault, match="finns 99"):
        bank_answers.read_in(finance, 2025, "läge.csv", status_list(*lines), now=LATER)
    assert not AnswerFile.objects.exists()
    assert paid_in_ledger() == 0


def test_only_finance_reads_in_answers(batch: PaymentBatch, someone: Callable[..., Visitor]) -> None:
    with pytest.raises(Refused):
        bank_answers.read_in(someone("officer"), 2025, "svar.csv", status_list("R;betald;2025-05-26;;"), now=LATER)


@pytest.mark.shows("adm-24")
def test_a_notice_goes_to_the_registry_with_the_agent_notified_once_for_each_payment(
    batch: PaymentBatch,
    finance: Visitor,
    agent: Visitor,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    file = notification(*(booked(reference(recipient), KRONOR[recipient]) for recipient in (ALE, ESKILSTUNA)))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        bank_answers.read_in(finance, 2025, "svar.xml", file, now=LATER)
    notices = Document.objects.filter(about="payment notice")
    assert {document.entry.case.recipient for document in notices} == {ALE, ESKILSTUNA}
    assert all(bytes(document.content.content).startswith(b"%PDF") for document in notices)
    to = list(Mail.objects.filter(recipient=ESKILSTUNA, occasion="payment notice").values_list("to", flat=True))
    assert set(to) == {f"registrator.{ESKILSTUNA}@exempel.se", f"person{agent.id}@exempel.se"}
    payment_notices.send_notices.call(2025)
    assert notices.count() == 2


def test_notices_that_were_interrupted_are_whole_or_not_there_and_the_rest_follows(
    batch: PaymentBatch, finance: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [booked(reference(recipient), kronor) for recipient, kronor in KRONOR.items()]
    bank_answers.read_in(finance, 2025, "svar.xml", notification(*entries), now=LATER)
    press, letters = letterhead.press().render, []

    def interrupted(letter: Letter) -> bytes:
        letters.append(letter)
        if len(letters) == 2:
            raise KeyboardInterrupt
        return press(letter)

    monkeypatch.setattr(payment_notices, "_AT_A_TIME", 1)
    monkeypatch.setattr(letterhead.press(), "render", interrupted)
    with pytest.raises(KeyboardInterrupt):
        payment_notices.send_notices.call(2025)
    notices = Document.objects.filter(about="payment notice")
    assert (notices.count(), len(payment_notices.notices_lacking(2025))) == (1, 2)
    payment_notices.send_notices.call(2025)
    assert (notices.count(), len(payment_notices.notices_lacking(2025))) == (3, 0)
    assert Payment.objects.filter(notice__in=notices).count() == 3


@pytest.mark.shows("adm-09")
def test_a_notice_states_the_number_that_it_has_in_the_case_also_where_another_document_comes_between(
    batch: PaymentBatch, granted: Granted, finance: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank_answers.read_in(finance, 2025, "svar.xml", notification(booked(reference(ALE), KRONOR[ALE])), now=LATER)
    press, stated = letterhead.press().render, []

    def disturbed(letter: Letter) -> bytes:
        if not stated:
            enter(granted.cases[ALE], Paper("in", "letter", "någon", "Ett brev", "b.txt", b"b"), LATER)
        stated.append(letter.head.document_number)
        return press(letter)

    monkeypatch.setattr(letterhead.press(), "render", disturbed)
    payment_notices.send_notices.call(2025)
    notice = Document.objects.get(about="payment notice")
    assert stated == [notice.entry.number - 1, notice.entry.number]


def test_a_notice_waits_until_the_decision_has_its_letter(
    batch: PaymentBatch, granted: Granted, finance: Visitor
) -> None:
    decision = granted.cases[ALE].decisions.get()
    letter, decision.letter = decision.letter, None
    decision.save()
    bank_answers.read_in(finance, 2025, "svar.xml", notification(booked(reference(ALE), KRONOR[ALE])), now=LATER)
    payment_notices.send_notices.call(2025)
    assert payment_notices.notices_lacking(2025) == [reference(ALE)]
    decision.letter = letter
    decision.save()
    payment_notices.send_notices.call(2025)
    assert not payment_notices.notices_lacking(2025)


def test_a_new_giro_number_is_entered_in_the_case_and_is_no_number_we_already_have(
    batch: PaymentBatch, finance: Visitor, agent: Visitor
) -> None:
    with pytest.raises(Fault, match="är på väg"):
        giro_checks.new_giro(agent, 2025, ESKILSTUNA, "90 20 03-3", now=LATER)
    bank_answers.read_in(finance, 2025, "svar.xml", rejected(reference(ESKILSTUNA)), now=LATER)
    for wrong, why in (("5050-1055", "redan har"), ("5050-1056", "Kontrollsiffran"), ("12345678", "både")):
        with pytest.raises(Fault, match=why):
            giro_checks.new_giro(agent, 2025, ESKILSTUNA, wrong, now=LATER)
    giro_checks.new_giro(agent, 2025, ESKILSTUNA, "90 20 03-3", now=LATER)
    assert GiroChange.objects.get().document.entry.case.recipient == ESKILSTUNA


def test_the_registrar_registers_a_giro_number_that_came_on_paper_and_no_other_recipient_gives_it(
    batch: PaymentBatch, finance: Visitor, agent: Visitor, someone: Callable[..., Visitor]
) -> None:
    bank_answers.read_in(finance, 2025, "svar.xml", rejected(reference(ALE)), now=LATER)
    with pytest.raises(Refused):
        giro_checks.new_giro(agent, 2025, ALE, "90 20 03-3", now=LATER)
    giro_checks.register_giro(someone("registrar"), 2025, ALE, "90 20 03-3", now=LATER, came_by="Brev")
    said = bytes(GiroChange.objects.get().document.content.content).decode()
    assert "plusgiro 90 20 03-3" in said
    assert "Brev" in said


def test_asking_for_a_giro_number_goes_to_the_registry_and_the_agent(
    batch: PaymentBatch, finance: Visitor, agent: Visitor
) -> None:
    giro_checks.ask_for_giro(finance, 2025, ESKILSTUNA, LATER, link="https://exempel.se/nytt")
    assert Mail.objects.filter(occasion="giro").count() == 2
    assert "https://exempel.se/nytt" in Mail.objects.filter(occasion="giro")[0].body
    assert Document.objects.filter(about="giro request", direction="out").count() == 1
