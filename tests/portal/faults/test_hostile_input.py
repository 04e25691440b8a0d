"""Whatever is written in a field or an address: no page breaks, nothing runs, and nothing is shown but as text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from lxml import html
from portal.faults.in_a_region import IN_A_REGION, REGION_PAGES, known_in_a_region, live_in_two_regions
from pytest_django import DjangoDbBlocker

from statsbidrag.portal import clock
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.demonstration.filling import fill
from statsbidrag.portal.demonstration.moving import move_to
from statsbidrag.portal.demonstration.people import CHARACTERS
from statsbidrag.portal.demonstration.stages import stage_of
from statsbidrag.portal.guards import GUARDS
from statsbidrag.portal.middleware import SESSION_KEY
from statsbidrag.portal.models import BankAnswer, Case, Decision, Document, Mail, Payment, VoucherFile

pytestmark = pytest.mark.django_db(databases=["default", "region"])
MARK = "<script>alert('tagg')</script>"
HOSTILE = {
    "NUL": "a\0b",
    "long": "å" * 10_000,
    "digits": "9" * 5_000,
    "superscript": "²",
    "SQL": "'; DROP TABLE portal_ledgerentry; --",
    "HTML": f'"><img src=x onerror=alert(1)>{MARK}',
    "formula": '=HYPERLINK("https://exempel.se";"x")',
    "header": "x@exempel.se\r\nBcc: y@exempel.se",
    "right to left": "\u202eabc\u202c\u200f😀\ufeff",
    "percent": "%s %(x)s {0} {{ 7*7 }} \\x00 ${x}",
    "negative": "-99999999999999999999",
}
# No server lets a longer address in.
IN_AN_ADDRESS = {**HOSTILE, "long": "å" * 1_000}
# What a database may have something of its own to say of; the rest is tried on one engine only.
_FOR_THE_DATABASE = frozenset({"NUL", "long", "digits", "negative"})
# Deeds that take away what the others need, or that move the demonstration: they are tried by tests of their own.
_NOT_TRIED = {"step_in", "sign_out", "demonstration_clock"}


class Page(NamedTuple):
    """A page with something to show, and the browser of one who may see it."""

    who: str
    name: str
    address: str
    browser: Client


def test_no_form_of_any_page_breaks_on_what_is_written_in_it(pages: Sequence[Page]) -> None:
    broken, tried = [], 0
    for who, name, address, browser in pages:
        for form in _forms(browser.get(address)):
            fields = [field for field in form.xpath(".//input | .//textarea | .//select") if field.get("name")]
            written = [field.get("name") for field in fields if field.get("type") not in _NOT_WRITTEN]
            own = [name for name in written if name not in _IN_EVERY_FORM]
            for attack, aim in (*product(_tried_here(HOSTILE), [""]), *product(_ONE_BY_ONE, own)):
                tried += 1
                sent = _values(form, dict.fromkeys([aim] if aim else written, HOSTILE[attack]))
                if answer := _posted(browser, form.get("action") or address, sent):
                    broken.append(f"{who} {name} {aim or 'every field'} {attack}: {answer}")
    assert tried > 500
    assert not broken, "\n".join(broken[:60])


def test_no_page_breaks_on_what_is_asked_in_its_address(pages: Sequence[Page]) -> None:
    broken = []
    for who, name, address, browser in pages:
        for attack, text in _tried_here(IN_AN_ADDRESS).items():
            if answer := _got(browser, address, dict.fromkeys(_ASKED.split(), text)):
                broken.append(f"{who} {name} {attack}: {answer}")
    assert not broken, "\n".join(broken[:60])


# Everything that any page reads from its address, and a few that none does.
_ASKED = (
    "sok sida lage visa sortera ordning next mottagare slag beslut kod state code fran till lank kontrollera typ ar q "
    "fil omgang handling nummer riktning lan ordna fallande kompletterar registrerad startade sparat text "
    "direction number recipient year efter flyttade samma kontrollera placerade vantar kanda berett rad ny ar fel"
)
_NOT_WRITTEN = frozenset({"file", "submit", "button", "checkbox"})
# What each field is also tried with while all the others are as they should be: what has to be read before it is kept.
_ONE_BY_ONE = ("NUL", "long", "digits", "negative")
_IN_EVERY_FORM = frozenset({"csrfmiddlewaretoken", "deed_key"})


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Page]]:
    """Every page with something to show, in an open round and after one that is paid; all is taken back at last."""
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="region"):
        fill()
        stage = stage_of(2025, "last day")
        assert stage
        move_to(2025, stage, clock.now())
        live_in_two_regions()
        yield list(_pages())
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="region")


def _pages() -> Iterator[Page]:
    people: dict[str, Visitor | None] = {"public": None} | {one.key: as_character(one.key) for one in CHARACTERS}
    browsers = {who: _came_in(visitor) for who, visitor in people.items()}
    known_by_name = get_resolver().reverse_dict
    for name in sorted(GUARDS.keys() - _NOT_TRIED):
        [(_, places)], *_ = known_by_name[name]
        seen = set()
        of_a_region = name in REGION_PAGES
        for year, recipient in IN_A_REGION if of_a_region else ((2025, "municipality-0484"), (2024, "region-01")):
            known = known_in_a_region(name, recipient) if of_a_region else _known(year, recipient)
            address = reverse(name, kwargs={place: known[place] for place in places})
            for who, visitor in people.items():
                if address in seen or not GUARDS[name].lets_in(visitor, str(known.get("recipient", ""))):
                    continue
                if browsers[who].get(address).status_code == 200:
                    seen.add(address)
                    yield Page(who, name, address, browsers[who])


def _came_in(visitor: Visitor | None) -> Client:
    browser = Client()
    if visitor:
        session = browser.session
        session[SESSION_KEY] = visitor.id
        session.save()
    return browser


def _tried_here(attacks: Mapping[str, str]) -> Mapping[str, str]:
    if connection.vendor == "sqlite":
        return attacks
    return {name: text for name, text in attacks.items() if name in _FOR_THE_DATABASE}


def _known(year: int, recipient: str) -> dict[str, Any]:
    case = Case.objects.filter(year=year, recipient=recipient, kind="grant").first()
    papers = Document.objects.filter(entry__case__year=year).order_by("pk")
    return {
        "year": year,
        "recipient": recipient,
        "case": case.pk if case else 1,
        "entry": (papers.filter(entry__case=case).first() or papers[0]).pk,
        "number": 1,
        "page": "amounts",
        "ending": "csv",
        "token": "finns-inte",
        "application": 1,
        "mail": getattr(Mail.objects.first(), "pk", 1),
        "answer": getattr(BankAnswer.objects.first(), "pk", 1),
        "first": getattr(VoucherFile.objects.filter(year=year).first(), "first", 1),
        "reference": getattr(Decision.objects.filter(year=year).first(), "reference", "B-1"),
        "occasion": "last-day",
        "payment": getattr(Payment.objects.first(), "pk", 1),
    }


def _forms(answer: HttpResponse) -> list[html.FormElement]:
    if not answer.headers["Content-Type"].startswith("text/html") or not answer.content:
        return []
    return list(
        html.fromstring(answer.content.decode()).xpath('//main//form[translate(@method, "POST", "post")="post"]')
    )


def _values(form: html.FormElement, hostile: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    for field in form.xpath('.//input[@type="radio"] | .//input[@type="checkbox"]'):
        values.setdefault(field.get("name"), field.get("value", "on"))
    for button in form.xpath(".//button[@name]"):
        values.setdefault(button.get("name"), button.get("value", ""))
    for file in form.xpath('.//input[@type="file"]'):
        values[file.get("name")] = SimpleUploadedFile("../../x\r\n.pdf", b"%PDF-1.7 not really")
    return {**values, **hostile}


def _posted(browser: Client, address: str, values: Mapping[str, Any]) -> str:
    """Sends a form and takes everything back; says what went wrong."""
    try:
        with transaction.atomic(), transaction.atomic(using="region"):
            answer = browser.post(address, values)
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="region")
    except Exception as broken:
        return f"{type(broken).__name__}: {str(broken)[:150]}"
    return _wrong(answer)


def _got(browser: Client, address: str, query: Mapping[str, str]) -> str:
    try:
        with transaction.atomic(), transaction.atomic(using="region"):
            answer = browser.get(address, query)
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="region")
    except Exception as broken:
        return f"{type(broken).__name__}: {str(broken)[:150]}"
    return _wrong(answer)


def _wrong(answer: HttpResponse) -> str:
    if answer.status_code >= 500:
        return str(answer.status_code)
    place = answer.headers.get("Location", "")
    if place and not place.startswith("/"):
        return f"leads away to {place}"
    page = (
        answer.content.decode(errors="replace")
        if answer.headers.get("Content-Type", "").startswith("text/html")
        else ""
    )
    return "is shown as it was written" if MARK in page or re.search(r"<img src=x onerror", page) else ""
