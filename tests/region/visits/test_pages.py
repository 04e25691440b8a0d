"""The pages of visits: for the region and for a clinic, each its own and nobody else's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from region.visits.conftest import FIRST, written

from statsbidrag.portal.access import Visitor
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
