"""The small comforts of the pages, in a real browser; and every part of a page judged by axe-core."""

import mimetypes
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django import forms
from playwright.sync_api import Browser, Page, Route
from rendered_parts import ENVIRONMENT, EVERY_MACRO
from servers.needs import MODULES, needed, node

PORTAL = Path(__file__).parents[2] / "statsbidrag" / "portal"
SITE = "http://localhost/"


class Requisition(forms.Form):
    """A short form."""

    amount = forms.IntegerField(label="Belopp", help_text="Hela kronor.")
    note = forms.CharField(label="Meddelande", required=False, widget=forms.Textarea)
    more = forms.ChoiceField(label="Mer?", choices=[("yes", "Ja"), ("no", "Nej")], widget=forms.RadioSelect)
    efforts = forms.MultipleChoiceField(label="Insatser", choices=[("visit", "Besök"), ("course", "Utbildning")])
    vow = forms.BooleanField(label="Vi intygar")
    proof = forms.FileField(label="Fullmakt")
    giro = forms.ChoiceField(label="Giro", choices=[("bank", "Bankgiro"), ("plus", "Plusgiro")])


SOURCE = (
    '{% extends "base.html" %}'
    + EVERY_MACRO
    + """{% block title %}Prov{% endblock %}{% block heading %}Prov{% endblock %}
{% block trail %}<li><a href="/">Omgången</a></li><li aria-current="page">Prov</li>{% endblock %}
{% block content %}{{ error_summary(form) }}
{{ stations([{"text": "Fördelning", "state": "done", "link": "/a/"}, {"text": "Rekvisition", "state": "now"},
             {"text": "Omfördelning", "state": "next"}, {"text": "Beslut", "state": "wait"}]) }}
{% for kind in ("info", "success", "warning", "error") %}
{% call message(kind, "Rubrik " ~ kind) %}<p>Text med <a href="/b/">länk</a>.</p>{% endcall %}
{% endfor %}
<p>{{ tag("Öppen", "good") }} {{ tag("Väntar", "wait") }} {{ tag("Avvisad", "bad") }} {{ tag("Utkast") }}</p>
{{ facts([("Diarienummer", "9.1-1/2025")]) }}
{{ table("Belopp", ["Mottagare", ("Belopp", "kr")], [("Region Skåne", 3112904)]) }}
{{ pager(2, 3, "?sida=") }}{{ next_steps([{"what": "Rekvirera", "link": "/r/", "by": today}], today) }}
{{ timeline([{"when": today, "what": "Öppnade"}]) }}{{ progress(1, 3, "Brev") }}
<p>{{ copyable("SB2025-0117", "ref") }}</p>
<form method="post" data-warns>{{ deed_key("abc") }}{{ field(form["amount"], suffix="kr") }}{{ area(form["note"]) }}
{{ choices(form["more"], hints={"yes": "En andel."}) }}{{ checkboxes(form["efforts"]) }}{{ tick(form["vow"]) }}
{{ upload(form["proof"]) }}{{ pick(form["giro"]) }}{% call buttons() %}
{{ button("Skicka") }}{{ button("Ta bort", "danger") }}
{{ button_link("Avbryt", "/", "quiet") }}{% endcall %}</form>{{ empty("Inget mer.") }}{% endblock %}"""
)


def served(form: forms.Form) -> Any:
    """Answers what a browser asks for: the page, the static files, and 204 to whatever is sent."""
    text = ENVIRONMENT.from_string(SOURCE).render(form=form, demonstration=True, today=date(2025, 4, 2))

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        if route.request.method == "POST":
            route.fulfill(status=204)
        elif path.startswith("static/"):
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(body=(PORTAL / path).read_bytes(), content_type=kind)
        else:
            route.fulfill(body=text, content_type="text/html; charset=utf-8")

    return answer


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    """A page with every part, at 1280 px."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.route("**/*", served(Requisition()))
    page.goto(SITE)
    yield page
    context.close()


def test_a_form_that_is_being_sent_is_not_sent_again(opened: Page) -> None:
    stopped = opened.evaluate(
        """() => {
            const form = document.querySelector("main form"), stopped = [];
            form.noValidate = true;
            window.addEventListener("submit", (event) => stopped.push(event.defaultPrevented));
            form.requestSubmit(); form.requestSubmit();
            return stopped;
        }"""
    )
    assert stopped == [False, True]


def test_a_form_is_ready_again_after_the_way_back(opened: Page) -> None:
    opened.evaluate("document.querySelector('main form').dataset.sent = 'yes'")
    opened.goto(f"{SITE}elsewhere/")
    opened.go_back()
    assert opened.evaluate("'sent' in document.querySelector('main form').dataset") is False


def test_what_is_written_is_not_left_behind_without_a_word(opened: Page) -> None:
    warned: list[str] = []
    opened.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    opened.locator("#id_note").fill("Ett utkast")
    opened.goto(f"{SITE}elsewhere/")
    assert warned == ["beforeunload"]
    opened.goto(SITE)
    assert warned == ["beforeunload"]


def test_a_reference_is_copied_at_a_click(opened: Page) -> None:
    opened.get_by_role("button", name="Kopiera SB2025-0117").click()
    opened.get_by_text("Kopierat").wait_for()
    assert opened.evaluate("navigator.clipboard.readText()") == "SB2025-0117"


def test_the_keyboard_reaches_the_content_past_the_menu(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Till sidans innehåll"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_what_is_wrong_takes_focus(browser: Browser, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.route("**/*", served(Requisition({"amount": "1o4"})))
    page.goto(SITE)
    page.locator(".error-list:focus").wait_for(timeout=5000)
    assert page.get_by_role("button", name="Kopiera SB2025-0117").count() == (1 if scripts else 0)
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("form", [Requisition(), Requisition({"amount": "1o4"})], ids=["empty", "faulty"])
def test_every_part_is_accessible_and_fits(browser: Browser, width: int, form: forms.Form) -> None:
    needed(node(), "axe-core", "Run: python assets/bring.py --test")
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.route("**/*", served(form))
    page.goto(SITE)
    page.evaluate((MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((result) => result.violations.map((each) => each.id))")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
