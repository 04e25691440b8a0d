"""A real Chromium for the tests: found on the machine, or installed where that is ours to do."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

# Quiet: nothing is fetched, updated or reported behind the back of a test.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_on_this_machine() -> str:
    """Gives the path of Chromium, after installing Debian's where it is missing and we may; or an empty text."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), "")
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        unasked = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update", "-q"], ["install", "-qy", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *step], check=False, capture_output=True, env=unasked)
        found = next(filter(None, map(shutil.which, names)), "")
    return found


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Starts a headless Chromium and closes it at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; every test opens a context of its own in it."""
    path = chromium_on_this_machine()
    if not path:
        complaint = "Chromium is missing. On Debian or Ubuntu: apt-get install --no-install-recommends chromium"
        pytest.fail(complaint) if os.environ.get("CI") else pytest.skip(complaint)
    with chromium(path) as running:
        yield running
