"""Two regions' years, end to end in a browser and without JavaScript, against the service as it is really served.

They are lived side by side in one demonstration: what one region does shows nowhere in the other.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from portal.story.actor import Cast
from portal.story.story import tell, the_clock_moves
from portal.story.with_browser import BrowserCast
from region.story import orebro, reporting, stockholm
from servers.served import served

BETWEEN: Sequence[Callable[[Cast], None]] = (
    *stockholm.BEFORE_THE_PAYMENT,
    partial(the_clock_moves, to="Utbetald"),
    *stockholm.DURING_THE_YEAR,
    *orebro.DURING_THE_YEAR,
)
WHOLE_YEAR: Sequence[Callable[[Cast], None]] = (
    partial(the_clock_moves, to="Beslutad"),
    *BETWEEN,
    partial(the_clock_moves, to="Redovisning"),
    *stockholm.IN_FEBRUARY,
    *reporting.IN_FEBRUARY,
)


@pytest.mark.shows(
    "adm-13", "adm-14", "adm-15", "adm-16", "adm-27", "adm-28", "ore-25", "ore-28", "ore-31", "sth-08", "sth-36"
)
def test_two_regions_years_are_lived_in_a_browser(tmp_path: Path, browser: Browser) -> None:
    with served(tmp_path) as running, BrowserCast(browser, running.url, tmp_path) as cast:
        tell(cast, WHOLE_YEAR)
