"""The story's people over plain HTTP, without JavaScript: they only follow links and send forms that the page holds."""

import threading
import time
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import requests
from lxml import html
from portal.story.actor import Actor, best, plain

_SECONDS = 30
_SECONDS_IN_THE_BACKGROUND = 60
_PAUSE = 0.3
_UNSEEN = frozenset({"script", "style", "template"})
_IN_LINE = frozenset({"a", "b", "code", "em", "i", "q", "small", "span", "strong", "time"})


class WithPlainHttp(Actor):
    """Someone with a session, a page in front of them, those before it, and the files chosen on it."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._been: list[str] = []

    def visit(self, url: str) -> None:
        """Goes to a page whose address one knows."""
        self._arrive(self._session.get(url, timeout=_SECONDS))

    def follow(self, link: str) -> None:
        self._arrive(self._session.get(self._address(link), timeout=_SECONDS))

    def go_back(self) -> None:
        self._been.pop()
        self.visit(self._been.pop())

    def press(self, button: str) -> None:
        pressed = self._one("//main//form//button | //header//button", button)
        form = next(pressed.iterancestors("form"))
        values = form.form_values()
        if pressed.get("name"):
            values.append((pressed.get("name"), pressed.get("value", "")))
        address = urljoin(self._url, form.get("action") or self._url)
        if form.get("method", "get") == "get":
            self._arrive(self._session.get(address.split("?")[0], params=values, timeout=_SECONDS))
            return
        files = [(name, self._files.get(name, ("", b""))) for name in form.xpath('.//input[@type="file"]/@name')]
        self._arrive(self._session.post(address, data=values, files=files or None, timeout=_SECONDS))

    def fill(self, label: str, text: str) -> None:
        self._labelled(label).value = text

    def choose(self, question: str, answer: str) -> None:
        asked = next(self._one("//fieldset//legend", question).iterancestors("fieldset"))
        chosen = self._field(self._one(".//label", answer, asked))
        for other in asked.xpath('.//input[@type="radio"]'):
            other.checked = other is chosen

    def pick(self, label: str, answer: str) -> None:
        field = self._labelled(label)
        options = field.findall(".//option")
        field.value = options[best(answer, [option.text_content() for option in options])].get("value")

    def tick(self, label: str) -> None:
        self._labelled(label).checked = True

    def attach(self, label: str, name: str, content: bytes) -> None:
        self._files[self._labelled(label).get("name")] = (name, content)

    def read(self) -> str:
        return plain("".join(_words(self._page.body)))

    def wait_for(self, words: str) -> None:
        latest = time.monotonic() + _SECONDS_IN_THE_BACKGROUND
        while words not in self.read() and time.monotonic() < latest:
            threading.Event().wait(_PAUSE)
            self._arrive(self._session.get(self._url, timeout=_SECONDS))
        self.see(words)

    def fetch(self, link: str) -> bytes:
        address = self._address(link)
        answer = self._session.get(address, timeout=_SECONDS)
        assert answer.ok, f"{address}: {answer.status_code}"
        return answer.content

    def _arrive(self, answer: requests.Response) -> None:
        self._url = answer.url
        self._been.append(answer.url)
        self._page = html.fromstring(answer.content, parser=html.HTMLParser(encoding="utf-8"))
        self._files: dict[str, tuple[str, bytes]] = {}
        assert answer.ok, f"{answer.url} answers {answer.status_code}:\n{self.read()}"

    def _address(self, link: str) -> str:
        return urldefrag(urljoin(self._url, self._one("//a[@href]", link).get("href"))).url

    def _labelled(self, text: str) -> html.InputElement:
        return self._field(self._one("//main//label", text))

    def _field(self, label: html.HtmlElement) -> html.InputElement:
        return self._page.get_element_by_id(label.get("for"))

    def _one(self, kind: str, text: str, within: html.HtmlElement | None = None) -> html.HtmlElement:
        found = (self._page if within is None else within).xpath(kind)
        return found[best(text, [each.text_content() for each in found])]


class PlainCast:
    """Everyone, each with a session of an own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._known: dict[str, WithPlainHttp] = {}

    def __call__(self, role: str) -> WithPlainHttp:
        one = self._known.setdefault(role, WithPlainHttp())
        one.visit(self._url)
        one.press(role)
        return one


def _words(element: html.HtmlElement) -> Iterator[str]:
    """Gives the text of an element, with a space where something stands on a line of its own."""
    if element.tag in _UNSEEN or not isinstance(element.tag, str):
        return
    apart = "" if element.tag in _IN_LINE else " "
    yield apart + (element.text or "")
    for child in element:
        yield from _words(child)
        yield child.tail or ""
    yield apart
