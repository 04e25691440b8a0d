"""The pages of the payments, used as finance uses them: what to do next, what is refused, what is said."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from payment_files import booked, handed_over, notification, prepared, rejected, status_list
from pytest_django import DjangoAssertNumQueries

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import bank_answers
from statsbidrag.portal.models import AnswerFile, Attestation, BankAnswer, GiroChange, GiroCheck, Payment, PaymentBatch
from statsbidrag.portal.queries import remembering

from .conftest import ALE, DECIDED, ESKILSTUNA, KRONOR, STOCKHOLM, Granted

LATER = DECIDED + timedelta(days=15)
Browsers = Callable[[Visitor | None], Client]
PAYMENTS = reverse("payments", args=[2025])
ANSWERS = reverse("bank_answers", args=[2025])


def text(page: bytes) -> str:
    """A page's words, with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode())).replace("\u00a0", " ")


def key(page: bytes) -> str:
    """The key of the first form on a page."""
    found = re.search(r'name="deed_key" value="(\w+)"', page.decode())
    assert found
    return found[1]


def reference(recipient: str) -> str:
    """The reference of a recipient's payment."""
    return Payment.objects.get(recipient=recipient).reference


def upload(browser: Client, content: bytes, name: str = "svar.xml") -> str:
    """Reads in a file of answers and gives the words of the page that comes."""
    answer = browser.post(ANSWERS, {"file": SimpleUploadedFile(name, content)}, follow=True)
    return text(answer.content)


def test_finance_prepares_and_two_attest_and_it_is_handed_over_page_by_page(
    granted: Granted, finance: Visitor, colleague: Visitor, browser_of: Browsers
) -> None:
    one, other = browser_of(finance), browser_of(colleague)
    page = one.get(PAYMENTS)
    assert "Bered en utbetalning" in text(page.content)
    assert "16 609 682 kr" in text(page.content)
    went = one.post(PAYMENTS, {"day": "2025-05-26", "deed_key": key(page.content)})
    batch_page = reverse("payment_batch", args=[2025, 1])
    assert went["Location"] == batch_page
    assert "Attestera utbetalning 1" in text(other.get(PAYMENTS).content)
    for browser in (one, other):
        browser.post(batch_page, {"deed": "attest"})
    assert "Lämna över utbetalning 1" in text(one.get(PAYMENTS).content)
    one.post(batch_page, {"deed": "hand over"})
    said = text(one.get(batch_page).content)
    assert "Utbetalningen är överlämnad" in said
    assert "Eli Ekonom (påhittad)" in said
    for ending in ("csv", "xlsx", "xml"):
        address = reverse("payment_file", args=[2025, 1, ending])
        first, second = one.get(address), other.get(address)
        assert first.content == second.content
        assert f"utbetalning-2025-1.{ending}" in first["Content-Disposition"]


@pytest.mark.shows("adm-12")
def test_a_double_click_prepares_one_batch_and_hands_over_once(
    granted: Granted, finance: Visitor, colleague: Visitor, browser_of: Browsers
) -> None:
    browser = browser_of(finance)
    sent = {"day": "2025-05-26", "deed_key": key(browser.get(PAYMENTS).content)}
    ways = {browser.post(PAYMENTS, sent)["Location"] for _ in range(2)}
    assert ways == {reverse("payment_batch", args=[2025, 1])}
    assert PaymentBatch.objects.count() == 1
    batch_page = reverse("payment_batch", args=[2025, 1])
    for attester in (finance, colleague):
        browser_of(attester).post(batch_page, {"deed": "attest"})
    handing = {"deed": "hand over", "deed_key": key(browser.get(batch_page).content)}
    assert [browser.post(batch_page, handing).status_code for _ in range(2)] == [302, 302]
    late = browser_of(colleague).post(batch_page, {"deed": "hand over"})
    assert "Den är redan överlämnad" in text(late.content)


def test_a_day_that_is_no_bank_day_is_refused_at_the_field_and_stays_in_it(
    granted: Granted, finance: Visitor, browser_of: Browsers
) -> None:
    page = browser_of(finance).post(PAYMENTS, {"day": "2025-05-25"})
    assert "Välj 26 maj 2025." in text(page.content)
    assert 'value="2025-05-25"' in page.content.decode()
    assert page.content.decode().count("<h1>") == 1


def test_an_officer_sees_the_payments_but_no_deeds(
    granted: Granted, finance: Visitor, someone: Callable[..., Visitor], browser_of: Browsers
) -> None:
    prepared(finance)
    browser = browser_of(someone("officer"))
    for address in (PAYMENTS, reverse("payment_batch", args=[2025, 1]), ANSWERS, reverse("vouchers", args=[2025])):
        page = browser.get(address)
        assert page.status_code == 200
        assert '<form method="post" novalidate' not in page.content.decode()
    assert browser.post(reverse("payment_batch", args=[2025, 1]), {"deed": "attest"}).status_code == 200
    assert not Attestation.objects.exists()


def test_before_the_period_has_run_out_the_page_says_when_something_is_paid(
    granted: Granted, finance: Visitor, browser_of: Browsers, at: Callable[[datetime], None]
) -> None:
    browser = browser_of(finance)
    at(datetime(2025, 4, 2, 10, tzinfo=DECIDED.tzinfo))
    assert "Rekvisitionsperioden löper till och med den 29 april 2025." in text(browser.get(PAYMENTS).content)


def test_answers_are_read_in_and_a_wrong_file_says_why(
    granted: Granted, finance: Visitor, colleague: Visitor, browser_of: Browsers
) -> None:
    handed_over(finance, colleague)
    browser = browser_of(finance)
    assert "inte att läsa som XML" in upload(browser, b"<Document>")
    assert not AnswerFile.objects.exists()
    good = notification(booked(reference(ALE), KRONOR[ALE]), booked("okänd", 5))
    assert "Ingen betalning har referensen okänd." in upload(browser, good)
    assert "Samma fil lästes in 13 maj 2025 kl. 10.00" in upload(browser, good)
    assert "Välj en fil." in text(browser.post(ANSWERS, {}).content)
    looking = reverse("bank_answer", args=[2025, BankAnswer.objects.get(payment=None).pk])
    assert "Skriv vad du har kommit fram till." in text(browser.post(looking, {"remark": ""}).content)
    browser.post(looking, {"remark": "Ett annat bidrag."})
    assert "Ett annat bidrag." in text(browser.get(ANSWERS).content)
    assert browser.get(looking).status_code == 404


@pytest.mark.shows("adm-24")
def test_a_rejected_payment_is_mended_from_the_recipients_own_page(
    granted: Granted, finance: Visitor, colleague: Visitor, agent: Visitor, browser_of: Browsers
) -> None:
    handed_over(finance, colleague)
    browser = browser_of(finance)
    upload(browser, rejected(reference(ESKILSTUNA)))
    said = text(browser.get(PAYMENTS).content)
    assert "Ska göras om" in said
    assert "Mottagarens giro är avslutat." in said
    checking = reverse("giro_check", args=[2025, ESKILSTUNA])
    assert "Be om ett annat gironummer" in text(browser.get(checking).content)
    browser.post(checking, {"deed": "ask"})
    assert "Frågan har skickats till" in text(browser.get(checking).content)

    own = browser_of(agent)
    giving = reverse("new_giro", args=[ESKILSTUNA, 2025])
    assert "Vi kunde inte betala ut bidraget" in text(own.get(giving).content)
    wrong = own.post(giving, {"giro": "5050-1056"})
    assert "Kontrollsiffran" in text(wrong.content)
    assert 'value="5050-1056"' in wrong.content.decode()
    assert "Vi har tagit emot ert nya nummer" in text(own.post(giving, {"giro": "90 20 03-3"}, follow=True).content)
    assert GiroChange.objects.get().giro == "plusgiro 90 20 03-3"

    assert "Skriv hur du har kontrollerat ägaren." in text(browser.post(checking, {"how": ""}).content)
    browser.post(checking, {"how": "Ringde kommunens växel"})
    assert GiroCheck.objects.get(by=finance.id).giro == "plusgiro 90 20 03-3"
    assert "250 000 kr" in text(browser.get(PAYMENTS).content)


def test_a_registrar_registers_a_number_and_the_case_of_another_stays_shut_to_an_agent(
    granted: Granted, finance: Visitor, someone: Callable[..., Visitor], agent: Visitor, browser_of: Browsers
) -> None:
    registering = reverse("register_giro", args=[2025, ALE])
    browser = browser_of(someone("registrar"))
    assert "Välj hur det kom in." in text(browser.post(registering, {"giro": "90 20 03-3"}).content)
    browser.post(registering, {"giro": "90 20 03-3", "came_by": "brev"})
    assert GiroChange.objects.get().recipient == ALE
    assert browser_of(agent).get(reverse("new_giro", args=[ALE, 2025])).status_code == 403


def test_vouchers_are_handed_over_from_their_page_and_the_whole_round_has_the_same_numbers(
    granted: Granted, finance: Visitor, browser_of: Browsers
) -> None:
    browser, page = browser_of(finance), reverse("vouchers", args=[2025])
    assert "3 verifikationer har tillkommit" in text(browser.get(page).content)
    browser.post(page, {})
    assert "Allt som finns i huvudboken är överlämnat." in text(browser.get(page).content)
    assert "Alla verifikationer är redan överlämnade." in text(browser.post(page, {}).content)
    file = browser.get(reverse("voucher_file", args=[2025, 1])).content
    whole = browser.get(reverse("all_vouchers", args=[2025])).content
    assert [line for line in file.splitlines() if line.startswith(b"#VER")] == [
        line for line in whole.splitlines() if line.startswith(b"#VER")
    ]


def test_no_page_of_the_payments_asks_the_database_more_than_eight_times(
    granted: Granted,
    finance: Visitor,
    colleague: Visitor,
    browser_of: Browsers,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handed_over(finance, colleague)
    lines = [f"{reference(ALE)};betald;2025-05-26;;1", f"{reference(STOCKHOLM)};betald;2025-05-26;;"]
    bank_answers.read_in(finance, 2025, "svar.csv", status_list(*lines), now=LATER)
    browser = browser_of(finance)
    monkeypatch.setattr(remembering, "within_a_deed", lambda: False)  # the whole test is one to the database
    addresses = [
        PAYMENTS,
        ANSWERS,
        reverse("payment_batch", args=[2025, 1]),
        reverse("vouchers", args=[2025]),
        reverse("giro_check", args=[2025, ALE]),
        reverse("bank_answer", args=[2025, BankAnswer.objects.get(kronor=1).pk]),
    ]
    for address in addresses:
        browser.get(address)
        with django_assert_max_num_queries(8, info=address):
            assert browser.get(address).status_code == 200
