"""One round, end to end, against the service as it is really served: in a browser, and without JavaScript."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from portal.story.story import FIRST_HALF, SECOND_HALF, tell
from portal.story.third_part import THIRD_PART
from portal.story.with_browser import BrowserCast
from portal.story.with_plain_http import PlainCast
from servers.served import Served, served

STORY = (*FIRST_HALF, *SECOND_HALF, *THIRD_PART)


@pytest.mark.shows("adm-06", "adm-08", "adm-10", "adm-12", "adm-21")
def test_a_round_is_lived_from_the_open_call_to_the_money_in_a_browser(tmp_path: Path, browser: Browser) -> None:
    with served(tmp_path) as running:
        with BrowserCast(browser, running.url, tmp_path) as cast:
            tell(cast, STORY)
        assert "Huvudboken går jämnt ut" in _verified(running)


@pytest.mark.shows("adm-06", "adm-08", "adm-10", "adm-12", "adm-21")
def test_the_same_round_is_lived_over_plain_http_without_javascript(tmp_path: Path) -> None:
    with served(tmp_path) as running:
        tell(PlainCast(running.url), STORY)
        assert "Huvudboken går jämnt ut" in _verified(running)


def _verified(running: Served) -> str:
    """Gives what the command says of the diary and the ledger, once it has found them whole."""
    program = Path(sys.executable).with_name("statsbidrag")
    command = [program, "verify", "--database", "--demonstration", "--data", running.data]
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=own)
    assert done.returncode == 0, done.stderr
    return done.stdout
