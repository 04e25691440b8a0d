"""Files that come in: told by what is in them and never by their name, opened to see that they can be read, or refused.

A file is kept as it came. What could do something when it is opened (scripts, programs) never gets in.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from statsbidrag.portal.jinja import slug
from statsbidrag.terms.faults import Fault

MOST_BYTES = 10 * 1024 * 1024
_MOST_PIXELS = 40_000_000
_MOST_OBJECTS = 20_000
_LONGEST_STEM = 80
_WHERE = "filen"
_PDF, _PNG, _JPEG = "application/pdf", "image/png", "image/jpeg"
_ENDINGS = {_PDF: "pdf", _PNG: "png", _JPEG: "jpg"}
_FORMATS = {_PNG: "PNG", _JPEG: "JPEG"}
# What makes a PDF do something, or carry something else than its pages.
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"})
_ACTIVE_DEEDS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/GoToE"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has been checked.

    name   a plain file name with the ending that its content has
    mime   what it is, by its content
    """

    name: str
    mime: str
    content: bytes


def read_upload(name: str, content: bytes) -> Upload:
    """Gives the file once it has been opened and found to be a PDF, PNG or JPG; raises Fault with the reason."""
    if not content:
        raise Fault(_WHERE, "Filen är tom.", "Välj en annan fil.")
    if len(content) > MOST_BYTES:
        raise too_large()
    mime = _kind(content)
    if mime == _PDF:
        _refuse_unreadable_pdf(content)
    else:
        _refuse_unreadable_picture(content, _FORMATS[mime])
    stem = slug(PurePath(name.replace("\\", "/")).stem)[:_LONGEST_STEM] or "handling"
    return Upload(f"{stem}.{_ENDINGS[mime]}", mime, content)


def too_large() -> Fault:
    """Says that a file is too large; asked before the file is even read."""
    return Fault(
        _WHERE, "Filen är större än 10 MB.", "Skanna med lägre upplösning, eller skicka bara de sidor som behövs."
    )


def _kind(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return _PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if content.startswith(b"\xff\xd8\xff"):
        return _JPEG
    raise Fault(
        _WHERE,
        "Filens innehåll är inte PDF, PNG eller JPG, vad den än heter.",
        "Spara den som PDF och välj den nya filen.",
    )


def _refuse_unreadable_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(BytesIO(content))
        encrypted = reader.is_encrypted
        pages, active = (0, False) if encrypted else (len(reader.pages), _does_something(reader))
    except Exception as broken:  # a file may be broken in any way, and the reader then fails in any way
        raise _unreadable() from broken
    if encrypted:
        raise Fault(_WHERE, "Filen är låst med lösenord.", "Spara en kopia utan lösenord och välj den.")
    if not pages:
        raise _unreadable()
    if active:
        raise Fault(
            _WHERE,
            "Filen har skript, bilagor eller formulär som kan göra något när den öppnas.",
            "Skriv ut den till en ny PDF, eller skanna den, och välj den nya filen.",
        )


def _does_something(reader: PdfReader) -> bool:
    """Looks through every object of a PDF for scripts, programs and files within it."""
    numbers = [(number, generation) for generation, known in reader.xref.items() for number in known]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > _MOST_OBJECTS:
        raise ValueError("more objects than a scanned page or two can have")
    found = (reader.get_object(IndirectObject(number, generation, reader)) for number, generation in numbers if number)
    return any(_is_active(each) for value in found for each in _within(value))


def _within(value: object, depth: int = 0) -> Iterator[DictionaryObject]:
    """Gives every dictionary in an object, but not those it merely points at: they are objects of their own."""
    if depth > 50:
        raise ValueError("deeper than any page is")
    if isinstance(value, DictionaryObject):
        yield value
        for key in value:
            yield from _within(value.raw_get(key), depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _within(each, depth + 1)


def _is_active(value: DictionaryObject) -> bool:
    return bool(_ACTIVE_KEYS & value.keys()) or value.get("/S") in _ACTIVE_DEEDS


def _refuse_unreadable_picture(content: bytes, kind: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(content), formats=(kind,)) as picture:
                large = picture.width * picture.height > _MOST_PIXELS
                if not large:
                    picture.verify()
            if not large:
                with Image.open(BytesIO(content), formats=(kind,)) as picture:
                    picture.load()
    except Exception as broken:  # a picture may be broken in any way, and the reader then fails in any way
        raise _unreadable() from broken
    if large:
        raise Fault(_WHERE, "Bilden har fler än 40 miljoner bildpunkter.", "Skanna med lägre upplösning.")


def _unreadable() -> Fault:
    return Fault(
        _WHERE, "Filen går inte att öppna. Den är skadad eller ofullständig.", "Spara om den och välj den igen."
    )
