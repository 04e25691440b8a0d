"""A board paper as a Word document: its headings, signature rows, and the annex on a page of its own."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm

from statsbidrag.exchange.board_paper import UNKNOWN
from statsbidrag.exchange.letters.board_paper import Annex, AnnexLine, BoardPaper, Section
from statsbidrag.exchange.word import (
    QUIET,
    SIGNATURE,
    add_page_numbers,
    add_points,
    add_table,
    add_text,
    as_bytes,
    new_document,
)
from statsbidrag.terms.kronor import in_words

MADE_UP = "Exempel – påhittade uppgifter, inget beslut"


def as_docx(paper: BoardPaper) -> bytes:
    """Gives the board paper to go on writing in; the same paper gives the same bytes."""
    head = paper.head
    document = new_document(f"{paper.title} – {paper.kind}, dnr {head.our_number}", head.sender.name, head.dated)
    _write_head(document, paper)
    for section in paper.sections[:-1]:
        _write_section(document, section)
    for title in paper.signatories:
        add_text(document, title, SIGNATURE)
    _write_section(document, paper.sections[-1])
    if paper.approved:
        add_text(document, paper.approved)
    _write_annex(document, paper.annex)
    return as_bytes(document)


def _write_head(document: WordDocument, paper: BoardPaper) -> None:
    """Who writes to whom, what and when; on every page whose it is, and that it is made up where it is."""
    head, [section] = paper.head, document.sections
    if head.made_up:
        add = section.header.paragraphs[0]
        add.text, add.style = MADE_UP, document.styles[QUIET]
    foot = section.footer.paragraphs[0]
    foot.style = document.styles[QUIET]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{head.sender.name}, dnr {head.our_number}\t")
    add_page_numbers(foot)
    right = (paper.kind.upper(), head.our_number, head.dated.isoformat())
    left = (head.sender.name, *paper.unit)
    for number in range(max(len(left), len(right))):
        line = add_text(document, left[number] if number < len(left) else "")
        line.paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.space_after = 0
        line.add_run(f"\t{right[number] if number < len(right) else ''}".rstrip() or "")
        for run in line.runs if number == 0 else ():
            run.bold = True
    add_text(document, paper.board).paragraph_format.space_before = Mm(12)
    add_text(document, paper.title, "Title")


def _write_section(document: WordDocument, section: Section) -> None:
    document.add_heading(section.heading, section.level)
    for block in section.blocks:
        if block.points:
            add_points(document, block.points)
        else:
            add_text(document, block.paragraph)


def _write_annex(document: WordDocument, annex: Annex) -> None:
    document.add_heading(annex.heading, 1).paragraph_format.page_break_before = True
    sums = (
        ("Fördelat sammanlagt", "", _said(annex.distributed)),
        ("Kvar att tilldela", "", _said(annex.left)),
        ("Tilldelade medel", "", in_words(annex.received)),
    )
    table = add_table(
        document,
        ("Till vad", "Slag", "Belopp"),
        (*map(_row, annex.lines), *sums),
        caption=f"{annex.heading}: varje del med sitt belopp, och summan sist",
        widths=(95, 32, 33),
    )
    for cell in table.rows[-1].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    _write_decisions(document, annex)


def _write_decisions(document: WordDocument, annex: Annex) -> None:
    document.add_heading("Delegationsbeslut", 2)
    if not annex.decisions:
        add_text(document, "Inga pengar har flyttats mellan satsningar.")
        return
    add_text(
        document,
        "Pengar har flyttats eller tilldelats med stöd av nämndens uppdrag. Besluten anmäls här till nämnden. "
        "Beloppen ovan är efter besluten.",
    )
    rows = (
        (str(each.number), each.day.isoformat(), each.moved_from, each.moved_to, in_words(each.kronor), each.reason)
        for each in annex.decisions
    )
    add_table(
        document,
        ("Nr", "Dag", "Från", "Till", "Belopp", "Skäl"),
        rows,
        caption="Delegationsbeslut att anmäla till nämnden",
        widths=(9, 27, 33, 33, 27, 31),
    )


def _row(line: AnnexLine) -> tuple[str, str, str]:
    name = f"{line.name}\n{line.owner}" if line.owner else line.name
    return name, line.kind, _said(line.kronor)


def _said(kronor: int | None) -> str:
    return UNKNOWN if kronor is None else in_words(kronor)
