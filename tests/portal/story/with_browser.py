"""The story's people at Chromium, with JavaScript."""

import re
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, ViewportSize
from portal.story.actor import Actor, best, plain

_MILLISECONDS = 30_000
_MILLISECONDS_IN_THE_BACKGROUND = 60_000
_PHONE: ViewportSize = {"width": 320, "height": 640}


class AtBrowser(Actor):
    """Someone at a browser; every complaint that the browser makes is kept."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(_MILLISECONDS)
        page.on("console", self._said)
        page.on("pageerror", lambda fault: self.complaints.append(f"{page.url}: {fault.message}"))

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            self._link(link).click()

    def go_back(self) -> None:
        self.page.go_back()

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            self._one("main button, header button", button).click()

    def fill(self, label: str, text: str) -> None:
        self._labelled(label).fill(text)

    def choose(self, question: str, answer: str) -> None:
        asked = self._one("fieldset legend", question).locator("xpath=ancestor::fieldset[1]")
        self._one("label", answer, asked).click()

    def pick(self, label: str, answer: str) -> None:
        field = self._labelled(label)
        field.select_option(index=best(answer, field.locator("option").all_text_contents()))

    def tick(self, label: str) -> None:
        self._one("main label", label).click()

    def on_a_phone(self) -> None:
        self.page.set_viewport_size(_PHONE)

    def attach(self, label: str, name: str, content: bytes) -> None:
        self._labelled(label).set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})

    def read(self) -> str:
        return plain(self.page.locator("body").inner_text())

    def wait_for(self, words: str) -> None:
        self.page.get_by_text(re.compile(re.escape(words))).first.wait_for(timeout=_MILLISECONDS_IN_THE_BACKGROUND)

    def fetch(self, link: str) -> bytes:
        address = self._link(link).evaluate("link => link.href")
        answer = self.page.context.request.get(address)
        assert answer.ok, f"{address}: {answer.status}"
        return answer.body()

    def _link(self, text: str) -> Locator:
        return self._one("a[href]", text)

    def _labelled(self, text: str) -> Locator:
        return self.page.locator(f"id={self._one('main label', text).get_attribute('for')}")

    def _one(self, kind: str, text: str, within: Locator | None = None) -> Locator:
        found = (within or self.page).locator(kind)
        return found.nth(best(text, found.all_text_contents()))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")


class BrowserCast:
    """Everyone, each with a browser context of their own, for as long as the story lasts."""

    def __init__(self, browser: Browser, url: str, pictures: Path) -> None:
        self._browser, self._url, self._pictures = browser, url, pictures
        self._known: dict[str, AtBrowser] = {}

    def __call__(self, role: str) -> AtBrowser:
        if role not in self._known:
            context = self._browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
            self._known[role] = AtBrowser(context.new_page())
        self._known[role].page.goto(self._url)
        self._known[role].press(role)
        return self._known[role]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        """Closes every browser; after a fault with a picture of what each saw last."""
        for role, one in self._known.items():
            if fault:
                one.page.screenshot(path=self._pictures / f"{role}.png", full_page=True)
            one.page.context.close()
        complaints = [complaint for one in self._known.values() for complaint in one.complaints]
        assert fault or not complaints, "\n".join(complaints)
