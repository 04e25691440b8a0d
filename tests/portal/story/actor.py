"""What someone at a screen can do, whoever the screen belongs to: a browser with JavaScript, or plain HTTP without."""

from collections.abc import Sequence
from typing import Protocol


class Actor(Protocol):
    """Someone who reads pages, follows links and fills in forms, by the words that stand on the page."""

    def follow(self, link: str) -> None:
        """Goes where a link leads."""

    def go_back(self) -> None:
        """Goes back to the page before, by the browser's own button."""

    def press(self, button: str) -> None:
        """Presses a button, and arrives at the page that answers."""

    def fill(self, label: str, text: str) -> None:
        """Writes in a field."""

    def choose(self, question: str, answer: str) -> None:
        """Marks one of the answers to a question."""

    def pick(self, label: str, answer: str) -> None:
        """Picks one in a list that folds out."""

    def tick(self, label: str) -> None:
        """Ticks a box."""

    def on_a_phone(self) -> None:
        """Goes on with a window as narrow as a small phone's."""

    def attach(self, label: str, name: str, content: bytes) -> None:
        """Adds a file."""

    def read(self) -> str:
        """Gives the words of the page, with single spaces."""

    def wait_for(self, words: str) -> None:
        """Waits for something that is being done in the background to show on the page."""

    def fetch(self, link: str) -> bytes:
        """Downloads what a link leads to."""

    def see(self, *words: str) -> None:
        """Finds each of the words on the page, or fails and says what the page says instead."""
        page = self.read()
        for each in words:
            assert each in page, f"“{each}” does not stand on the page, which says:\n{page[:6000]}"


class Cast(Protocol):
    """Everyone in the story; each has a browser of their own, and comes in by the start page's button every time."""

    def __call__(self, role: str) -> Actor:
        """Lets whoever has a role come in, and stand at their first page."""


def plain(text: str) -> str:
    """Gives a text with single spaces, as it is read."""
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").split())


def best(wanted: str, texts: Sequence[str]) -> int:
    """Tells which text is meant: the one that is just so, else begins so, else has the words in it."""
    known = [plain(text) for text in texts]
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [number for number, text in enumerate(known) if fits(text, wanted)]
        if found:
            return found[0]
    raise AssertionError(f"Nothing here is called “{wanted}”. There are: {' | '.join(filter(None, known))}")
