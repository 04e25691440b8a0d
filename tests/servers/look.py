"""Takes a picture of a page, and says what the picture does not show.

.venv/bin/python tests/servers/look.py URL-or-file.html OUT.png WIDTH [--as ROLE] [--without-javascript]
"""

import argparse
import re
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import ConsoleMessage, Page

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a script
from servers.browser import chromium


def look(page: Page, url: str, out: Path, role: str = "") -> list[str]:
    """Pictures the page whole, and gives its title, its headings and its faults as lines of text."""
    seen: list[str] = []
    page.on("console", lambda message: seen.extend(_worth_saying(message)))
    page.on("pageerror", lambda error: seen.append(f"script error: {error}"))
    if role:
        _enter_as(page, urljoin(url, "/"), role)
    response = page.goto(url, wait_until="load")
    page.screenshot(path=out, full_page=True)
    headings = page.locator("h1").all_inner_texts()
    needed, given = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    seen.insert(0, f"{response.status if response else '-'} {page.url}\ntitle: {page.title()}\nh1: {headings}")
    if needed > given:
        seen.append(f"TOO WIDE: the page needs {needed} px, the window has {given}")
    return seen


def _enter_as(page: Page, start: str, role: str) -> None:
    page.goto(start)
    button = page.locator(f'button[value="{role}"]').first
    if not button.count():
        known = page.locator("button[value]").evaluate_all("all => all.map(each => each.value)")
        raise SystemExit(f"No way in as {role!r} at {start}. There are: {', '.join(known) or 'none'}")
    with page.expect_navigation():
        button.click()


def _worth_saying(message: ConsoleMessage) -> list[str]:
    return [f"console {message.type}: {message.text}"] if message.type in {"error", "warning"} else []


def main() -> None:
    """Reads the arguments, takes the picture and prints what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("out", type=Path)
    parser.add_argument("width", type=int)
    parser.add_argument("--as", dest="role", default="", help="the role to go in as, from the start page")
    parser.add_argument("--without-javascript", action="store_true")
    told = parser.parse_args()
    url = told.url if re.match(r"\w+://", told.url) else Path(told.url).resolve().as_uri()
    if told.role and not urlsplit(url).netloc:
        parser.error("--as needs a served page")
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": told.width, "height": 900},
            java_script_enabled=not told.without_javascript,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
        )
        print(*look(context.new_page(), url, told.out, told.role), sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
