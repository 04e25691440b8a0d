"""Refuses a board paper whose phrases have blanks that nobody can fill in, or whose headings do not fit together."""

import re
from collections.abc import Iterator

from statsbidrag.cycle.board_paper import BLANKS, BoardPaperRules, PaperSection, Phrase
from statsbidrag.terms.faults import suggestion

Found = tuple[str, str, str]

BLANK = re.compile(r"\{([^{}]*)\}")


def misfits_of_paper(paper: BoardPaperRules) -> Iterator[Found]:
    """Gives the place, what is wrong and the remedy for everything in the section that does not fit together."""
    ids = [section.id for section in paper.sections]
    if not ids or len(set(ids)) < len(ids):
        yield "board_paper.sections", "Rubrikerna saknas eller har samma id.", "Ge var och en ett eget id."
    elif paper.sections[0].level != 1 or paper.sections[-1].level != 1:
        yield "board_paper.sections", "Den första eller sista rubriken är en underrubrik.", "Ge den level = 1."
    for section in paper.sections:
        yield from _section(section)
    for place, text in (("title", paper.title.value), ("annex", paper.annex.value)):
        yield from _blanks(f"board_paper.{place}", Phrase(text))


def _section(section: PaperSection) -> Iterator[Found]:
    for phrase in (*section.paragraphs, *section.points):
        yield from _blanks(f"board_paper.sections, {section.id}", phrase)


def _blanks(place: str, phrase: Phrase) -> Iterator[Found]:
    known = sorted(BLANKS[phrase.each])
    for name in BLANK.findall(phrase.text):
        if name not in known:
            hint = suggestion(name, known)
            yield place, f"”{{{name}}}” går inte att fylla i.", f"{hint}Det finns: {', '.join(known)}."
