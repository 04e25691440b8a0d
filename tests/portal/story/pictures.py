"""Takes the pictures of the main pages for the README, from a demonstration that the story has been told in.

.venv/bin/python tests/portal/story/pictures.py FOLDER
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script
from portal.story.story import FIRST_HALF, SECOND_HALF, tell, the_clock_moves, the_newcomer_becomes_agent
from portal.story.with_plain_http import PlainCast
from region.story import whole
from servers.browser import chromium
from servers.served import served

_WIDE, _NARROW = (1280, 960), (320, 800)
_COLOURS = 96


class Picture(NamedTuple):
    """What is pictured: the file's name, who looks at which page, and from where on."""

    name: str
    role: str
    path: str
    size: tuple[int, int] = _WIDE
    top: str = ""


_ROUND, _OWN = "myndighet/omgangar/2025", "organisation/municipality-0486"
WHEN_IT_HAS_OPENED = (
    Picture("01-start", "public", ""),
    Picture("02-call", "public", "omgangar/2025/"),
    Picture("03-allocation-list", "public", "omgangar/2025/fordelningslista/"),
    Picture("04-why", "public", "omgangar/2025/fordelningslista/region-01/"),
    Picture("05-recipient-desk", "newcomer", f"{_OWN}/"),
    Picture("06-requisition", "newcomer", f"{_OWN}/2025/rekvisition/"),
    Picture("01-start-narrow", "public", "", _NARROW),
    Picture("05-recipient-desk-narrow", "newcomer", f"{_OWN}/", _NARROW),
    Picture("06-requisition-narrow", "newcomer", f"{_OWN}/2025/rekvisition/", _NARROW, "main form h2"),
)
ON_THE_LAST_DAY = (Picture("07-requisitions", "officer", f"{_ROUND}/rekvisitioner/"),)
AFTER_THE_PAYMENT = (
    Picture("08-round-desk", "officer", f"{_ROUND}/"),
    Picture("09-payments", "finance", f"{_ROUND}/utbetalningar/"),
    Picture("10-recipient-case", "newcomer", f"{_OWN}/2025/"),
)

_STOCKHOLM, _OREBRO = "region/region-01/2025", "region/region-18/2025"
DURING_THE_YEAR = (
    Picture("11-region-desk", "region_planner", f"{_STOCKHOLM}/"),
    Picture("12-region-plan", "region_planner", f"{_STOCKHOLM}/plan/"),
    Picture("13-settlement", "planner_orebro", f"{_OREBRO}/avrakningar/1/"),
    Picture("14-statement", "newcomer", "enhet/region-18-clinic-9/2025/avrakningar/"),
    Picture("15-visit-narrow", "clinic", "enhet/region-18-clinic-10/2025/besok/nytt/", _NARROW, "main form"),
)


def take(browser: Browser, url: str, pictures: tuple[Picture, ...], folder: Path) -> None:
    """Takes pictures of a served demonstration as it stands."""
    for picture in pictures:
        width, height = picture.size
        with browser.new_context(
            viewport={"width": width, "height": height}, locale="sv-SE", timezone_id="Europe/Stockholm"
        ) as context:
            page = context.new_page()
            page.goto(url)
            with page.expect_navigation():
                page.locator(f'button[value="{picture.role}"]').click()
            page.goto(url + picture.path)
            (folder / f"{picture.name}.png").write_bytes(_small(_seen(page, picture)))


def _seen(page: Page, picture: Picture) -> bytes:
    if picture.top:
        page.locator(picture.top).first.evaluate("each => each.scrollIntoView()")
    return page.screenshot()


def _small(png: bytes) -> bytes:
    """Gives the same picture with fewer colours, which nobody sees and everyone downloads sooner."""
    small = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    """Serves a demonstration, tells the story in it, and takes the pictures on the way."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, served(Path(data)) as running, chromium() as browser:
        cast = PlainCast(running.url)
        begun = FIRST_HALF.index(the_newcomer_becomes_agent) + 1
        tell(cast, FIRST_HALF[:begun])
        take(browser, running.url, WHEN_IT_HAS_OPENED, folder)
        tell(cast, FIRST_HALF[begun:])
        the_clock_moves(cast, "Sista dagen")
        take(browser, running.url, ON_THE_LAST_DAY, folder)
        tell(cast, SECOND_HALF)
        take(browser, running.url, AFTER_THE_PAYMENT, folder)
        tell(cast, whole.DURING_THE_YEAR)
        take(browser, running.url, DURING_THE_YEAR, folder)


if __name__ == "__main__":
    main()
