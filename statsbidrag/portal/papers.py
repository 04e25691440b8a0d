"""Papers on their way into the diary: what each says of itself; made-up data says that it is so (adm-13)."""

from dataclasses import dataclass
from typing import Literal

from django.conf import settings

from statsbidrag.portal import rules
from statsbidrag.terms.made_up import MADE_UP

Direction = Literal["in", "out", "own"]
DIRECTIONS: dict[Direction, str] = {"in": "Inkommen", "out": "Utgående", "own": "Upprättad"}
PLAIN_TEXT = "text/plain; charset=utf-8"
# What the paper that tells of an erasure is about; the check of the record looks for it.
ERASURE = "erasure"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document on its way into the diary.

    about     what kind of document it is, in a word of ours: ``requisition``, ``decision`` …
    party     from whom or to whom; the agency itself for what it draws up
    matter    what it is about, as the diary says it
    name      its file name
    secret    its party and matter are hidden in the public diary (OSL 5 kap. 2 §)
    """

    direction: Direction
    about: str
    party: str
    matter: str
    name: str
    content: bytes
    mime: str = "application/pdf"
    secret: bool = False


def text_paper(direction: Direction, about: str, matter: str, text: str, *, name: str, party: str = "") -> Paper:
    """Gives a plain text as a paper; without a party it is one that the agency draws up for itself."""
    said = f"{MADE_UP}\n\n{text}" if settings.DEMONSTRATION else text
    who = party or rules.book().agency.name.value
    return Paper(direction, about, who, matter, name, f"{said.rstrip()}\n".encode(), PLAIN_TEXT)
