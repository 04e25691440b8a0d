import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_decisions import BOOK, CLAIM, GRANT, HEAD, RECIPIENT
from made_up_letters import ACCOUNT, INVOICE, LETTERS, MONEY, REPORT
from pdf_validators import pages_of, pdf_faults, squeezed

from statsbidrag.exchange.letters import Press
from statsbidrag.exchange.letters.account import Line
from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.exchange.letters.receipts import Answer, AnsweredPage
from statsbidrag.exchange.letters.stream_ends import with_clear_stream_ends
from statsbidrag.terms.faults import Fault

PRESS = Press(BOOK.folder, BOOK.library.place)
PAPER = 595  # points wide; the text ends well inside


def text_of(letter: Letter) -> str:
    return " ".join(pages_of(PRESS.render(letter)))


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_keeps_for_the_archive_and_reads_aloud(name: str) -> None:
    assert pdf_faults(PRESS.render(LETTERS[name])) == []


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_says_its_title_its_language_and_its_own_date(name: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(PRESS.render(LETTERS[name])))
    assert reader.metadata is not None
    assert "dnr 9.1-1234/2025" in str(reader.metadata.title)
    assert reader.metadata.author == "Socialstyrelsen"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == LETTERS[name].head.dated
    assert reader.trailer["/Root"]["/Lang"] == "sv-SE"


@pytest.mark.shows("adm-13")
@pytest.mark.parametrize("name", LETTERS)
def test_every_page_of_a_made_up_letter_says_so_and_no_page_of_a_real_one(name: str) -> None:
    band, letter = "Exempel – påhittade uppgifter, inget beslut", LETTERS[name]
    assert all(band in page for page in pages_of(PRESS.render(letter)))
    assert band not in text_of(replace(letter, head=replace(letter.head, made_up=False)))


HOSTILE = (
    '#read("/etc/passwd")',
    "*fet* _kursiv_ `kod` $x^2$ <etikett> @hänvisning // kommentar",
    '")) #panic("ut") //',
    "\\u{41} \\ \\\" ' \\n",
    "= Rubrik",
    '#import "common.typ": *',
    "{{7*7}} %(namn)s ${HOME}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_is_printed_as_it_stands(text: str) -> None:
    letter = replace(CLAIM, special_reasons=text, head=replace(HEAD, recipient=replace(RECIPIENT, name=text)))
    pdf = PRESS.render(letter)
    assert squeezed(text) in squeezed(" ".join(pages_of(pdf)))
    assert "root:" not in " ".join(pages_of(pdf))
    assert pdf_faults(pdf) == []


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=80).filter(str.strip))
def test_any_text_at_all_can_be_printed(text: str) -> None:
    PRESS.render(replace(LETTERS["closing"], matter=f"ärendet {text}"))


def test_a_character_that_no_font_has_is_marked_and_the_rest_stands() -> None:
    pdf = PRESS.render(replace(LETTERS["closing"], matter="bra 👍🏽 och 漢字\u202e, e\u0301\x07"))
    assert "ärendet om bra \ufffd\ufffd och \ufffd\ufffd, é." in " ".join(pages_of(pdf))
    assert pdf_faults(pdf) == []


def test_the_same_letter_gives_the_same_bytes_whoever_prints_it() -> None:
    letters = [replace(GRANT, granted=granted) for granted in range(1_000, 1_070)]
    alone = [PRESS.render(letter) for letter in letters]
    assert list(Press(BOOK.folder, BOOK.library.place).render_all(letters, workers=3)) == alone
    assert len(set(alone)) == len(letters)


@pytest.mark.parametrize(
    ("letter", "field"),
    [
        (replace(GRANT, decision_maker=" "), "decision_maker"),
        (replace(GRANT, conditions=()), "conditions"),
        (replace(GRANT, head=replace(HEAD, our_number="")), "head.our_number"),
        (replace(GRANT, head=replace(HEAD, recipient=replace(RECIPIENT, address=()))), "head.recipient.address"),
        (replace(REPORT, pages=(AnsweredPage("Sida", (Answer("Fråga", ""),)),)), "pages nr 1.answers nr 1.answer"),
    ],
)
def test_a_letter_that_lacks_something_is_not_written_and_says_what(letter: Letter, field: str) -> None:
    with pytest.raises(Fault, match=re.escape(field)):
        PRESS.render(letter)


def test_a_very_long_name_long_reasons_and_a_long_table_stay_on_the_page() -> None:
    name = "Kommunalförbundet för " + "Nordanstigshudiksvallssamverkan" * 8
    letter = replace(
        GRANT,
        head=replace(HEAD, recipient=replace(RECIPIENT, name=name)),
        reasons=("Barnhälsovårdsenheten bedömer att förutsättningarna är uppfyllda. " * 8,) * 6,
    )
    account = replace(ACCOUNT, regions=(Line(name, replace(MONEY, granted=999_999_999_999)),) * 100)
    for pdf in (PRESS.render(letter), PRESS.render(account)):
        assert pdf_faults(pdf) == []
        assert squeezed(name) in squeezed(" ".join(pages_of(pdf)))
        assert all(_right_edge(page) < PAPER - 20 for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    first = _places(pypdf.PdfReader(io.BytesIO(PRESS.render(letter))).pages[0])
    assert first["100 00 Exempelstad"][1] > first["Statsbidrag för utökade"][1] + 40


def _right_edge(page: pypdf.PageObject) -> float:
    """About where the text of a page ends, in points from its left side; a letter is about half as wide as high."""
    return max(left + 0.42 * size * len(text) for text, (left, _, size) in _places(page).items())


def _places(page: pypdf.PageObject) -> dict[str, tuple[float, float, float]]:
    """Every piece of text on a page: how far from the left, how far up, and how large, in points."""
    places: dict[str, tuple[float, float, float]] = {}

    def note(text: str, page: list[float], line: list[float], _font: object, size: float) -> None:
        left, up = (page[n] * line[4] + page[n + 2] * line[5] + page[n + 4] for n in (0, 1))
        places[text.strip()] = (left, up, size)

    page.extract_text(visitor_text=note)
    return places


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    shutil.copytree(BOOK.folder / "letters", tmp_path / "letters")
    return tmp_path


@pytest.mark.parametrize(
    ("planted", "why"),
    [
        ("#d.no_such_value", "no_such_value"),
        ('#text(font: "Finns Inte")[hej]', "Typst varnar: unknown font family"),
        ('#image("/etc/passwd")', "går inte att sätta"),
    ],
)
def test_a_template_that_is_wrong_is_refused_by_name(own_rules: Path, planted: str, why: str) -> None:
    template = own_rules / "letters" / "closing_decision.typ"
    template.write_text(template.read_text().replace("#decision-end(d)", f"{planted} #decision-end(d)"))
    with pytest.raises(Fault, match=why) as refused:
        Press(own_rules, BOOK.library.place).render(LETTERS["closing"])
    assert refused.value.where.endswith("closing_decision.typ")


def test_a_template_that_is_missing_is_refused_by_name(own_rules: Path) -> None:
    (own_rules / "letters" / "invoice.typ").unlink()
    with pytest.raises(Fault, match=r"invoice\.typ: Brevmallen finns inte"):
        Press(own_rules, BOOK.library.place).render(INVOICE)


def test_a_stream_that_ends_in_a_carriage_return_gets_a_line_end_of_its_own() -> None:
    streams = (b"0 0 m\r", b"1 1 m")
    objects = [b"<</Type/Catalog>>", *(b"<</Length %d>>stream\n%b\nendstream" % (len(each), each) for each in streams)]
    mended = with_clear_stream_ends(_pdf(objects))
    assert b"0 0 m\r\r\nendstream" in mended
    reader = pypdf.PdfReader(io.BytesIO(mended), strict=True)
    assert [reader.get_object(number).get_data() for number in (2, 3)] == list(streams)
    assert with_clear_stream_ends(mended[:0] + _pdf(objects[:1])) == _pdf(objects[:1])


def _pdf(objects: list[bytes]) -> bytes:
    """A file as Typst writes it, as far as objects, offsets and trailer go."""
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + table + trailer
