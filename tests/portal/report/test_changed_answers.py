"""An answer that a register filled in is changed: why is asked at once, and told wherever the answers are read."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import report_draft
from statsbidrag.portal.actions.region_figures import take_in
from statsbidrag.portal.models import ReportDraft
from statsbidrag.portal.queries.report_draft import require_draft
from tests.portal.report.conftest import REGION, REPORT_DAY, Reporting
from tests.portal.report.test_region_figures import SOME, figure, of_region, page_of, released

pytestmark = pytest.mark.django_db
WHY = "Tre besök saknas i registret (påhittat)."
LACKS = "Skälet saknas. Skriv varför"


class Writing:
    """Someone who fills in the report of a recipient whose region has let out its figures."""

    def __init__(self, who: Reporting, client: Client) -> None:
        self.who, self.client = who, client

    def at(self, name: str, *more: str) -> str:
        return reverse(name, args=(self.who.recipient, 2025, *more))

    def open(self, name: str, *more: str) -> str:
        return self.client.get(self.at(name, *more)).content.decode().replace("\u00a0", " ")

    def next(self, page: str, *, action: str = "next", **answers: Any) -> Any:
        """Changes some answers of a page, as it stands on the screen, and presses a button."""
        standing = require_draft(2025, self.who.recipient)
        shown = self.open("report_page", page)
        reasons = dict.fromkeys(re.findall(r'name="(reason\.[^"]+)"', shown), "")
        sent = {"version": standing.version(page), "shown": " ".join(standing.outcome.shows), "action": action}
        kept = standing.pages[page].answers if page in standing.pages else {}
        return self.client.post(self.at("report_page", page), {**sent, **kept, **reasons, **answers})


@pytest.fixture
def writing(reporting: Reporting, browser_of: Callable[[Visitor], Client], at: Callable[..., None]) -> Writing:
    """The municipality's coordinator, with a draft that the register has filled in."""
    at(REPORT_DAY)
    take_in(released(figures={**SOME, "planned": figure(50)}), REPORT_DAY)
    report_draft.begin(reporting.coordinator, 2025, reporting.recipient, REPORT_DAY)
    return Writing(reporting, browser_of(reporting.coordinator))


@pytest.fixture
def page() -> str:
    """The page of the form that the visits stand on."""
    return page_of("visits_done")


def test_going_on_stays_at_the_reason_that_the_change_has_made_needed(writing: Writing, page: str) -> None:
    answer = writing.next(page, visits_done="40", efforts_financed=["delivery"])
    assert answer.headers["Location"] == f"{writing.at('report_page', page)}?skal=ja#id_visits_done-reason"
    shown = writing.client.get(answer.headers["Location"]).content.decode()
    assert "Skriv varför svaret är ändrat" in shown
    assert 'name="reason.visits_done"' in shown
    assert LACKS not in shown, "nobody has been asked yet"
    assert require_draft(2025, writing.who.recipient).answers["visits_done"] == "40"


def test_a_reason_that_was_asked_for_and_not_given_is_a_fault_at_its_field(writing: Writing, page: str) -> None:
    writing.next(page, visits_done="40", efforts_financed=["delivery"])
    answer = writing.next(page)
    assert answer.headers["Location"].endswith("?fel=ja")
    shown = writing.client.get(answer.headers["Location"]).content.decode()
    assert 'href="#id_visits_done-reason"' in shown
    assert shown.count(LACKS) == 2, "in the summary and at the field"
    assert 'aria-describedby="id_visits_done-reason-fault" aria-invalid="true"' in shown
    assert "Har fel" in writing.open("report")


def test_with_a_reason_one_goes_on_and_no_fault_is_left(writing: Writing, page: str) -> None:
    writing.next(page, visits_done="40", efforts_financed=["delivery"])
    answer = writing.next(page, **{"reason.visits_done": WHY})
    assert f"/{page}/" not in answer.headers["Location"]
    assert "Har fel" not in writing.open("report")


def test_whoever_skips_the_reason_or_takes_the_change_back_gets_on(writing: Writing, page: str) -> None:
    writing.next(page, visits_done="40", efforts_financed=["delivery"])
    assert f"/{page}/" not in writing.next(page, action="skip").headers["Location"]
    assert "Har fel" in writing.open("report")
    assert f"/{page}/" not in writing.next(page, visits_done="43").headers["Location"]
    assert "Har fel" not in writing.open("report")


def test_an_answer_that_is_missing_or_unreadable_is_mended_before_anyone_asks_why(writing: Writing, page: str) -> None:
    for written in ("", "fyrtio"):
        answer = writing.next(page, visits_done=written, efforts_financed=["delivery"])
        assert answer.headers["Location"].endswith("?fel=ja")
        assert "reason.visits_done" not in writing.client.get(answer.headers["Location"]).content.decode()


def test_the_answers_to_check_say_what_was_filled_in_and_why_it_was_changed_or_that_nobody_says(
    writing: Writing, page: str
) -> None:
    assert "Var ifyllt" not in writing.open("report_check")
    writing.next(page, visits_done="40", efforts_financed=["delivery"])
    check = writing.open("report_check")
    assert "Ett skäl saknas" in check
    assert "Var ifyllt från besöksregistret: 43 besök. " in check
    assert f'href="{writing.at("report_page", page)}?fel=ja#id_visits_done-reason">Skriv skälet' in check
    writing.next(page, **{"reason.visits_done": WHY})
    check = writing.open("report_check")
    assert "skäl saknas" not in check
    assert f"Var ifyllt från besöksregistret: 43 besök, skäl: {WHY}" in check
    assert f'href="{writing.at("report_page", page)}#id_visits_done-reason">Ändra skälet' in check


def test_a_number_that_an_option_asked_for_needs_no_reason_when_another_option_is_chosen(
    reporting_region: Reporting, browser_of: Callable[[Visitor], Client], at: Callable[..., None]
) -> None:
    at(REPORT_DAY)
    take_in(of_region(social_services=figure("yes", 40), municipalities=figure(4, 40)), REPORT_DAY)
    report_draft.begin(reporting_region.coordinator, 2025, REGION, REPORT_DAY)
    someone = Writing(reporting_region, browser_of(reporting_region.coordinator))
    page = page_of("municipality_collaboration")
    someone.next(page, municipality_collaboration="no")
    check = someone.open("report_check")
    assert "Var ifyllt från besöksregistret: Ja, med så här många (svara i heltal): 4 kommuner. " in check
    assert check.count("Var ifyllt") == 1
    someone.next(page, **{"municipality_collaboration": "yes", "municipality_collaboration.yes": "3"})
    assert "Var ifyllt från besöksregistret: 4 kommuner. " in someone.open("report_check")


def test_a_reason_that_could_not_be_saved_stands_on_the_page_again(writing: Writing, page: str) -> None:
    writing.next(page, visits_done="40", efforts_financed=["delivery"])
    ReportDraft.objects.update(state="locked")
    sent = {"version": "1", "shown": "visits_done", "visits_done": "40", "reason.visits_done": WHY}
    answer = writing.client.post(writing.at("report_page", page), sent)
    assert answer.status_code == 409
    assert WHY in answer.content.decode()


def test_a_page_that_only_the_registers_have_filled_in_is_nobodys(writing: Writing, page: str) -> None:
    name = writing.who.coordinator.name
    tasks = writing.open("report")
    assert "Ifyllt från register och beslut" in tasks
    assert f"Ändrad av {name}" not in tasks
    writing.next(page, visits_planned="60")
    assert f"Ändrad av {name}" in writing.open("report")


def test_two_who_write_on_a_page_that_was_filled_in_do_not_overwrite_each_other(writing: Writing, page: str) -> None:
    first = {"version": "0", "shown": "visits_planned", "action": "save"}
    assert writing.client.post(writing.at("report_page", page), {**first, "visits_planned": "60"}).status_code == 302
    assert writing.client.post(writing.at("report_page", page), {**first, "visits_planned": "70"}).status_code == 409


def test_the_pages_of_a_new_answer_say_that_they_have_the_last_one(
    reporting: Reporting, browser_of: Callable[[Visitor], Client], at: Callable[..., None]
) -> None:
    at(REPORT_DAY)
    reporting.send()
    report_draft.begin(reporting.coordinator, 2025, reporting.recipient, REPORT_DAY)
    tasks = Writing(reporting, browser_of(reporting.coordinator)).open("report")
    assert "Ifyllt med det ni senast lämnade in" in tasks
    assert "Ändrad av" not in tasks
