"""One round, end to end in a browser, against the service as it is really served.

The same round is told over plain HTTP, without JavaScript, where every page is looked at; see ``test_accessibility``.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from portal.story.story import FIRST_HALF, SECOND_HALF, tell
from portal.story.third_part import THIRD_PART
from portal.story.with_browser import BrowserCast
from servers.served import served


@pytest.mark.shows("adm-06", "adm-08", "adm-10", "adm-12", "adm-21")
def test_a_round_is_lived_from_the_open_call_to_the_account_in_a_browser(tmp_path: Path, browser: Browser) -> None:
    with served(tmp_path) as running:
        with BrowserCast(browser, running.url, tmp_path) as cast:
            tell(cast, (*FIRST_HALF, *SECOND_HALF, *THIRD_PART))
        assert "Huvudboken går jämnt ut" in running.verified()
