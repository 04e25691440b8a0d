"""The report as several fill it in, in a browser and without JavaScript, against the service as it is served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from portal.story.reporting import OF_A_MUNICIPALITY, OF_A_REGION
from portal.story.story import tell, the_clock_moves
from portal.story.with_browser import BrowserCast
from portal.story.with_plain_http import PlainCast
from servers.served import Served, served


@pytest.fixture
def when_the_form_is_out(tmp_path: Path) -> Iterator[Served]:
    """A service of its own, on a day when the form of the report is out."""
    with served(tmp_path) as running:
        the_clock_moves(PlainCast(running.url), "Redovisning")
        yield running


@pytest.mark.shows("rap-18", "rap-19", "rap-20", "rap-25", "rap-28", "rap-29", "adm-20")
def test_a_municipality_and_a_region_report_in_a_browser(
    when_the_form_is_out: Served, browser: Browser, tmp_path: Path
) -> None:
    with BrowserCast(browser, when_the_form_is_out.url, tmp_path) as cast:
        tell(cast, (*OF_A_MUNICIPALITY, *OF_A_REGION))


@pytest.mark.shows("rap-18", "rap-19", "rap-20", "rap-25", "rap-28", "rap-29", "adm-20")
def test_a_municipality_and_a_region_report_without_javascript(when_the_form_is_out: Served) -> None:
    tell(PlainCast(when_the_form_is_out.url), (*OF_A_MUNICIPALITY, *OF_A_REGION))
