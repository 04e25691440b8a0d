"""Every page there is, met as those meet it who see badly, use no mouse, or have a narrow screen."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from portal.story.story import FIRST_HALF, SECOND_HALF, tell
from portal.story.walking import Walker, Way
from portal.story.with_plain_http import PlainCast
from servers.needs import MODULES, needed, node
from servers.served import Served, served

from statsbidrag.portal.demonstration.people import CHARACTERS
from statsbidrag.portal.guards import GUARDS

WIDE, NARROW = 1280, 320
# Whom the pages are looked for with, the one with the most to see first.
ROLES = ("public", *(character.key for character in CHARACTERS))
NOT_PAGES = {
    "sign_in_start": "leads on to the identity provider",
    "sign_in_answer": "leads on from the identity provider",
    "step_in": "leads on from the start page",
}
_AXE = """() => axe.run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}).then(found => found.violations.map(each => `${each.id}: ${each.help}: ${each.nodes[0].html.slice(0, 200)}`))"""
# The rows of a long list are alike, so that its first forty speak for all.
_SHORTEN = "document.querySelectorAll('tbody tr:nth-child(n + 41)').forEach(row => row.remove())"
_FACTS = """() => ({
    title: document.title,
    headings: [...document.querySelectorAll("h1")].map(each => each.textContent.trim()),
    language: document.documentElement.lang,
    needs: document.documentElement.scrollWidth,
})"""


@dataclass(frozen=True)
class Seen:
    """What was seen on a page at a width."""

    way: Way
    width: int
    title: str
    headings: Sequence[str]
    language: str
    needs: int
    violations: Sequence[str]

    def __str__(self) -> str:
        return f"{self.way.name} ({self.way.role}, {self.way.address}) at {self.width} px"


@dataclass(frozen=True)
class LivedIn:
    """A demonstration that has been lived in, and a way to every page of it."""

    served: Served
    walkers: dict[str, Walker]
    ways: list[Way]


@pytest.fixture(scope="module")
def open_round(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivedIn]:
    """A round that is open, in which some have requisitioned."""
    with ExitStack() as stack:
        running = stack.enter_context(served(tmp_path_factory.mktemp("open")))
        tell(PlainCast(running.url), FIRST_HALF)
        yield _lived_in(running)


@pytest.fixture(scope="module")
def paid_round(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivedIn]:
    """A round in which everything up to the payment has happened."""
    with served(tmp_path_factory.mktemp("paid")) as running:
        cast = PlainCast(running.url)
        tell(cast, FIRST_HALF)
        tell(cast, SECOND_HALF)
        yield _lived_in(running)


@pytest.fixture(scope="module")
def seen(open_round: LivedIn, paid_round: LivedIn, browser: Browser) -> list[Seen]:
    """Every page at both widths; those of a recipient also while the round is open."""
    own = [way for way in open_round.ways if "/organisation/" in way.address or "/ombud/" in way.address]
    late = {way.name for way in paid_round.ways}
    early = [way for way in open_round.ways if way.name not in late or way in own]
    return [*_look(browser, open_round, early), *_look(browser, paid_round, paid_round.ways)]


def test_no_page_is_missed(seen: list[Seen], open_round: LivedIn, paid_round: LivedIn) -> None:
    found = {each.way.name for each in seen}
    files = {name for lived_in in (open_round, paid_round) for each in lived_in.walkers.values() for name in each.files}
    assert set(GUARDS) - found - files - set(NOT_PAGES) == set()


def test_axe_finds_no_fault_with_any_page(seen: list[Seen]) -> None:
    assert not [f"{each}: {fault}" for each in seen for fault in each.violations]


def test_no_page_scrolls_sideways_on_a_narrow_screen(seen: list[Seen]) -> None:
    assert not [f"{each} needs {each.needs} px" for each in seen if each.needs > each.width]


def test_every_page_is_in_swedish_and_has_one_heading_of_the_first_order(seen: list[Seen]) -> None:
    assert not [f"{each}: {each.headings}" for each in seen if len(each.headings) != 1 or not each.headings[0]]
    assert {each.language for each in seen} == {"sv"}


def test_no_two_pages_have_the_same_title(seen: list[Seen]) -> None:
    called = defaultdict(set)
    for each in seen:
        called[each.title].add(each.way.name)
    assert not {title: names for title, names in called.items() if len(names) > 1}


def _lived_in(running: Served) -> LivedIn:
    walkers = {role: Walker(running.url, role) for role in ROLES}
    ways: dict[str, Way] = {}
    for role, walker in walkers.items():
        own = walker.ways()
        first = next(iter(own.values()))
        ways |= {name: way for name, way in own.items() if name not in ways} | {f"first page of {role}": first}
    return LivedIn(running, walkers, list(dict.fromkeys(ways.values())))


def _look(browser: Browser, lived_in: LivedIn, ways: Sequence[Way]) -> Iterator[Seen]:
    for role in ROLES:
        with browser.new_context(locale="sv-SE") as context:
            page = _as(context, lived_in, role)
            for way in ways:
                if way.role == role:
                    import time; t=time.time()
                    page.goto(way.address)
                    t1=time.time()
                    page.evaluate(_SHORTEN)
                    for width in (WIDE, NARROW):
                        page.set_viewport_size({"width": width, "height": 900})
                        facts: dict[str, Any] = page.evaluate(_FACTS)
                        yield Seen(way, width, **facts, violations=page.evaluate(_AXE))
                    print(way.name, role, way.address, round(t1-t,2), round(time.time()-t1,2))


def _as(context: BrowserContext, lived_in: LivedIn, role: str) -> Page:
    needed(node(), "axe-core", "Run assets/bring.py --test.")
    context.add_init_script(path=MODULES / "axe-core" / "axe.min.js")
    cookies = lived_in.walkers[role].session.cookies.get_dict()
    context.add_cookies([{"name": name, "value": value, "url": lived_in.served.url} for name, value in cookies.items()])
    return context.new_page()
