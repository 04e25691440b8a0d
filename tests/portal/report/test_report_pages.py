"""The report by its pages, without JavaScript: filled in, gone back to, refused, certified and sent in."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import DraftPage, Mail, ReceivedReport, ReportDraft
from statsbidrag.portal.queries.report_draft import require_draft
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.views.questions.asking import ids_of
from tests.portal.report.conftest import DELEGATION, REPORT_DAY, Reporting

pytestmark = pytest.mark.django_db


class Filling:
    """Someone at the report's pages."""

    def __init__(self, who: Reporting, client: Client) -> None:
        self.who, self.client = who, client

    def address(self, name: str, *more: object) -> str:
        return reverse(name, args=(self.who.recipient, self.who.year, *more))

    def open(self, name: str, *more: object) -> str:
        answer = self.client.get(self.address(name, *more), follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    def send(self, name: str, *more: object, **values: Any) -> Any:
        """Sends a page's form with what it carries unseen, and these answers."""
        shown = self.client.get(self.address(name, *more), follow=True).content.decode()
        carried = dict(re.findall(r'<input type="hidden" name="(version|shown|fingerprint)" value="([^"]*)"', shown))
        return self.client.post(self.address(name, *more), {**carried, **values}, follow=True)

    def page(self, page: str, action: str = "next", **answers: Any) -> str:
        """Fills in a page and presses a button on it."""
        answer = self.send("report_page", page, action=action, **answers)
        return str(answer.content.decode())

    def every_page(self, **known: object) -> None:
        """Fills in every page."""
        form, answers = form_of(self.who.year), self.who.answers(**known)
        assert form is not None
        for page in form.pages:
            if page.by == "recipient" and page.questions:
                own = {one.id: answers[one.id] for one in ids_of(page) if one.id in answers}
                self.page(page.id, action="skip", **{id: _sent(value) for id, value in own.items()})
                self.page(page.id, action="skip", **{id: _sent(value) for id, value in own.items()})


@pytest.fixture
def filling(
    reporting: Reporting, browser_of: Callable[[Visitor | None], Client], at: Callable[..., None]
) -> Callable[[Visitor], Filling]:
    """Someone of the recipient's at the report's pages."""
    at(REPORT_DAY)
    return lambda visitor: Filling(reporting, browser_of(visitor))


@pytest.mark.shows("rap-06", "rap-94", "rap-96", "rap-98")
def test_a_municipality_reports_by_the_pages_alone(filling: Callable[[Visitor], Filling], reporting: Reporting) -> None:
    coordinator, signatory, deputy = (
        filling(one) for one in (reporting.coordinator, reporting.signatory, reporting.deputy)
    )
    coordinator.send("report", action="begin")
    coordinator.every_page()
    tasks = coordinator.open("report")
    assert "Ej påbörjad" not in re.sub(r"Kontrollera svaren.*", "", tasks, flags=re.S)
    fired = require_draft(2025, reporting.recipient).outcome.fired("warning")
    notes = {f"note.{check.id}": "Det stämmer (påhittat)." for check in fired}
    assert "väntar på godkännande" in coordinator.send("report_check", action="lock", **notes).content.decode()

    said = {id: "yes" if value is True else value for id, value in reporting.signature().items()}
    form = form_of(2025)
    assert form is not None
    said["certified"] = form.field("certified").options[0].id
    refused = signatory.send("report_sign", **said, delegation="").content.decode()
    assert "Ange vilken punkt i delegationsordningen" in refused
    assert "Noor Företrädare" in refused
    signatory.send("report_sign", **said, delegation=DELEGATION)
    received = deputy.send("report_send").content.decode()
    assert "Återrapporteringen har kommit in" in received
    assert "Svar 1 av 5" in received
    assert ReceivedReport.objects.get().certified == "signatory"
    assert deputy.client.get(deputy.address("report_version_pdf", 1)).content.startswith(b"%PDF")
    deputy.send("report_to_own_address", 1)
    assert Mail.objects.filter(occasion="own answers").exists()


@pytest.mark.shows("rap-12")
def test_the_first_page_says_whom_to_ask(filling: Callable[[Visitor], Filling], reporting: Reporting) -> None:
    someone = filling(reporting.coordinator)
    someone.send("report", action="begin")
    assert "Vid frågor vänligen kontakta den utredare" in someone.open("report_page", "introduction")


@pytest.mark.shows("rap-27", "rap-28")
def test_next_saves_the_page_and_leads_back_to_where_one_was(
    filling: Callable[[Visitor], Filling], reporting: Reporting
) -> None:
    someone = filling(reporting.coordinator)
    someone.send("report", action="begin")
    someone.page("introduction")
    someone.page("amounts", action="skip", used="400 000 kr")
    assert DraftPage.objects.get(page="amounts").answers == {"used": "400 000 kr"}
    tasks = someone.open("report")
    assert reverse("report_page", args=(reporting.recipient, 2025, "amounts")) in tasks
    assert "Fortsätt där du var" in tasks
    assert 'value="400\N{NO-BREAK SPACE}000"' in someone.open("report_page", "amounts")


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    filling: Callable[[Visitor], Filling], reporting: Reporting
) -> None:
    someone = filling(reporting.coordinator)
    someone.send("report", action="begin")
    page = someone.page("amounts", used="fyrahundra")
    assert "”fyrahundra” är inget" in page or "fyrahundra" in page
    assert 'value="fyrahundra"' in page
    assert 'href="#id_used"' in page
    assert "Har fel" in someone.open("report")


def test_a_question_shows_when_its_condition_is_met_and_its_answer_is_kept_when_it_is_not(
    filling: Callable[[Visitor], Filling], reporting: Reporting
) -> None:
    someone = filling(reporting.coordinator)
    someone.send("report", action="begin")
    page = someone.page("target_group", targeted="no")
    assert "En fråga till visas" in page
    assert 'name="why_not_targeted"' in page
    someone.page("target_group", action="save", targeted="no", why_not_targeted="Familjerna flyttade.")
    someone.page("target_group", action="save", targeted="wholly", why_not_targeted="Familjerna flyttade.")
    someone.page("target_group", action="save", targeted="wholly")
    draft = require_draft(2025, reporting.recipient)
    assert "why_not_targeted" not in draft.outcome.shows
    assert draft.answers["why_not_targeted"] == "Familjerna flyttade."


def test_two_colleagues_on_one_page_choose_what_stands(
    filling: Callable[[Visitor], Filling], reporting: Reporting
) -> None:
    one, other = filling(reporting.coordinator), filling(reporting.deputy)
    one.send("report", action="begin")
    one.page("amounts", action="save", used="400000")
    one.page("amounts", action="save", used="500000")
    both = other.client.post(
        other.address("report_page", "amounts"), {"version": "1", "shown": "used", "used": "600000", "action": "save"}
    )
    assert both.status_code == 409
    assert "500000" in both.content.decode()
    assert "600000" in both.content.decode()
    other.client.post(
        other.address("report_page", "amounts"),
        {"version": "2", "shown": "used", "used": "600000", "theirs.used": "500000", "choose.used": "mine"},
    )
    assert require_draft(2025, reporting.recipient).outcome.values["used"] == 600_000


@pytest.mark.shows("adm-22")
def test_nothing_used_is_a_short_path_that_can_be_taken_back(
    filling: Callable[[Visitor], Filling], reporting: Reporting
) -> None:
    someone = filling(reporting.coordinator)
    someone.send("report", action="begin")
    assert "Om era insatser" in someone.open("report")
    assert "Om era insatser" not in someone.send("report", action="short").content.decode()
    assert "Om era insatser" in someone.send("report", action="whole").content.decode()


def test_the_signatory_declines_with_a_reason_that_the_writers_see(
    filling: Callable[[Visitor], Filling], reporting: Reporting
) -> None:
    reporting.fill()
    writer, signatory = filling(reporting.coordinator), filling(reporting.signatory)
    writer.send("report_check", action="lock")
    signatory.send("report_decline", reason="Beloppet är fel.")
    assert "Beloppet är fel." in writer.open("report")
    assert ReportDraft.objects.get().state == "draft"


def test_a_locked_draft_is_not_written_in_and_says_so(
    filling: Callable[[Visitor], Filling], reporting: Reporting
) -> None:
    reporting.fill()
    writer, other = filling(reporting.coordinator), filling(reporting.deputy)
    writer.send("report_check", action="lock")
    answer = other.client.post(
        other.address("report_page", "views"),
        {"version": "1", "shown": "views_on_grant", "views_on_grant": "Ett nytt svar.", "action": "next"},
    )
    assert answer.status_code == 409
    assert "Ett nytt svar." in answer.content.decode()
    assert "låst" in answer.content.decode()


def _sent(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value
