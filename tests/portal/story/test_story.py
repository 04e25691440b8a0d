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
        for part in [story.the_officer_allocates_and_opens, lambda c: story.the_clock_moves(c, "Öppen"), story.the_round_opens, story.a_newcomer_applies_to_be_agent,
            story.the_officer_asks_for_a_completion, story.the_newcomer_becomes_agent, story.the_new_agent_requisitions_and_gets_a_diary_number, story.region_stockholm_requisitions_what_it_decided,
            story.eskilstuna_abstains, lambda c: story.the_clock_moves(c, "Stängd"), story.a_late_one_is_registered, story.the_officer_reallocates]:
            t = time.time()
            part(cast)
            print(part.__name__, time.time()-t)
        if how == "browser":
            cast.leave()
