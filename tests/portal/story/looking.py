"""Looks at pages in Chromium: what axe says, how wide they are, and what the keyboard reaches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext, Page
from portal.story.actor import best
from portal.story.walking import Way
from servers.needs import MODULES, needed, node

WIDE, NARROW = 1280, 320
_MOST_TABS = 400
AXE = """() => axe.run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}).then(found => found.violations.map(each => `${each.id}: ${each.help}: ${each.nodes[0].html.slice(0, 200)}`))"""
# The rows of a long list are alike: its first twelve speak for all.
_SHORTEN = "document.querySelectorAll('tbody tr:nth-child(n + 13)').forEach(row => row.remove())"
_FACTS = """() => ({
    title: document.title,
    headings: [...document.querySelectorAll("h1")].map(each => each.textContent.trim()),
    language: document.documentElement.lang,
    needs: document.documentElement.scrollWidth,
})"""
# Marks what the keyboard should reach with how it looks without focus. One radio button stands for its group.
_MARK = """() => {
    const looks = ["outlineStyle", "outlineWidth", "boxShadow", "backgroundColor", "borderColor"];
    window.look = each => [each, each.nextElementSibling, each.parentElement].filter(Boolean).flatMap(
        one => [null, "::before", "::after"].map(part => looks.map(name => getComputedStyle(one, part)[name]))).join();
    window.called = each => `${each.tagName} ${each.id || each.name || each.textContent.trim().slice(0, 40)}`;
    const groups = new Set();
    window.reachable = [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']",
    )].filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.disabled).filter(each => {
        if (each.type !== "radio") return true;
        const chosen = document.querySelector(`input[name="${each.name}"]:checked`);
        return chosen ? each === chosen : !groups.has(each.name) && groups.add(each.name);
    });
    const before = new Map(reachable.map(each => [each, look(each)]));
    window.reached = new Set();
    window.unmarked = [];
    document.addEventListener("focusin", ({ target }) => {
        reached.add(target);
        if (before.get(target) === look(target)) unmarked.push(called(target));
    });
    return reachable.length;
}"""
_REACHED = "most => [reachable.slice(0, most).filter(each => !reached.has(each)).map(called), unmarked]"
_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_ASTRAY = """() => [...document.querySelectorAll(".error-list__link")].map(each => each.getAttribute("href"))
    .filter(to => { document.querySelector(to)?.focus(); return document.activeElement.id !== to.slice(1); })"""


def with_axe(page: BrowserContext | Page) -> None:
    """Gives every page that is opened from now on what finds its faults; the service lets no foreign script in."""
    page.add_init_script(path=MODULES / "axe-core" / "axe.min.js")


class AnEmptyForm(Protocol):
    """A form to send with nothing filled in."""

    @property
    def role(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def button(self) -> str: ...


@dataclass(frozen=True)
class Seen:
    """What was seen on a page at a width.

    needs   how wide the page needs to be, in pixels
    """

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
class Sent:
    """What was seen of a form that was sent with nothing filled in.

    skipped_to   where the first link of the page takes the focus
    unreached    what the tab key never came to
    unmarked     what looks the same with focus and without
    focus        the class of what had the focus afterwards
    astray       links of the summary that do not lead to a field
    """

    form: str
    skipped_to: str
    unreached: Sequence[str]
    unmarked: Sequence[str]
    title: str
    focus: str
    astray: Sequence[str]
    violations: Sequence[str]


class Looker:
    """Someone with a browser, who has come in as everyone."""

    def __init__(self, browser: Browser, url: str, sessions: Mapping[str, Mapping[str, str]]) -> None:
        needed(node(), "axe-core", "Run assets/bring.py --test.")
        self._browser, self._url, self._sessions = browser, url, sessions

    def look(self, ways: Sequence[Way]) -> list[Seen]:
        """Looks at pages, at both widths."""
        seen = []
        for role in dict.fromkeys(way.role for way in ways):
            with self._came_in(role) as context:
                page = context.new_page()
                for way in ways:
                    if way.role == role:
                        page.goto(way.address)
                        page.evaluate(_SHORTEN)
                        seen += [Seen(way, width, **facts) for width, facts in _at_both_widths(page)]
        return seen

    def send(self, forms: Sequence[AnEmptyForm]) -> list[Sent]:
        """Goes through forms by the keyboard, and sends them with nothing filled in."""
        sent = []
        for form in forms:
            with self._came_in(form.role) as context:
                sent.append(_send(context.new_page(), self._url, form))
        return sent

    def _came_in(self, role: str) -> BrowserContext:
        context = self._browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
        with_axe(context)
        cookies = self._sessions[role].items()
        context.add_cookies([{"name": name, "value": value, "url": self._url} for name, value in cookies])
        return context


def _at_both_widths(page: Page) -> Iterator[tuple[int, dict[str, Any]]]:
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        yield width, {**page.evaluate(_FACTS), "violations": page.evaluate(AXE)}


def _send(page: Page, url: str, form: AnEmptyForm) -> Sent:
    page.goto(url + form.path)
    unreached, unmarked = _by_keyboard(page)
    page.goto(url + form.path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    skipped_to = page.evaluate("document.activeElement.id")
    buttons = page.locator("main form button")
    with page.expect_event("load"):
        buttons.nth(best(form.button, buttons.all_text_contents())).click()
    page.evaluate(_TWO_FRAMES)  # in the first, the browser and the page's own script have moved the focus
    focus = page.evaluate("document.activeElement.className")
    violations = [fault for _, facts in _at_both_widths(page) for fault in facts["violations"]]
    return Sent(
        f"{form.path} ({form.role})",
        skipped_to,
        unreached,
        unmarked,
        page.title(),
        focus,
        page.evaluate(_ASTRAY),
        violations,
    )


def _by_keyboard(page: Page) -> tuple[list[str], list[str]]:
    """Goes through a page with the tab key; gives what was never reached, and what did not show it when it was."""
    tabs = min(page.evaluate(_MARK), _MOST_TABS)
    for _ in range(tabs + 5):
        page.keyboard.press("Tab")
    unreached, unmarked = page.evaluate(_REACHED, tabs)
    return unreached, unmarked
