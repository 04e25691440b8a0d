"""The pages of visits: for the region and for a clinic, each its own and nobody else's."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from region.visits.conftest import FIRST, written

from statsbidrag.portal.access import Visitor
from statsbidrag.region.actions.visit_checking import check_file
from statsbidrag.region.actions.visit_storing import keep_file
from statsbidrag.region.models import Clinic, VisitFile

Browser = Callable[[Visitor | None], Client]
Handed = Callable[..., VisitFile]


def test_the_regions_page_takes_a_file_and_leads_to_what_was_understood(
    planner: Visitor, orebro: str, browser_of: Browser, own_folder: object
) -> None:
    browser = browser_of(planner)
    sent = SimpleUploadedFile("uttag.csv", written([FIRST], own_folder))  # type: ignore[arg-type]
    answer = browser.post(f"/region/{orebro}/2025/besok/", {"file": sent})
    file = VisitFile.objects.get()
    assert answer.headers["Location"] == f"/region/{orebro}/2025/besok/fil/{file.pk}/"
    assert "Läs in på nytt" in browser.get(answer.headers["Location"]).content.decode()


def test_every_page_of_visits_is_shown_with_something_on_it(
    planner: Visitor,
    someone: Callable[..., Visitor],
    clinic_of: Callable[[str], tuple[Clinic, str]],
    browser_of: Browser,
    kept: Handed,
    handed: Handed,
) -> None:
    clinic, key = clinic_of("Karla")
    kept([FIRST, replace(FIRST, child="barn-b", date=date(2025, 6, 1), professions=frozenset({"nurse"}))])
    file = handed([replace(FIRST, child="barn-c"), replace(FIRST, child="barn-d", date=date(2026, 1, 1))])
    asked = handed(b"vad,ska,detta,vara\n1,2,3,4\n")
    nurse = browser_of(someone("clinic", key))
    for path in ("", f"fil/{file.pk}/", f"fil/{asked.pk}/", f"fil/{file.pk}/fel.csv", "gallring/", "nya-pseudonymer/"):
        assert browser_of(planner).get(f"/region/region-18/2025/besok/{path}").status_code == 200, path
    visit = clinic.visits.order_by("id")[0]
    for path in (
        "",
        "nytt/",
        f"nytt/?efter={visit.pk}",
        f"nytt/?sparat={visit.pk}",
        f"{visit.pk}/",
        "kommande/",
        "erbjudanden/",
    ):
        answer = nurse.get(f"/enhet/{key}/2025/besok/{path}")
        assert answer.status_code == 200, path


def test_only_the_pages_that_take_files_of_visits_take_large_ones_and_only_from_those_who_have_signed_in(
    planner: Visitor, orebro: str, browser_of: Browser
) -> None:
    def status(browser: Client, path: str, megabytes: int) -> int:
        return browser.get(path, CONTENT_LENGTH=str(megabytes * 1024 * 1024)).status_code

    visits, other = f"/region/{orebro}/2025/besok/", f"/region/{orebro}/2025/"
    browser = browser_of(planner)
    assert [status(browser, visits, size) for size in (20, 100, 102)] == [200, 200, 400]
    assert [status(browser, other, size) for size in (20, 30)] == [200, 400]
    assert [status(browser_of(None), visits, size) for size in (20, 30)] == [302, 400]


def test_the_pages_of_the_region_ask_few_questions_however_many_visits_there_are(
    planner: Visitor,
    orebro: str,
    clinic_of: Callable[[str], tuple[Clinic, str]],
    someone: Callable[..., Visitor],
    browser_of: Browser,
    kept: Handed,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[None]],
) -> None:
    kept([replace(FIRST, child=f"barn-{number}") for number in range(60)])
    _, key = clinic_of("Karla")
    nurse = browser_of(someone("clinic", key))
    for browser, path, most in [
        (browser_of(planner), f"/region/{orebro}/2025/besok/", 5),
        (nurse, f"/enhet/{key}/2025/besok/", 14),
        (nurse, f"/enhet/{key}/2025/besok/kommande/", 5),
    ]:
        with django_assert_max_num_queries(most, using="region"):
            assert browser.get(path).status_code == 200


def test_everything_is_done_on_the_pages_without_javascript(
    planner: Visitor, orebro: str, browser_of: Browser, handed: Handed
) -> None:
    file = handed(b"Var;Besoksdag;child;child_months;place;professions;kva_codes\nKarla VC;2025-10-02;a;2;extra;ssk;\n")
    browser, here = browser_of(planner), f"/region/{orebro}/2025/besok/fil/{file.pk}/"
    assert "Vilken kolumn är vilken?" in browser.get(here).content.decode()
    chosen = ["clinic", "date", "child", "child_months", "place", "professions", "kva_codes"]
    wrong = {f"column{at}": "clinic" for at in range(7)}
    assert "är redan den kolumnen" in browser.post(here, wrong).content.decode()
    browser.post(here, {f"column{at}": column for at, column in enumerate(chosen)})
    check_file.call(file.pk)
    assert "Karla VC" in browser.get(here).content.decode()
    browser.post(here, {"word0": "Karla vårdcentral"})
    check_file.call(file.pk)
    assert "Spara 1 besök" in browser.get(here).content.decode()
    browser.post(here, {"what": "keep"})
    keep_file.call(file.pk)
    assert "1 nya besök är sparade" in browser.get(here).content.decode()
    assert "redan behandlad" in browser.post(here, {"what": "throw"}).content.decode()


def test_a_kept_file_or_one_of_another_region_is_not_reached_by_its_number(
    handed: Handed, someone: Callable[..., Visitor], stockholm: str, browser_of: Browser
) -> None:
    file = handed([FIRST])
    browser = browser_of(someone("region_planner", stockholm))
    assert browser.get(f"/region/{stockholm}/2025/besok/fil/{file.pk}/").status_code == 404
    assert browser.get(f"/region/region-18/2025/besok/fil/{file.pk}/").status_code == 403
