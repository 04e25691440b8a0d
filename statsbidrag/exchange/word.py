"""Word documents to go on writing in: real styles, lists and tables, in Swedish, and always the same bytes."""

import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from statsbidrag.exchange.letters.writing import clean

SIGNATURE, QUIET, POINT = "Underskrift", "Diskret", "List Number"
_INK, _GREY = RGBColor(0x17, 0x34, 0x4D), RGBColor(0x56, 0x61, 0x6D)
_FONT, _LANGUAGE = "Arial", "sv-SE"
_TEXT_WIDTH = Mm(160)
# Size, space before and after, in points; bold and colour of a heading.
_HEADINGS = {"Title": (17, 18, 12), "Heading 1": (14, 18, 4), "Heading 2": (12, 14, 3)}
_LEFTOVERS = ("/stylesWithEffects", "/thumbnail")
_LONGEST_PROPERTY = 255
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def new_document(title: str, author: str, day: date) -> WordDocument:
    """Gives an empty document on A4 in Swedish, with the styles set and its properties told."""
    document = Document()
    _drop_leftovers(document)
    _set_page(document)
    _set_styles(document)
    properties, moment = document.core_properties, datetime.combine(day, time())
    properties.title, properties.author = clean(title)[:_LONGEST_PROPERTY], clean(author)[:_LONGEST_PROPERTY]
    properties.last_modified_by = properties.author
    properties.created = properties.modified = moment
    properties.language, properties.comments, properties.keywords = _LANGUAGE, "", ""
    return document


def add_text(document: WordDocument, text: str, style: str | None = None) -> Paragraph:
    """Adds a paragraph; a line break within the text stays one."""
    return document.add_paragraph(clean(text), style)


def add_points(document: WordDocument, points: Iterable[str]) -> None:
    """Adds a numbered list that begins at 1, whatever lists there are before it."""
    number = _new_list(document)
    for point in points:
        # Any: the library makes these as it loads, and its types do not tell of them.
        properties: Any = add_text(document, point, POINT)._p.get_or_add_pPr()
        listed = properties.get_or_add_numPr()
        listed.get_or_add_ilvl().val, listed.get_or_add_numId().val = 0, number


def add_table(
    document: WordDocument, heads: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str, widths: Sequence[int]
) -> Table:
    """Adds a table whose heading row is repeated on every page; ``widths`` in millimetres.

    The column ”Belopp” has figures. The caption is what is read aloud.
    """
    written = [heads, *rows]
    table: Table = document.add_table(rows=len(written), cols=len(heads), style="Table Grid")
    _describe(table, caption)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row, texts in zip(table.rows, written, strict=True):
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Mm(widths[place])
            paragraph = cell.paragraphs[0]
            paragraph.add_run(clean(text)).bold = texts is heads or None
            paragraph.paragraph_format.space_after = Pt(2)
            if heads[place] == "Belopp":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    return table


def add_page_numbers(paragraph: Paragraph) -> None:
    """Writes ”Sida 1 av 3” with fields that Word keeps right."""
    for text, field in (("Sida ", "PAGE"), (" av ", "NUMPAGES")):
        paragraph.add_run(text)
        simple = _element("w:fldSimple", instr=field)
        simple.append(_element("w:r"))
        simple[0].append(_element("w:t"))
        simple[0][0].text = "1"
        paragraph._p.append(simple)


def as_bytes(document: WordDocument) -> bytes:
    """Writes the document; the same document gives the same bytes, since no clock is asked."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(fixed, "w", ZIP_DEFLATED) as out:
        for name in parts.namelist():
            out.writestr(ZipInfo(name, _NO_TIME), parts.read(name), ZIP_DEFLATED)
    return fixed.getvalue()


def _drop_leftovers(document: WordDocument) -> None:
    """Takes away what the library's template drags along: a picture of itself, and old styles that contradict ours."""
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_LEFTOVERS)]:
            del relations[key]


def _set_page(document: WordDocument) -> None:
    [section] = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)


def _set_styles(document: WordDocument) -> None:
    normal = _style(document, "Normal")
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(8), 1.15
    normal.element.get_or_add_rPr().append(_element("w:lang", val=_LANGUAGE, eastAsia=_LANGUAGE))
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
    for name, (size, before, after) in _HEADINGS.items():
        _set_heading(_style(document, name), size, before, after)
        linked = document.styles[f"{name} Char"].element.get_or_add_rPr()  # what some readers go by instead
        linked.getparent().replace(linked, deepcopy(_style(document, name).element.rPr))
    quiet = _added(document, QUIET)
    quiet.font.size, quiet.font.color.rgb = Pt(9), _GREY
    signature = _added(document, SIGNATURE)
    signature.paragraph_format.space_before, signature.paragraph_format.keep_together = Pt(44), True
    signature.paragraph_format.right_indent = _TEXT_WIDTH // 2
    _line(signature, "top", "17344D")


def _set_heading(style: ParagraphStyle, size: int, before: int, after: int) -> None:
    """A heading in the document's own font and ink; the theme's fonts and the title's line are taken away."""
    properties = style.element.get_or_add_rPr()
    for theirs in (*properties.findall(qn("w:rFonts")), *style.element.iter(qn("w:pBdr"))):
        theirs.getparent().remove(theirs)
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = _FONT, Pt(size), True, _INK
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(before), Pt(after), True


def _style(document: WordDocument, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle), "every style asked for here is of paragraphs"
    return style


def _added(document: WordDocument, name: str) -> ParagraphStyle:
    document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = _style(document, "Normal")
    return _style(document, name)


def _line(style: ParagraphStyle, side: str, colour: str) -> None:
    borders = _element("w:pBdr")
    borders.append(_element(f"w:{side}", val="single", sz="6", space="4", color=colour))
    style.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")


def _new_list(document: WordDocument) -> int:
    """A list of its own on the style's numbering, so that it begins at 1; gives its number."""
    numbering = document.part.numbering_part.element
    styled = _style(document, POINT).element.pPr.numPr.numId.val
    num = numbering.add_num(numbering.num_having_numId(styled).abstractNumId.val)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(num.numId)


def _describe(table: Table, caption: str) -> None:
    """Says what the table is to those who hear it, and leaves lines only between its rows."""
    properties, borders = table._tbl.tblPr, _element("w:tblBorders")
    borders.extend(_element(f"w:{side}", val="nil") for side in ("left", "right", "insideV"))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.extend(_element(tag, val=clean(caption)) for tag in ("w:tblCaption", "w:tblDescription"))


def _element(tag: str, **values: str) -> Any:
    """An element of Word's own; Any, since the library's types and lxml's do not know each other."""
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element
