"""Which character encoding a file of text is written in: found out from its bytes, all of them, in fixed memory."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from statsbidrag.terms.faults import Fault

IN_WORDS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "iso-8859-1": "ISO-8859-1",
}
_AT_A_TIME = 1024 * 1024
_HEAD = 4096
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What Windows-1252 has letters for and ISO-8859-1 does not.
_ONLY_IN_WINDOWS = re.compile(rb"[\x80-\x9f]")
_LONGEST_LETTER = 4
_RESAVE = "Spara om filen som CSV UTF-8."


def encoding_of(path: Path) -> str:
    """Gives the encoding that a whole file can be read in, one of IN_WORDS; UTF-8 with or without a byte order mark.

    Raises Fault where there is none, and where the file is cut off inside a letter.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    wide = _MARKS.get(head[:2]) or _without_mark(head)
    if wide:
        if _first_unreadable(path, wide) is not None:
            raise Fault(str(path), "Filen är avklippt eller skadad: all text i den går inte att läsa.", _RESAVE)
        return wide
    stop = _first_unreadable(path, "utf-8")
    return "utf-8-sig" if stop is None else _of_one_byte(path, stop)


def _without_mark(head: bytes) -> str:
    """UTF-16 that does not say so has a zero in every other byte."""
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > len(head) // 4 else ""


def _of_one_byte(path: Path, stop: int) -> str:
    """Tells an older encoding from UTF-8 that is broken: in an older one no letter before could be read as UTF-8."""
    if path.stat().st_size - stop < _LONGEST_LETTER and _first_unreadable(path, "utf-8", final=False) is None:
        raise Fault(str(path), "Filen är avklippt: den slutar mitt i ett tecken.", "Hämta den igen.")
    if row := _row_of_mixture(path, stop):
        raise Fault(f"{path}, rad {row}", "Filen blandar teckenkodningar eller är skadad.", _RESAVE)
    if not any(_ONLY_IN_WINDOWS.search(chunk) for chunk in _chunks(path)):
        return "iso-8859-1"
    if _first_unreadable(path, "cp1252") is not None:
        raise Fault(str(path), "Filens teckenkodning går inte att känna igen.", _RESAVE)
    return "cp1252"


def _row_of_mixture(path: Path, stop: int) -> int:
    """The row where UTF-8 turns into something else; 0 where there is none of it before."""
    read, rows, is_mixed = 0, 1, False
    for chunk in _chunks(path):
        before = chunk[: max(stop - read, 0)]
        read += len(chunk)
        rows += before.count(b"\n")
        is_mixed |= not before.isascii()
    return rows if is_mixed else 0


def _first_unreadable(path: Path, encoding: str, *, final: bool = True) -> int | None:
    """The place of the first byte that cannot be read; None where all can."""
    decoder, place = codecs.getincrementaldecoder(encoding)(), 0
    try:
        for chunk in _chunks(path):
            kept = len(decoder.getstate()[0])
            decoder.decode(chunk)
            place += len(chunk)
            kept = 0
        kept = len(decoder.getstate()[0])
        decoder.decode(b"", final=final)
    except UnicodeDecodeError as error:
        return place - kept + error.start
    return None


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_AT_A_TIME):
            yield chunk
