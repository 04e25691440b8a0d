"""The press: sets letters as PDF/A-2a and PDF/UA-1 with Typst, quickly and always to the same bytes."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import typst

from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.exchange.letters.stream_ends import with_clear_stream_ends
from statsbidrag.exchange.letters.writing import REPLACEMENT, as_text
from statsbidrag.terms.faults import Fault

_BATCH = 64
_SHEET = '#import "{template}.typ": letter\n#letter(json(bytes("{values}")))'
_PROBE = '#set text(font: "Libertinus Serif")\n#set document(title: "-")\n#"{character}"'


class Press:
    """Sets letters from the templates in ``rules/letters``; one press serves any number of letters and threads.

    ``place`` says where a cited statement stands, such as ``library.place``. Fonts come with Typst, none from the
    system; dates come from the letter; so the same letter gives the same bytes everywhere.
    """

    def __init__(self, rules: Path, place: Callable[[str], str]) -> None:
        self.templates = (rules / "letters").resolve()
        self.place = place
        self._warm = threading.local()
        self._drawable: dict[str, bool] = {}

    def render(self, letter: Letter) -> bytes:
        """Gives the letter as a PDF file.

        Raises Fault where something that the letter must have is empty, or where its template is wrong.
        """
        template = self.templates / f"{letter.template}.typ"
        if not template.is_file():
            raise Fault(str(template), "Brevmallen finns inte.", "Kontrollera mappen med regler.")
        values = self._drawn(json.dumps(as_text(letter, self.place), ensure_ascii=False))
        try:
            pdf, warnings = self._compile(_SHEET.format(template=letter.template, values=_quoted(values)))
        except typst.TypstError as error:
            raise Fault(str(template), f"Brevet går inte att sätta: {error}.", "Rätta mallen.") from error
        if warnings:
            raise Fault(str(template), f"Typst varnar: {warnings[0]}.", "Rätta mallen, så att inget varnas för.")
        return with_clear_stream_ends(pdf)

    def render_all(self, letters: Iterable[Letter], workers: int = 2) -> Iterator[bytes]:
        """Gives many letters as PDF files, in order; Typst lets go of Python's lock, so threads share the work."""
        waiting = iter(letters)
        with ThreadPoolExecutor(workers) as pool:
            while batch := list(islice(waiting, _BATCH)):
                yield from pool.map(self.render, batch)

    def _compile(self, source: str) -> tuple[bytes, list[typst.TypstWarning]]:
        if not hasattr(self._warm, "compiler"):
            self._warm.compiler = typst.Compiler(root=self.templates, ignore_system_fonts=True)
        pdf, warnings = self._warm.compiler.compile_with_warnings(
            input=source.encode(), pdf_standards=["a-2a", "ua-1"], timestamp=0
        )
        return pdf, warnings

    def _drawn(self, text: str) -> str:
        """Puts a mark in place of every character that no font of ours can draw; the standards forbid blanks."""
        for character in sorted(set(text)):
            if not character.isascii() and not self._can_draw(character):
                text = text.replace(character, REPLACEMENT)
        return text

    def _can_draw(self, character: str) -> bool:
        if character not in self._drawable:
            try:
                self._compile(_PROBE.format(character=character))
                self._drawable[character] = True
            except typst.TypstError:
                self._drawable[character] = False
        return self._drawable[character]


def _quoted(text: str) -> str:
    """The inside of a Typst string, where only the backslash and the quote mean anything: no text gets out of it.

    As an input of the compiler's (``sys.inputs``) the values would make every letter a new world to Typst. As a string
    they leave all else the same, and what the letters say alike is laid out once: half the time.
    """
    return text.replace("\\", "\\\\").replace('"', '\\"')
