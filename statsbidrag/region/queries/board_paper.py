"""The board paper as it is being written: the draft of each heading, and what someone has written in its place."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from statsbidrag.exchange.board_paper import draft_board_paper
from statsbidrag.exchange.letters.board_paper import BoardPaper, Section
from statsbidrag.portal import rules
from statsbidrag.region import letterhead
from statsbidrag.region.models import BoardDraft, RegionCase, RegionYear
from statsbidrag.region.queries.plan import RegionPlan

TEXT, FROM = "text", "from"
_NOT_ENTERED = "får sitt nummer när det förs in"


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the paper.

    section   the heading with the text as it stands: the draft's, or what someone has written
    drafted   the text that scheme and figures give
    stale     someone has written by an earlier draft, whose figures have changed since
    """

    section: Section
    drafted: str
    own: bool
    stale: bool

    @property
    def mark(self) -> str:
        """Tells the text from every other, to see whether a colleague has changed it."""
        return mark_of(self.section.text)


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """The paper as it stands, heading by heading; ``draft`` is None where nobody has written anything yet."""

    paper: BoardPaper
    headings: tuple[Heading, ...]
    draft: BoardDraft | None


def written_paper(plan: RegionPlan, dated: date, *, approved: str = "") -> WrittenPaper:
    """Gives the paper with the figures of the plan. Raises Fault where the scheme does not say how it looks."""
    begun = plan.begun
    case = RegionCase.objects.filter(region=begun.region, year=begun.year, kind="year").first()
    head = (
        letterhead.head(case, dated)
        if case
        else letterhead.head(RegionCase(region=begun.region, year=begun.year, number=_NOT_ENTERED), dated, number=1)
    )
    report_by = rules.round_rules(begun.year).report.last_day.value
    drafted = draft_board_paper(plan.distribution, head, report_by)
    draft = draft_row(begun)
    headings = tuple(_headings(drafted, draft.texts if draft else {}))
    paper = replace(drafted.rewritten({each.section.id: each.section.text for each in headings}), approved=approved)
    return WrittenPaper(paper, headings, draft)


def draft_row(begun: RegionYear) -> BoardDraft | None:
    """Gives what has been written, or None where nothing has."""
    return BoardDraft.objects.select_related("document__case").filter(region=begun.region, year=begun.year).first()


def plain(text: str) -> str:
    """Gives a text with line ends of one kind, and nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark_of(text: str) -> str:
    """Gives what tells a text from every other."""
    return hashlib.sha256(plain(text).encode()).hexdigest()[:16]


def conflicts(standing: WrittenPaper, written: Mapping[str, str], seen: Mapping[str, str]) -> dict[str, str]:
    """Gives the texts that a colleague has changed since they were seen, where the writer has changed them too."""
    return {
        each.section.id: each.section.text
        for each in standing.headings
        if each.section.id in written
        and each.mark != seen.get(each.section.id, each.mark)
        and mark_of(written[each.section.id]) not in (each.mark, seen[each.section.id])
    }


def _headings(drafted: BoardPaper, texts: Mapping[str, Mapping[str, str]]) -> Iterator[Heading]:
    for section in drafted.sections:
        own = texts.get(section.id)
        text = own[TEXT] if own else section.text
        stale = own is not None and own[FROM] != mark_of(section.text)
        yield Heading(replace(section, text=text), section.text, own is not None, stale)
