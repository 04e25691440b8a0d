"""Figures from a region's visit register at the agency's: brought, seen, filled in, and held against the report."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions import report, report_draft
from statsbidrag.portal.actions.region_figures import HandedOver, as_file, bring, take_in
from statsbidrag.portal.actions.report_draft import Written
from statsbidrag.portal.actions.report_filling import fill_missing
from statsbidrag.portal.models import DraftPage, ReceivedReport, ReleasedFigures, ReportDraft
from statsbidrag.portal.queries.region_figures import differences
from statsbidrag.portal.queries.report_draft import require_draft
from statsbidrag.portal.queries.reports import form_of, outcome_of
from statsbidrag.terms.faults import Fault
from tests.portal.report.conftest import MUNICIPALITY, REGION, REPORT_DAY, Reporting

pytestmark = pytest.mark.django_db
RELEASED = REPORT_DAY - timedelta(days=3)
PLANNER = "Pia Planerare (påhittad)"
BrowserOf = Callable[[Visitor], Client]


def figure(value: object, counted: int | None = 43) -> dict[str, Any]:
    """A figure as the region tells it."""
    return {"value": value, "counted": counted, "says": "Räknat i besöksregistret (påhittat)"}


SOME: Mapping[str, Mapping[str, Any]] = {
    "visits": figure(43), "families": figure(21), "clinics": figure(3), "ages": figure(["age_0"]),
    "contacts": figure(["preschool"], 9),
}  # fmt: skip


def released(number: int = 1, **more: Any) -> HandedOver:
    """What the region of Eskilstuna lets out for it."""
    found = HandedOver("region-04", 2025, number, MUNICIPALITY, SOME, RELEASED + timedelta(hours=number), PLANNER)
    return replace(found, **more)


def of_region(number: int = 1, **figures: dict[str, Any]) -> HandedOver:
    """What a region lets out for its own report."""
    return released(number, region=REGION, recipient=REGION, figures=figures)


def page_of(field: str) -> str:
    """The page of the form that a field stands on."""
    form = form_of(2025)
    assert form is not None
    return next(page.id for page in form.pages for each in page.questions if field in {one.id for one in each.fields})


@pytest.fixture
def figures_page() -> str:
    """Where a recipient's figures are."""
    return reverse("region_figures", args=(MUNICIPALITY, 2025))


def test_a_file_is_brought_once_and_its_figures_are_seen_with_their_count(
    reporting: Reporting, browser_of: BrowserOf, at: Callable[..., None], figures_page: str
) -> None:
    at(REPORT_DAY)
    browser = browser_of(reporting.coordinator)
    for key in ("a1", "a2"):
        file = SimpleUploadedFile("siffror.json", as_file(released()))
        answer = browser.post(figures_page, {"file": file, "deed_key": key}, follow=True)
    page = answer.content.decode()
    row = ReleasedFigures.objects.get()
    assert (row.brought_by, row.released_by) == (reporting.coordinator.name, PLANNER)
    for told in ("43 besök", "21 familjer", "Räknat i besöksregistret", PLANNER, reporting.coordinator.name):
        assert told in page.replace("\u00a0", " ")
    assert page.count("<h3 ") == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"recipient": "municipality-0180"}, "annan organisation"),
        ({"year": 2024}, "annat år"),
        ({"region": "region-18"}, "ett annat län"),
        ({"region": MUNICIPALITY}, "går inte att läsa"),
        ({"number": 0}, "går inte att läsa"),
        ({"number": 10**30}, "går inte att läsa"),
        ({"number": float("inf")}, "går inte att läsa"),
        ({"year": float("inf")}, "går inte att läsa"),
        ({"released_by": "Pia\0"}, "går inte att läsa"),
        ({"released_by": "Pia HALV"}, "går inte att läsa"),
        ({"released": REPORT_DAY + timedelta(seconds=1)}, "senare än nu"),
        ({"figures": {"visits": figure("fyrtio")}}, "inte går att rapportera"),
        ({"figures": {"ages": figure(["age_99"])}}, "inte går att rapportera"),
        ({"figures": {"visits": figure(True)}}, "går inte att läsa"),
        ({"figures": {"visits": figure(-3)}}, "går inte att läsa"),
        ({"figures": {"visits": figure("x" * 400)}}, "går inte att läsa"),
        ({"released": datetime(2026, 2, 1)}, "går inte att läsa"),  # noqa: DTZ001 - a moment without its time zone
    ],
)
def test_a_file_that_does_not_fit_is_refused_kindly_at_its_field(
    reporting: Reporting, browser_of: BrowserOf, at: Callable[..., None], figures_page: str, change: Any, says: str
) -> None:
    at(REPORT_DAY)
    file = SimpleUploadedFile("siffror.json", as_file(replace(released(), **change)).replace(b"HALV", b"\\ud800"))
    page = browser_of(reporting.coordinator).post(figures_page, {"file": file, "deed_key": "a1"}).content.decode()
    assert says in page
    assert "Be " in page
    assert not ReleasedFigures.objects.exists()


def test_a_changed_file_of_the_same_number_is_refused_and_the_regions_own_word_stands_instead(
    reporting: Reporting,
) -> None:
    brought = bring(reporting.coordinator, 2025, MUNICIPALITY, as_file(released()), now=REPORT_DAY)
    other = released(figures={**SOME, "visits": figure(99)})
    with pytest.raises(Fault, match="redan kommit in"):
        bring(reporting.coordinator, 2025, MUNICIPALITY, as_file(other), now=REPORT_DAY)
    take_in(other, REPORT_DAY)
    brought.refresh_from_db()
    assert (brought.figures["visits"]["value"], brought.brought_by) == (99, "")
    take_in(released(), REPORT_DAY)
    brought.refresh_from_db()
    assert brought.figures["visits"]["value"] == 99


def test_only_those_who_fill_in_the_report_bring_figures_to_it(
    reporting: Reporting, someone: Callable[..., Visitor]
) -> None:
    for who in (someone("officer"), someone("agent", "municipality-0180"), reporting.signatory):
        with pytest.raises(Refused):
            bring(who, 2025, MUNICIPALITY, as_file(released()), now=REPORT_DAY)
        with pytest.raises(Refused):
            fill_missing(who, 2025, MUNICIPALITY, REPORT_DAY)


def test_what_is_missing_is_filled_in_and_no_answer_is_altered(
    reporting: Reporting, browser_of: BrowserOf, at: Callable[..., None], figures_page: str
) -> None:
    at(REPORT_DAY)
    report_draft.begin(reporting.coordinator, 2025, MUNICIPALITY, REPORT_DAY)
    page = page_of("visits_done")
    reporting.save(page, Written(answers={"visits_done": "40"}, reasons={}, notes={}))
    version = require_draft(2025, MUNICIPALITY).version(page)
    take_in(released(), REPORT_DAY)
    browser = browser_of(reporting.coordinator)
    assert "Fyll i det som saknas" in browser.get(reverse("report", args=(MUNICIPALITY, 2025))).content.decode()
    browser.post(figures_page, {"action": "fill", "deed_key": "b1"})
    found = require_draft(2025, MUNICIPALITY)
    assert (found.answers["visits_done"], found.answers["families"], found.answers["clinics"]) == ("40", "21", "3")
    assert found.version(page) == version + 1
    kept = found.draft.prefilled
    assert (kept["families"]["answer"], kept["families"]["count"], kept["families"]["source"]) == (21, 43, "visits")
    assert kept["families"]["query"] == "Olika familjer i de genomförda utökade hembesöken"
    assert "visits_done" not in kept
    # A suggestion stands beside its question, and a person decides.
    assert kept["actors"]["level"] == "suggestion"
    assert "actors" not in found.answers
    assert "Fyll i det som saknas" not in browser.get(figures_page).content.decode()
    with pytest.raises(Fault, match="inget i regionens siffror"):
        fill_missing(reporting.coordinator, 2025, MUNICIPALITY, REPORT_DAY)


def test_newer_figures_fill_in_what_is_missing_and_older_ones_do_not(reporting: Reporting) -> None:
    report_draft.begin(reporting.coordinator, 2025, MUNICIPALITY, REPORT_DAY)
    take_in(released(2, figures={"visits": figure(50)}), REPORT_DAY)
    take_in(released(1), REPORT_DAY + timedelta(days=1))
    assert fill_missing(reporting.coordinator, 2025, MUNICIPALITY, REPORT_DAY) == 1
    assert require_draft(2025, MUNICIPALITY).answers["visits_done"] == "50"


def test_nothing_is_filled_in_under_signature(reporting: Reporting, browser_of: BrowserOf, figures_page: str) -> None:
    reporting.fill()
    DraftPage.objects.filter(page=page_of("visits_done")).update(changed=REPORT_DAY)
    report.lock(reporting.coordinator, 2025, MUNICIPALITY, REPORT_DAY)
    before = ReportDraft.objects.get().prefilled
    take_in(released(), REPORT_DAY)
    with pytest.raises(Fault, match="låst"):
        fill_missing(reporting.coordinator, 2025, MUNICIPALITY, REPORT_DAY)
    assert ReportDraft.objects.get().prefilled == before
    assert "Fyll i det som saknas" not in browser_of(reporting.coordinator).get(figures_page).content.decode()


def test_an_option_that_was_not_chosen_is_not_filled_in(reporting_region: Reporting) -> None:
    report_draft.begin(reporting_region.coordinator, 2025, REGION, REPORT_DAY)
    page = page_of("municipality_collaboration")
    reporting_region.save(page, Written(answers={"municipality_collaboration": "no"}))
    take_in(of_region(municipalities=figure(4)), REPORT_DAY)
    with pytest.raises(Fault, match="inget i regionens siffror"):
        fill_missing(reporting_region.coordinator, 2025, REGION, REPORT_DAY)
    reporting_region.save(page, Written(answers={"municipality_collaboration": "yes"}))
    assert fill_missing(reporting_region.coordinator, 2025, REGION, REPORT_DAY) == 1


def test_a_choice_that_asks_for_a_number_is_seen_with_the_number(
    reporting_region: Reporting, browser_of: BrowserOf
) -> None:
    take_in(of_region(social_services=figure("yes", 40), municipalities=figure(4, 40)), REPORT_DAY)
    page = browser_of(reporting_region.coordinator).get(reverse("region_figures", args=(REGION, 2025)))
    told = page.content.decode().replace("\u00a0", " ")
    assert "Ja, med så här många (svara i heltal): 4 kommuner" in told
    assert "okänt" not in told


def test_a_choice_with_a_number_is_held_against_the_report_with_both_numbers(reporting_region: Reporting) -> None:
    yes = {"municipality_collaboration": "yes", "municipality_collaboration.yes": 1}
    row = reporting_region.send(**yes)
    take_in(of_region(social_services=figure("yes", 40), municipalities=figure(4, 40)), REPORT_DAY)
    [told] = differences(row, outcome_of(row))[1]
    assert (told.reported, told.register) == ("1\u00a0kommuner", "4\u00a0kommuner")
    take_in(of_region(2, social_services=figure("no", 40)), REPORT_DAY)
    [told] = differences(row, outcome_of(row))[1]
    assert (told.reported, told.register) == ("Ja, med så här många (svara i heltal): 1\u00a0kommuner", "Nej")


def test_what_only_another_kind_of_recipient_is_asked_is_neither_seen_nor_filled_in(
    reporting_region: Reporting, reporting_for: Callable[[str], Reporting], browser_of: BrowserOf
) -> None:
    asked_of_municipalities, asked_of_regions = "Har ni samverkat med regionen", "Har ni samverkat med en eller flera"
    both = {"nurse": figure("yes"), "social_services": figure("yes"), "municipalities": figure(4)}
    for who, seen, unseen in (
        (reporting_region, asked_of_regions, asked_of_municipalities),
        (reporting_for(MUNICIPALITY), asked_of_municipalities, asked_of_regions),
    ):
        report_draft.begin(who.coordinator, 2025, who.recipient, REPORT_DAY)
        region = REGION if who is reporting_region else "region-04"
        take_in(released(region=region, recipient=who.recipient, figures=both), REPORT_DAY)
        address = reverse("region_figures", args=(who.recipient, 2025))
        page = browser_of(who.coordinator).get(address).content.decode()
        assert seen in page
        assert unseen not in page
        fill_missing(who.coordinator, 2025, who.recipient, REPORT_DAY)
        answers = require_draft(2025, who.recipient).answers
        assert ("region_collaboration" in answers) is (who.recipient == MUNICIPALITY)
        assert ("municipality_collaboration.yes" in answers) is (who.recipient == REGION)


def test_the_officer_sees_what_differs_from_figures_that_came_after_the_report(
    reporting: Reporting, someone: Callable[..., Visitor], browser_of: BrowserOf, at: Callable[..., None]
) -> None:
    at(REPORT_DAY)
    row = reporting.send(visits_done=40, families=21)
    later = REPORT_DAY + timedelta(days=20)
    take_in(released(released=later - timedelta(days=1)), later)
    _, told = differences(row, outcome_of(row))
    by_question = {each.asks: each for each in told}
    [visits] = [each for asks, each in by_question.items() if "hembesök" in asks and each.counted == 43][:1]
    assert visits.reported.replace("\u00a0", " ").startswith("40")
    assert visits.register.replace("\u00a0", " ").startswith("43")
    assert not any("familj" in each.register for each in told), "what is the same is no difference"
    page = browser_of(someone("officer")).get(reverse("reviewed_report", args=(2025, MUNICIPALITY))).content.decode()
    for words in ("regionens besöksregister säger", "räknat på 43 besök", "De kom in efter redovisningen"):
        assert words in page


def test_what_was_changed_with_a_reason_is_not_told_twice_until_the_register_changes(reporting: Reporting) -> None:
    take_in(released(figures={"visits": figure(43)}), REPORT_DAY)
    row = _explained(reporting)
    assert differences(row, outcome_of(row))[1] == []
    take_in(released(2, figures={"visits": figure(45)}), REPORT_DAY)
    assert [each.register.split("\u00a0")[0] for each in differences(row, outcome_of(row))[1]] == ["45"]


def test_choices_beyond_what_the_register_knows_are_no_difference(reporting: Reporting) -> None:
    row = reporting.send()
    ages = row.answers["ages"]
    take_in(released(figures={"ages": figure(ages[:1])}), REPORT_DAY)
    assert differences(row, outcome_of(row))[1] == []
    missing = next(f"age_{age}" for age in range(6) if f"age_{age}" not in ages)
    take_in(released(2, figures={"ages": figure([missing])}), REPORT_DAY)
    assert len(differences(row, outcome_of(row))[1]) == 1


@pytest.mark.shows("adm-01")
def test_the_agencys_house_has_no_table_that_a_visit_could_lie_in() -> None:
    names = {field.name for model in apps.get_app_config("portal").get_models() for field in model._meta.get_fields()}
    assert names.isdisjoint({"child", "family", "child_months", "professions", "kva_codes", "pseudonym"})
    columns = {field.name for field in ReleasedFigures._meta.get_fields()}
    assert columns == {
        "id", "year", "recipient", "region", "number", "figures", "released", "released_by", "taken_in", "brought_by",
    }  # fmt: skip


def test_of_a_file_only_sums_are_kept(reporting: Reporting) -> None:
    figures = {"visits": {**figure(43), "rows": [{"child": "3fa9", "date": "2025-09-01"}]}}
    bring(reporting.coordinator, 2025, MUNICIPALITY, as_file(released(figures=figures)), now=REPORT_DAY)
    assert ReleasedFigures.objects.get().figures == {"visits": figure(43)}


def _explained(reporting: Reporting) -> ReceivedReport:
    """A report that says other than the register, with the reason."""
    reporting.fill(visits_done=40)
    page = page_of("visits_done")
    kept = require_draft(2025, MUNICIPALITY).pages[page]
    why = {"visits_done": "Tre besök saknas i registret (påhittat)."}
    reporting.save(page, Written(kept.answers, why, kept.notes))
    reporting.certify()
    return report.submit(reporting.deputy, 2025, MUNICIPALITY, REPORT_DAY)
