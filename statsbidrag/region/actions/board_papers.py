"""The board paper: each heading's text is written by several, nobody's is lost, and the whole goes to the diary."""

from collections.abc import Mapping
from datetime import date, datetime

from statsbidrag.exchange.board_paper import approved_by
from statsbidrag.exchange.board_paper_docx import as_docx
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.letterhead import press
from statsbidrag.portal.papers import Paper
from statsbidrag.region.actions import diary
from statsbidrag.region.actions.receiving import refuse_later
from statsbidrag.region.models import BoardDraft, RegionDocument, RegionYear
from statsbidrag.region.queries.board_paper import (
    FROM,
    TEXT,
    WrittenPaper,
    conflicts,
    draft_row,
    mark_of,
    plain,
    written_paper,
)
from statsbidrag.region.queries.plan import plan_of
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def save_texts(
    visitor: Visitor | None, begun: RegionYear, written: Mapping[str, str], now: datetime, *, seen: Mapping[str, str]
) -> BoardDraft | None:
    """Saves what has been written under the headings; a text that is again the draft's follows the figures again.

    ``seen`` is the mark of each text when the writer opened the page. Raises Fault where a colleague has changed the
    same text meanwhile; nothing is saved then.
    """
    planner = access.require(visitor, "plan region", begun.region)
    with writing():
        standing = written_paper(plan_of(begun), now.date())
        if conflicts(standing, written, seen):
            raise Fault(
                "tjänsteutlåtandet",
                "En kollega har ändrat samma text medan du skrev.",
                "Båda texterna står kvar nedan. Gör om dem till en, och spara igen.",
            )
        texts = _texts(standing, written, seen)
        row = draft_row(begun)
        if texts == (row.texts if row else {}):
            return row
        row = row or BoardDraft(region=begun.region, year=begun.year)
        row.texts, row.changed, row.changed_by = texts, now, planner.name
        row.save()
        return row


def finish(visitor: Visitor | None, begun: RegionYear, *, approved: str, day: date, now: datetime) -> RegionDocument:
    """Enters the paper in the diary as it stands: to go on writing in, and as a PDF; says who approved it and when.

    It may be entered again after a change, and then gets new numbers; what was entered stays.
    """
    planner = access.require(visitor, "plan region", begun.region)
    refuse_later(day, now, "tjänsteutlåtandet")
    with writing():
        plan = plan_of(RegionYear.objects.get(pk=begun.pk))
        case = diary.year_case(begun.region, begun.year, now)
        paper = written_paper(plan, day, approved=approved_by(approved.strip(), day)).paper
        party, name = rules.recipients()[begun.region].name, f"{paper.kind.lower()}-{begun.year}"
        for ending, mime, content in (
            ("docx", WORD, as_docx(paper)),
            ("pdf", "application/pdf", press().render(paper)),
        ):
            matter = f"{paper.kind} till {paper.board} ({ending.upper()})"
            entered = diary.enter(
                case,
                Paper("own", "board_paper", party, matter, f"{name}.{ending}", content, mime),
                now,
                by=planner.name,
            )
        row = draft_row(begun) or BoardDraft(region=begun.region, year=begun.year)
        row.document, row.changed, row.changed_by = entered, now, planner.name
        row.save()
        return entered


def _texts(standing: WrittenPaper, written: Mapping[str, str], seen: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What is stored: only what someone has written in place of the draft; a text that is untouched stays as it is."""
    before = standing.draft.texts if standing.draft else {}
    texts: dict[str, dict[str, str]] = {}
    for each in standing.headings:
        id = each.section.id
        untouched = id not in written or mark_of(written[id]) in (seen.get(id), each.mark)
        if untouched and each.own:
            texts[id] = before[id]
        elif not untouched and mark_of(written[id]) != mark_of(each.drafted):
            texts[id] = {TEXT: plain(written[id]), FROM: mark_of(each.drafted)}
    return texts
