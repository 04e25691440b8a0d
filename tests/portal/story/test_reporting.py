"""The report as several fill it in, in a browser and without JavaScript, against the service as it is served."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, expect
from portal.story.looking import AXE, NARROW, WIDE, with_axe
from portal.story.reporting import OF_A_MUNICIPALITY, OF_A_REGION
from portal.story.story import tell
from portal.story.third_part import certifies, reports_nothing_used
from portal.story.with_browser import AtBrowser, BrowserCast
from portal.story.with_plain_http import PlainCast
from servers.installation import Installation
from servers.served import Served, begin, served

ALONE = "Ensam i en liten kommun"


@pytest.fixture(scope="module")
def when_the_form_is_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration on a day when the form of the report is out, and all that could wait is done."""
    data = tmp_path_factory.mktemp("form-is-out")
    begin(data)
    installation = Installation(data, {})
    installation.do("move", "report time")
    with installation.at_work():
        installation.wait_until(lambda told: not told["unfinished jobs"] and not told["unsent"])
    return data


@pytest.fixture(scope="module")
def form_out(when_the_form_is_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that the tests of this module share; each has recipients of its own."""
    data = tmp_path_factory.mktemp("reporting")
    shutil.copytree(when_the_form_is_out, data, dirs_exist_ok=True)
    with served(data) as running:
        yield running


@pytest.mark.shows("rap-18", "rap-19", "rap-20", "rap-25", "rap-28", "rap-29", "adm-20")
def test_a_municipality_and_a_region_report_in_a_browser(form_out: Served, browser: Browser, tmp_path: Path) -> None:
    with BrowserCast(browser, form_out.url, tmp_path) as cast:
        tell(cast, (*OF_A_MUNICIPALITY, *OF_A_REGION))


def test_what_is_written_while_the_network_is_cut_is_kept_and_saved_when_it_is_back(
    form_out: Served, browser: Browser, tmp_path: Path
) -> None:
    with BrowserCast(browser, form_out.url, tmp_path) as cast:
        writer = _at_page(cast(ALONE), "Synpunkter och behov av stöd")
        field, said = writer.page.locator("#id_support_wanted"), writer.page.locator("[data-saved]")
        field.fill("Skrivet före avbrottet (påhittat).")
        expect(said).to_contain_text("Sparat")
        writer.page.context.set_offline(True)
        field.fill("Skrivet under avbrottet (påhittat).")
        expect(said).to_contain_text("Kunde inte spara just nu. Det du har skrivit står kvar")
        expect(field).to_have_value("Skrivet under avbrottet (påhittat).")
        writer.page.context.set_offline(False)
        expect(said).to_contain_text("Sparat")  # by itself, without another key pressed
        writer.complaints.clear()  # what the browser says of the network that we cut
        writer.page.reload()
        expect(field).to_have_value("Skrivet under avbrottet (påhittat).")


def test_axe_finds_no_fault_with_any_state_of_the_form(form_out: Served, browser: Browser, tmp_path: Path) -> None:
    with BrowserCast(browser, form_out.url, tmp_path) as cast:
        alone = cast(ALONE)
        with_axe(alone.page)
        writer = _at_page(alone, "Om hembesöksmodellen")
        found = [f"the matrix: {fault}" for fault in _looked_at(writer)]
        for asked in ("… genomförs regelbundet", "… genomförs av minst två", "… genomförs med ett situations"):
            writer.choose(asked, "Nej")
        expect(writer.page.locator("#id_why_not_adapted")).to_be_visible()
        expect(writer.page.locator("[data-says]")).to_have_text("En fråga till visas.")
        found += [f"conditional questions: {fault}" for fault in _looked_at(writer)]
        writer.page.locator("#id_why_not_adapted").fill("å" * 501)
        expect(writer.page.locator("#id_why_not_adapted-counter")).to_have_text("1 tecken för mycket")
        found += [f"too much text: {fault}" for fault in _looked_at(writer)]
        writer.press("Nästa")
        writer.see("Kontrollera uppgifterna", "Texten är 501 tecken.")
        found += [f"faults: {fault}" for fault in _looked_at(writer)]

        writer = _at_page(writer, "Om samverkan")
        writer.tick("Tandvården")
        writer.tick("Vi har inte samverkat med någon annan aktör")
        expect(writer.page.get_by_label("Tandvården")).not_to_be_checked()
        found += [f"an option that stands alone: {fault}" for fault in _looked_at(writer)]
        writer.follow("Alla delar")
        writer.follow("Kontrollera svaren")
        writer.see("Svaret saknas.")
        found += [f"answers to check: {fault}" for fault in _looked_at(writer)]
        writer.press("Lås och gå till godkännandet")
        found += [f"what stands in the way: {fault}" for fault in _looked_at(writer)]
    assert not found


@pytest.mark.shows("rap-18", "rap-19", "rap-20", "rap-25", "rap-28", "rap-29", "adm-20")
def test_they_report_without_javascript_and_a_service_killed_at_that_moment_sends_each_receipt_once(
    when_the_form_is_out: Path, tmp_path: Path
) -> None:
    shutil.copytree(when_the_form_is_out, tmp_path, dirs_exist_ok=True)
    with served(tmp_path) as running:
        cast = PlainCast(running.url)
        tell(cast, (*OF_A_MUNICIPALITY, *OF_A_REGION))
        alone = cast(ALONE)
        reports_nothing_used(alone)
        certifies(alone)
        alone.press("Skicka")
        alone.see("Återrapporteringen har kommit in")
        running.kill()
    with served(tmp_path) as again:
        alone = PlainCast(again.url)(ALONE)
        alone.follow("Ärendet 2025")
        alone.follow("Återrapporteringen 2025")
        alone.follow("Svar 1")
        alone.wait_for("Svarskvittot skickas till")
        assert alone.fetch("Svarskvittot (PDF)").startswith(b"%PDF")
        alone.follow("Läs e-posten")
        assert alone.read().count("Vi har tagit emot er återrapportering") == 1


def _at_page(writer: AtBrowser, heading: str) -> AtBrowser:
    """Opens a page of the report, which is begun where it is not."""
    writer.page.goto(urljoin(writer.page.url, "/organisation/municipality-2418/2025/aterrapportering/"))
    if "Formulärets delar" not in writer.read():
        writer.press("Börja")
    writer.follow(heading)
    return writer


def _looked_at(writer: AtBrowser) -> list[str]:
    """What axe says at both widths."""
    found = []
    for width in (WIDE, NARROW):
        writer.page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {fault}" for fault in writer.page.evaluate(AXE)]
        needs = writer.page.evaluate("document.documentElement.scrollWidth")
        found += [f"{width} px: needs {needs} px"] if needs > width else []
    writer.page.set_viewport_size({"width": WIDE, "height": 900})
    return found
