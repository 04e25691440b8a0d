"""One round, end to end, against the service as it is really served: in a browser, and without JavaScript."""
from pathlib import Path
import pytest
from playwright.sync_api import Browser
from portal.story import story
from portal.story.with_browser import BrowserCast
from portal.story.with_plain_http import PlainCast
from servers.served import served


@pytest.mark.parametrize("how", ["browser", "http"])
def test_story(tmp_path: Path, browser: Browser, how: str) -> None:
    import time
    with served(tmp_path) as running:
        cast = BrowserCast(browser, running.url, tmp_path) if how == "browser" else PlainCast(running.url)
        for part in [*story.FIRST_HALF, *story.SECOND_HALF]:
            t = time.time()
            part(cast)
            print(part, time.time()-t)
        if how == "browser":
            cast.leave()
