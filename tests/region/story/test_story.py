"""A round and two regions' years in it, end to end in a browser, against the service as it is really served.

The same is told over plain HTTP, without JavaScript, where every page is looked at; see ``test_accessibility``.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from portal.story.story import tell
from portal.story.with_browser import BrowserCast
from region.story.whole import WHOLE
from servers.served import served


@pytest.mark.shows("adm-06", "adm-08", "adm-10", "adm-12", "adm-13", "adm-14", "adm-15", "adm-16", "adm-21", "adm-27")
@pytest.mark.shows("adm-28", "ore-25", "ore-28", "ore-31", "sth-08", "sth-36")
def test_a_round_and_two_regions_years_are_lived_in_a_browser(tmp_path: Path, browser: Browser) -> None:
    with served(tmp_path) as running:
        with BrowserCast(browser, running.url, tmp_path) as cast:
            tell(cast, WHOLE)
        assert "Huvudboken går jämnt ut" in running.verified()
