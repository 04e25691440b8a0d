"""Repayment by its deeds and pages: claimed in a batch, heard, partly waived, invoiced, paid late, and settled."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pdf_validators import pages_of

from statsbidrag.cycle import Liability
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import communication, incoming, repayments, settling
from statsbidrag.portal.actions.decisions import decide
from statsbidrag.portal.actions.invoices import make_invoices
from statsbidrag.portal.actions.letters import write_letters
from statsbidrag.portal.models import Decision, IncomingPayment, Invoice, LedgerEntry, Repayment
from statsbidrag.portal.queries.invoices import standing_invoice
from statsbidrag.portal.queries.money import money_of
from statsbidrag.portal.queries.repayments import candidates, matter, repayment_rules, state_of
from statsbidrag.terms.faults import Fault, Faults
from tests.portal.report.conftest import MUNICIPALITY, REPORT_DAY, Reporting

pytestmark = pytest.mark.django_db
LATER = REPORT_DAY + timedelta(days=60)


@pytest.fixture
def opened(reporting: Reporting, granted: Decision, presenter: Visitor) -> Repayment:
    """A matter of 100 000 kr that the municipality has not used."""
    reporting.send(used=900_000)
    rule = repayment_rules(2025).ground("not used")
    return repayments.open_matter(
        presenter, 2025, MUNICIPALITY, [Liability(rule, "unused", 100_000, "Bidraget räckte längre.")], now=LATER
    )


@pytest.fixture
def invoiced(
    opened: Repayment, reporting: Reporting, presenter: Visitor, decision_maker: Visitor, at: Callable[..., None]
) -> Invoice:
    """The same, half of it waived after the municipality has answered, decided and invoiced."""
    at(LATER)
    communication.communicate(presenter, opened, LATER)
    row = _anew(opened)
    communication.answer(reporting.agent, row, "Mottagningen var stängd (påhittat).", now=LATER)
    made = repayments.prepare_claim(
        presenter,
        _anew(opened),
        now=LATER,
        waived=40_000,
        special_reasons="En vattenskada (påhittat).",
        reply="Det är ett särskilt skäl för en del (påhittat).",
    )
    decide(decision_maker, 2025, [one.reference for one in made], LATER)
    make_invoices.call(2025)
    return Invoice.objects.get()


@pytest.mark.shows("adm-05", "rap-08")
def test_what_recipients_report_as_unused_is_claimed_as_a_list(
    reporting: Reporting, granted: Decision, presenter: Visitor, decision_maker: Visitor
) -> None:
    reporting.send(used=900_000)
    assert repayments.claim_unused(presenter, 2025, LATER) == 1
    assert repayments.claim_unused(presenter, 2025, LATER) == 0
    row = Repayment.objects.get()
    assert (row.in_batch, row.decisions.get().kronor) == (True, 100_000)
    decide(decision_maker, 2025, [row.decisions.get().reference], LATER)
    money = money_of(2025, MUNICIPALITY)
    assert (money.balance("owed"), money.balance("paid"), money.balance("used")) == (100_000, 0, 900_000)


@pytest.mark.shows("adm-05")
def test_nothing_is_decided_while_the_recipient_may_answer_or_is_not_answered(
    opened: Repayment, reporting: Reporting, presenter: Visitor
) -> None:
    with pytest.raises(Fault, match="skäl för att inte kommunicera"):
        repayments.prepare_claim(presenter, opened, now=LATER)
    communication.communicate(presenter, _anew(opened), LATER)
    with pytest.raises(Fault, match="får yttra sig"):
        repayments.prepare_claim(presenter, _anew(opened), now=LATER)
    communication.answer(reporting.agent, _anew(opened), "Vi ber att få behålla pengarna (påhittat).", now=LATER)
    with pytest.raises(Fault, match="inte bemötta"):
        repayments.prepare_claim(presenter, _anew(opened), now=LATER)
    assert not Decision.objects.filter(kind="claim").exists()
    repayments.prepare_claim(presenter, _anew(opened), now=LATER, reply="Det räcker inte (påhittat).")
    with pytest.raises(Fault, match="redan berett"):
        communication.answer(reporting.agent, _anew(opened), "Mer (påhittat).", now=LATER)


@pytest.mark.shows("adm-04")
def test_claimed_and_waived_together_are_what_is_repayable(invoiced: Invoice) -> None:
    assert invoiced.kronor == 60_000
    assert {one.kind: one.kronor for one in invoiced.repayment.decisions.all()} == {"claim": 60_000, "waiver": 40_000}
    money = money_of(2025, MUNICIPALITY)
    assert (money.balance("owed"), money.balance("waived")) == (60_000, 40_000)
    write_letters.call(2025)
    assert all(one.letter for one in Decision.objects.filter(repayment=invoiced.repayment))


@pytest.mark.shows("adm-23", "rap-10")
def test_an_invoice_is_made_once_and_paid_late_with_interest_outside_the_ledger(
    invoiced: Invoice, someone: Callable[..., Visitor]
) -> None:
    make_invoices.call(2025)
    assert Invoice.objects.count() == 1
    assert invoiced.document
    assert invoiced.file
    told = " ".join(pages_of(bytes(invoiced.document.content.content)))
    assert "(dnr " in told
    assert "handling 0" not in told  # the letter of the decision is not written yet
    finance = someone("finance")
    day = invoiced.due + timedelta(days=10)
    now = LATER + timedelta(days=60)
    with pytest.raises(Fault, match="Inget är förfallet"):
        settling.remind(finance, invoiced, LATER)
    settling.remind(finance, invoiced, now)
    lines = f"referens;dag;belopp;betalare;källa\n{invoiced.reference};{day};60 000;Kommunen;BG1\n".encode()
    assert incoming.read_in(finance, 2025, "in.csv", lines, now=now).placed == 1
    with pytest.raises(Fault, match="redan inläst"):
        incoming.read_in(finance, 2025, "in.csv", lines, now=now)
    stands = standing_invoice(2025, MUNICIPALITY, invoiced.pk, now.date())
    assert stands is not None
    assert (stands.settlement.state, stands.settlement.outstanding) == ("settled", 0)
    assert sum(stands.settlement.kronor_days.values()) == 60_000 * 10
    assert LedgerEntry.objects.get(cause="repaid").kronor == 60_000


@pytest.mark.shows("adm-24")
def test_money_is_placed_by_its_reference_alone_and_what_is_too_much_is_not_booked(
    invoiced: Invoice, someone: Callable[..., Visitor]
) -> None:
    finance, day = someone("finance"), LATER.date()
    lines = (
        "referens;dag;belopp;betalare;källa\n"
        f"212000-0357;{day};60 000;Eskilstuna kommun;BG1\n"
        f"{invoiced.reference};{day};61 000;En annan;BG2\n"
    )
    read = incoming.read_in(finance, 2025, "in.csv", lines.encode(), now=LATER)
    assert (read.placed, read.waits) == (1, 1)
    assert LedgerEntry.objects.get(cause="repaid").kronor == 60_000
    assert standing_invoice(2025, MUNICIPALITY, invoiced.pk, day).settlement.state == "overpaid"  # type: ignore[union-attr]
    settling.refund(finance, invoiced, LATER)
    assert standing_invoice(2025, MUNICIPALITY, invoiced.pk, day).settlement.state == "settled"  # type: ignore[union-attr]
    waiting = IncomingPayment.objects.get(event=None)
    incoming.set_aside(finance, waiting, "Hör till ett annat bidrag (påhittat).", LATER)
    with pytest.raises(Fault, match="redan tagit hand"):
        incoming.place(finance, waiting, invoiced.reference, LATER)


def test_a_list_of_payments_with_faults_says_every_row_and_stores_nothing(
    invoiced: Invoice, someone: Callable[..., Visitor]
) -> None:
    lines = "referens;dag;belopp;betalare;källa\n1;i går;5;A;B\n2;2026-01-01;noll;A;C\n"
    with pytest.raises(Faults, match="rad 2") as told:
        incoming.read_in(someone("finance"), 2025, "in.csv", lines.encode(), now=LATER)
    assert len(told.value.faults) == 2
    assert not IncomingPayment.objects.exists()


def test_respite_stops_what_is_overdue_and_instalments_have_to_add_up(
    invoiced: Invoice, someone: Callable[..., Visitor]
) -> None:
    finance, now = someone("finance"), LATER + timedelta(days=60)
    until = now.date() + timedelta(days=30)
    settling.give_respite(finance, invoiced, until=until, reason="Ny nämnd (påhittat).", now=now)
    assert not standing_invoice(2025, MUNICIPALITY, invoiced.pk, now.date()).settlement.overdue  # type: ignore[union-attr]
    with pytest.raises(Fault, match="Delarna blir"):
        settling.divide(finance, invoiced, [(until, 1_000)], reason="Ny nämnd (påhittat).", now=now)
    settling.divide(finance, invoiced, [(until, 60_000)], reason="Ny nämnd (påhittat).", now=now)


def test_who_never_reported_owes_everything_after_the_last_day(
    reporting: Reporting, granted: Decision, presenter: Visitor
) -> None:
    with pytest.raises(Fault, match="dagen har inte passerat"):
        repayments.open_unreported(presenter, 2025, MUNICIPALITY, REPORT_DAY)
    row = repayments.open_unreported(presenter, 2025, MUNICIPALITY, LATER)
    assert row.liabilities[0]["kronor"] == 1_000_000
    assert {one.key for one in candidates(2025, LATER.date())} >= {MUNICIPALITY}


def test_a_matter_is_closed_without_a_claim_only_with_a_reason(opened: Repayment, presenter: Visitor) -> None:
    with pytest.raises(Fault, match="Skälet saknas"):
        repayments.close(presenter, opened, " ", LATER)
    repayments.close(presenter, opened, "Beloppet var fel räknat (påhittat).", LATER)
    assert state_of(_anew(opened)) == "closed"


def test_the_pages_lead_from_the_list_to_the_answer_and_the_prepared_decision(
    opened: Repayment,
    reporting: Reporting,
    presenter: Visitor,
    browser_of: Callable[[Visitor], Client],
    at: Callable[..., None],
) -> None:
    at(LATER)
    officer, agent = browser_of(presenter), browser_of(reporting.agent)
    where = (2025, MUNICIPALITY, opened.pk)
    assert opened.reference in officer.get(reverse("repayments", args=(2025,))).content.decode()
    officer.post(reverse("send_communication", args=where))
    hears = reverse("communication", args=(MUNICIPALITY, 2025, opened.pk))
    assert "100\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in agent.get(hears).content.decode()
    assert "Skriv ert yttrande, eller" in agent.post(hears, {"arguments": ""}).content.decode()
    agent.post(hears, {"arguments": "Vi håller med (påhittat)."})
    assert "Vi håller med" in officer.get(reverse("repayment", args=where)).content.decode()
    officer.post(reverse("repayment", args=where), {"reply": "Noterat (påhittat)."})
    assert Decision.objects.get(kind="claim").kronor == 100_000


def _anew(row: Repayment) -> Repayment:
    found = matter(row.year, row.recipient, row.pk)
    assert found is not None
    return found
