"""A batch is prepared of what is due, attested by two, handed over once; what is held says why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from payment_files import handed_over, prepared

from statsbidrag.portal import rules
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions import giro_checks, payments
from statsbidrag.portal.models import (
    AnswerFile,
    Attestation,
    BankAnswer,
    DiaryEntry,
    Document,
    GiroCheck,
    Payment,
    PaymentBatch,
    VoucherFile,
)
from statsbidrag.portal.queries.due_payments import Wait, outlook
from statsbidrag.portal.queries.payments import payments as known
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.sources import Stated

from .conftest import ALE, DECIDED, GIROS, KRONOR, PAY_DAY, STOCKHOLM, Granted


def waits(day: date = PAY_DAY) -> dict[str, Wait]:
    """What is held on a day, by recipient."""
    return {wait.held.recipient: wait for wait in outlook(2025, day, DECIDED.date(), known(2025)).waits}


def test_a_batch_pays_every_decision_that_is_due(granted: Granted, finance: Visitor) -> None:
    batch = prepared(finance)
    assert {payment.recipient: payment.kronor for payment in batch.payments.all()} == KRONOR
    assert {payment.giro for payment in batch.payments.all()} == {f"{giro.kind} {giro}" for giro in GIROS.values()}


@pytest.mark.shows("adm-12")
def test_what_is_in_a_batch_is_not_prepared_again_by_someone_else(
    granted: Granted, finance: Visitor, colleague: Visitor
) -> None:
    prepared(finance)
    with pytest.raises(Fault, match="Det finns inget att betala ut"):
        prepared(colleague)
    assert Payment.objects.count() == 3


@pytest.mark.shows("adm-24")
def test_a_giro_number_that_is_new_since_last_year_waits_for_a_check_of_its_owner(
    empty_round: Granted, finance: Visitor
) -> None:
    empty_round.grant(ALE, 100_000, "991-2346", known=False)
    assert waits()[ALE].kind == "owner check"
    with pytest.raises(Fault, match="inget att betala ut"):
        prepared(finance)
    giro_checks.check_owner(finance, 2025, ALE, "Ringde Bankgirot", now=DECIDED)
    check = GiroCheck.objects.get()
    assert (check.giro, check.by_id, check.how) == ("bankgiro 991-2346", finance.id, "Ringde Bankgirot")
    assert [payment.recipient for payment in prepared(finance).payments.all()] == [ALE]


@pytest.mark.shows("adm-24")
def test_only_finance_checks_the_owner_of_a_giro_number(empty_round: Granted, someone: Callable[..., Visitor]) -> None:
    empty_round.grant(ALE, 100_000, "991-2346", known=False)
    with pytest.raises(Refused, match="ekonom"):
        giro_checks.check_owner(someone("officer"), 2025, ALE, "På ett ungefär", now=DECIDED)


def test_who_has_given_no_giro_number_is_held_and_the_rest_is_paid(granted: Granted, finance: Visitor) -> None:
    granted.grant("region-03", 500_000, "")
    assert waits()["region-03"].kind == "no giro"
    assert prepared(finance).payments.count() == 3


@pytest.mark.shows("sfs-39", "sfs-40")
def test_a_withheld_part_is_held_with_its_ground_and_the_rest_is_paid(granted: Granted, finance: Visitor) -> None:
    grant = granted.cases[ALE].decisions.get()
    granted.decide(ALE, "withholding", 40_000, ground="given wrongly", earlier=grant)
    wait = waits()[ALE]
    assert (wait.kind, wait.held.kronor) == ("withheld", 40_000)
    assert "lämnats felaktigt" in " ".join(step.says for _, step in wait.held.because.walk())
    paid = prepared(finance).payments.get(recipient=ALE)
    assert paid.kronor == 60_000


@pytest.mark.parametrize(
    ("day", "why"), [(date(2025, 5, 25), "ingen bankdag"), (date(2025, 5, 12), "har passerat")], ids=["sunday", "gone"]
)
def test_the_day_is_a_bank_day_that_has_not_passed(granted: Granted, finance: Visitor, day: date, why: str) -> None:
    with pytest.raises(Fault, match=why):
        payments.prepare_batch(finance, 2025, day, DECIDED)


def test_nothing_is_paid_before_the_requisition_period_has_run_out(granted: Granted, finance: Visitor) -> None:
    early = DECIDED - timedelta(days=40)
    with pytest.raises(Fault, match="Rekvisitionsperioden löper"):
        payments.prepare_batch(finance, 2025, date(2025, 4, 10), early)


@pytest.mark.shows("adm-12")
def test_two_different_people_attest_before_a_batch_is_handed_over(
    granted: Granted, finance: Visitor, colleague: Visitor, someone: Callable[..., Visitor]
) -> None:
    batch = prepared(finance)
    with pytest.raises(Fault, match="0 av 2"):
        payments.hand_over(finance, 2025, batch.number, DECIDED)
    payments.attest(finance, 2025, batch.number, DECIDED)
    with pytest.raises(Fault, match="redan attesterat"):
        payments.attest(finance, 2025, batch.number, DECIDED)
    with pytest.raises(Fault, match="1 av 2"):
        payments.hand_over(finance, 2025, batch.number, DECIDED)
    payments.attest(colleague, 2025, batch.number, DECIDED)
    with pytest.raises(Fault, match="redan attesterad"):
        payments.attest(someone("decision_maker"), 2025, batch.number, DECIDED)
    payments.hand_over(finance, 2025, batch.number, DECIDED)
    assert PaymentBatch.objects.get().handed_over == DECIDED


def test_an_agency_may_settle_that_who_prepares_does_not_attest(
    granted: Granted, finance: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency = rules.book().agency
    strict = replace(agency, attest=replace(agency.attest, preparer_may=Stated(False, assumption="Strängare.")))
    monkeypatch.setitem(rules.book().__dict__, "agency", strict)
    with pytest.raises(Fault, match="Du har berett den"):
        payments.attest(finance, 2025, prepared(finance).number, DECIDED)


@pytest.mark.parametrize("kind", ["officer", "presenter", "registrar", "auditor", "administrator"])
def test_nobody_else_prepares_attests_or_hands_over(
    granted: Granted, finance: Visitor, someone: Callable[..., Visitor], kind: str
) -> None:
    other = someone(kind)
    with pytest.raises(Refused):
        prepared(other)
    batch = prepared(finance)
    for deed in (payments.attest, payments.hand_over, payments.withdraw):
        with pytest.raises(Refused):
            deed(other, 2025, batch.number, DECIDED)
    assert not Attestation.objects.exists()


@pytest.mark.shows("adm-07")
def test_who_has_noted_bias_does_not_pay_that_recipient(granted: Granted, finance: Visitor, colleague: Visitor) -> None:
    biased = replace(colleague, biased=frozenset({ALE}))
    with pytest.raises(Refused, match="jäv"):
        prepared(biased)
    with pytest.raises(Refused, match="jäv"):
        payments.attest(biased, 2025, prepared(finance).number, DECIDED)


@pytest.mark.shows("adm-12")
def test_a_batch_is_handed_over_once_and_its_files_never_change(
    granted: Granted, finance: Visitor, colleague: Visitor
) -> None:
    batch = handed_over(finance, colleague)
    files = {
        document.name: bytes(document.content.content) for document in Document.objects.filter(about="payment file")
    }
    assert set(files) == {f"utbetalning-2025-1.{ending}" for ending in ("csv", "xlsx", "xml")}
    assert "påhittade uppgifter, inget beslut" in files["utbetalning-2025-1.xml"].decode()
    entries = DiaryEntry.objects.count()
    for again in (finance, colleague):
        with pytest.raises(Fault, match="redan överlämnad"):
            payments.hand_over(again, 2025, batch.number, DECIDED + timedelta(days=1))
    with pytest.raises(Fault, match="redan överlämnad"):
        payments.withdraw(finance, 2025, batch.number, DECIDED)
    assert DiaryEntry.objects.count() == entries


@pytest.mark.shows("adm-12")
def test_the_payment_basis_has_account_cost_centre_appropriation_diary_number_and_reference(
    granted: Granted, finance: Visitor, colleague: Visitor
) -> None:
    handed_over(finance, colleague)
    basis = bytes(Document.objects.get(name="utbetalning-2025-1.csv").content.content).decode("utf-8-sig")
    [line] = [line for line in basis.splitlines() if STOCKHOLM in line]
    number = granted.cases[STOCKHOLM].number
    for fact in (
        f"{number}-B1-1",
        "232100-0016",
        number,
        f"plusgiro {GIROS[STOCKHOLM]}",
        "16259682",
        "2025-05-26",
        "2681",
        "1000",
    ):
        assert fact in line
    assert "Exempel – påhittade uppgifter, inget beslut" in line


@pytest.mark.shows("adm-12")
def test_every_voucher_is_handed_over_once_in_the_order_of_the_ledger(
    granted: Granted, finance: Visitor, colleague: Visitor
) -> None:
    handed_over(finance, colleague)
    [first] = VoucherFile.objects.all()
    assert (first.first, first.last) == (1, 3)
    sie = bytes(first.document.content.content).decode("cp437")
    assert [line.split()[2] for line in sie.splitlines() if line.startswith("#VER")] == ['"1"', '"2"', '"3"']
    assert f'22 "{granted.cases[ALE].number}"' in sie


def test_a_batch_without_every_postal_address_has_no_bank_file_but_can_be_handed_over(
    granted: Granted, finance: Visitor, colleague: Visitor
) -> None:
    granted.grant("region-03", 500_000, "991-2346")
    granted.cases["region-03"].decisions.get()
    from_registry = Document.objects.filter(name="utbetalning-2025-1.xml")
    payments_of = handed_over(finance, colleague, without_address="region-03")
    assert payments_of.payments.count() == 4
    assert not from_registry.exists()
    assert Document.objects.filter(name="utbetalning-2025-1.csv").exists()


def test_a_withdrawn_batch_pays_nothing_and_what_it_held_is_due_again(
    granted: Granted, finance: Visitor, colleague: Visitor
) -> None:
    first = prepared(finance)
    payments.withdraw(finance, 2025, first.number, DECIDED)
    with pytest.raises(Fault, match="tillbakadragen"):
        payments.attest(colleague, 2025, first.number, DECIDED)
    second = prepared(colleague)
    assert second.number == 2
    assert {payment.recipient for payment in second.payments.all()} == set(KRONOR)
    assert not set(first.payments.values_list("reference")) & set(second.payments.values_list("reference"))


def test_a_batch_that_no_longer_fits_what_is_decided_is_not_handed_over(
    granted: Granted, finance: Visitor, colleague: Visitor
) -> None:
    batch = prepared(finance)
    grant = granted.cases[ALE].decisions.get()
    granted.decide(ALE, "withholding", 40_000, ground="given wrongly", earlier=grant)
    payments.attest(finance, 2025, batch.number, DECIDED)
    payments.attest(colleague, 2025, batch.number, DECIDED)
    with pytest.raises(Fault, match="Beslutet för Ale kommun har ändrats"):
        payments.hand_over(finance, 2025, batch.number, DECIDED)
    assert not Document.objects.filter(about="payment file").exists()


def test_a_batch_whose_day_has_passed_is_not_handed_over(
    granted: Granted, finance: Visitor, colleague: Visitor
) -> None:
    batch = prepared(finance)
    for attester in (finance, colleague):
        payments.attest(attester, 2025, batch.number, DECIDED)
    with pytest.raises(Fault, match="har passerat"):
        payments.hand_over(finance, 2025, batch.number, datetime.combine(PAY_DAY, DECIDED.timetz()) + timedelta(days=1))


def test_what_a_change_adds_is_paid_by_itself(granted: Granted, finance: Visitor, colleague: Visitor) -> None:
    handed_over(finance, colleague)
    grant = granted.cases[ALE].decisions.get()
    granted.decide(ALE, "change", 130_000, earlier=grant)
    [more] = prepared(finance).payments.all()
    assert (more.recipient, more.kronor, more.reference) == (ALE, 30_000, f"{grant.reference}-2")


@pytest.mark.shows("adm-24")
def test_a_giro_number_that_the_grant_of_last_year_was_paid_to_is_known(empty_round: Granted, finance: Visitor) -> None:
    empty_round.grant(ALE, 100_000, "991-2346", known=False)
    last_year = PaymentBatch.objects.create(
        year=2024,
        number=1,
        message_id="SB-2024-001",
        day=date(2024, 5, 27),
        prepared=DECIDED,
        prepared_by_id=finance.id,
    )
    paid = Payment.objects.create(
        batch=last_year,
        reference="B-2024-1",
        decision=empty_round.cases[ALE].decisions.get(),
        recipient=ALE,
        kronor=1,
        giro="bankgiro 991-2346",
    )
    assert waits()[ALE].kind == "owner check"
    file = AnswerFile.objects.create(year=2024, name="svar", sha256="0", at=DECIDED, by_id=finance.id, content=b"")
    BankAnswer.objects.create(file=file, payment=paid, outcome="paid", day=date(2024, 5, 27))
    assert ALE not in waits()
