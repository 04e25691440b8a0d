"""The board paper: drafted from scheme and distribution, bettered by a person, as Word document and as PDF."""

import io
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree
from made_up_decisions import BOOK
from made_up_region_letters import PAPER, RECEIVED, REPORT_BY, THIRD_PAPER, UNKNOWN_PAPER, head_of, planned
from made_up_visits import scheme_named
from pdf_validators import pages_of
from word_validators import word_faults

from statsbidrag.cycle.step_6_distribution import distribute
from statsbidrag.exchange.board_paper import approved_by, draft_board_paper, fill
from statsbidrag.exchange.board_paper_docx import MADE_UP, as_docx
from statsbidrag.exchange.letters import Press
from statsbidrag.exchange.letters.board_paper import BoardPaper, Section
from statsbidrag.terms.faults import Fault

PRESS = Press(BOOK.folder, BOOK.library.place)
# As they stand in the source, in its order.
HEADINGS = (
    (1, "Ärendebeskrivning"),
    (1, "Beslutsunderlag"),
    (1, "Ärendets beredning"),
    (1, "Förslag till beslut"),
    (1, "Förvaltningens motivering till förslaget"),
    (2, "Bakgrund"),
    (2, "Överväganden"),
    (2, "Ekonomiska konsekvenser"),
    (2, "Konsekvenser för patientsäkerhet"),
    (2, "Konsekvenser för jämlik och jämställd vård"),
    (2, "Miljökonsekvenser"),
    (2, "Administrativa konsekvenser"),
    (1, "Beslutet ska skickas till"),
    (1, "Bilaga 1 Fördelning av Region Stockholms tilldelade medel"),
    (2, "Delegationsbeslut"),
)


def text_of(paper: BoardPaper) -> str:
    return " ".join(pages_of(PRESS.render(paper)))


def opened(paper: BoardPaper = PAPER) -> WordDocument:
    return docx.Document(io.BytesIO(as_docx(paper)))


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def section(paper: BoardPaper, id: str) -> Section:
    return next(each for each in paper.sections if each.id == id)


@pytest.mark.shows("sth-04", "sth-05", "sth-06", "sth-07", "sth-08", "sth-09")
def test_the_proposal_is_three_numbered_points_with_the_figures_filled_in() -> None:
    [opening, points] = section(PAPER, "proposal").blocks
    assert opening.paragraph == "Primärvårdsnämnden beslutar följande:"
    assert [spaced(point) for point in points.points] == [
        "Fördelning av statsbidrag för att stödja och stimulera barnhälsovårdens förebyggande arbete med "
        "hembesöksprogram godkänns.",
        "Hälso- och sjukvårdsdirektören får i uppdrag att vid behov omfördela mellan satsningar, samt tilldela "
        "resterande medel.",
        "Av de sammanlagt 16 259 682 kr som Region Stockholm tilldelas överförs 2,7 procent (439 000 kr) till "
        "Kommunalförbundet Sjukvård och Omsorg i Norrtälje (KSON) för insatser som rör hembesöksprogram inom "
        "Norrtälje kommun.",
    ]


@pytest.mark.shows("sth-02", "sth-34", "adm-27")
def test_the_word_document_has_the_regions_headings_in_real_styles() -> None:
    found = [
        (int(each.style.name[-1]), each.text)
        for each in opened().paragraphs
        if each.style is not None and each.style.name.startswith("Heading")
    ]
    assert tuple(found) == HEADINGS


@pytest.mark.shows("sth-01", "sth-03", "sth-37", "sth-38")
def test_the_paper_has_kind_number_day_board_unit_preparation_signatures_and_who_approved_it() -> None:
    document = opened()
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[:3] == [
        "Region Stockholm\tTJÄNSTEUTLÅTANDE",
        "Hälso- och sjukvårdsförvaltningen\tPVN 2025-0112",
        "Barn kvinnor unga och asyl\t2025-05-26",
    ]
    assert "Primärvårdsnämnden" in lines
    assert "Ärendet har beretts i folkhälso- och tandvårdsberedningen." in lines
    assert "Akten" in lines
    assert "Godkänd av Hälso- och sjukvårdsdirektör, 2025-05-27" in lines
    signed = [each.text for each in document.paragraphs if each.style is not None and each.style.name == "Underskrift"]
    assert signed == ["Hälso- och sjukvårdsdirektör", "Avdelningschef"]
    text = text_of(PAPER)
    assert all(heading in text for _, heading in HEADINGS)
    assert "Vårt dnr PVN 2025-0112" in text
    assert "Godkänd av Hälso- och sjukvårdsdirektör, 2025-05-27" in text


@pytest.mark.shows("sth-10", "sth-11", "sth-12", "sth-13", "sth-14")
def test_the_background_says_what_the_grant_is_for_how_much_and_when_to_report() -> None:
    text = spaced(section(PAPER, "background").text)
    assert "sammanlagt 145 000 000 kr att fördela år 2025, varav 16 259 682 kr" in text
    assert "får endast användas till satsningar som är tidsbegränsade" in text
    assert "Återrapportering till Socialstyrelsen av hur medlen använts ska ske senast den 1 mars 2026." in text
    other = draft_board_paper(planned(), head_of("Region Stockholm"), date(2026, 3, 3))
    assert "Senast den 3 mars 2026 ska förvaltningen återrapportera" in section(other, "finances").text


@pytest.mark.shows("sth-15", "sth-16", "sth-17", "sth-18", "sth-19", "sth-20", "sth-21")
def test_the_background_says_what_the_programme_is() -> None:
    text = section(PAPER, "background").text
    for says in (
        "vid 25 barnavårdscentraler (BVC)",
        "sedan 2018 ett valbart uppdrag",
        "utgår från barnhälsovårdens basprogram",
        "alla förstagångsföräldrar och föräldrar som får sitt första barn i Sverige ytterligare fem hembesök",
        "tillsammans med kommunens förebyggande socialtjänst",
        "bibliotek, tandvård, mödrahälsovård och förskola",
    ):
        assert says in text


@pytest.mark.shows("sth-22", "sth-23", "sth-24", "sth-25", "sth-26", "sth-27", "sth-28", "sth-29", "sth-35")
def test_the_considerations_say_what_came_before_and_what_each_effort_gets() -> None:
    text = spaced(section(PAPER, "considerations").text)
    assert "Under 2024 tilldelades Region Stockholm 17 675 000 kr." in text
    assert "till fler stadsdelar under åren 2023–2025" in text
    assert "Nytt är att kommunerna rekvirerar direkt från Socialstyrelsen." in text
    assert "Barnhälsovårdsenheten (BHV): Nya projekt 2025, 4 000 000 kr." in text
    assert "Centrum för epidemiologi och samhällsmedicin (CES)" in text
    assert "Kvar att tilldela är 320 682 kr." in text


@pytest.mark.shows("sth-30", "sth-31", "sth-32", "sth-33", "sth-36")
def test_the_consequences_say_how_it_is_paid_what_is_reported_and_what_is_repaid() -> None:
    finances, administration = section(PAPER, "finances").text, section(PAPER, "administration").text
    assert "finansieras av tilldelade statsbidrag" in finances
    assert "en ekonomisk redovisning och en redogörelse för hur samverkan med kommunerna skett" in finances
    assert "ska återbetalas till Socialstyrelsen" in finances
    assert "redovisa vad tilldelade medel har använts till, senast den 28 februari 2026." in administration


@pytest.mark.shows("sth-02", "adm-27")
def test_the_annex_has_every_line_and_adds_up_and_lists_the_delegation_decisions() -> None:
    assert PAPER.annex.left is not None
    assert sum(line.kronor or 0 for line in PAPER.annex.lines) + PAPER.annex.left == RECEIVED
    [lines, decisions] = opened().tables
    rows = [[spaced(cell.text) for cell in row.cells] for row in lines.rows]
    assert rows[1] == ["Kommunalförbundet Sjukvård och Omsorg i Norrtälje (KSON)", "Överföring", "439 000 kr"]
    assert [row[2] for row in rows[-3:]] == ["15 939 000 kr", "320 682 kr", "16 259 682 kr"]
    listed = [[spaced(cell.text) for cell in row.cells] for row in decisions.rows]
    assert listed[0] == ["Nr", "Dag", "Från", "Till", "Belopp", "Skäl"]
    assert [listed[1][0], listed[1][1], listed[1][4], listed[1][5]] == [
        "1",
        "2025-09-02",
        "500 000 kr",
        "Fler BVC vill vara med.",
    ]
    assert listed[2][:4] == ["2", "2025-10-06", "Kvar att tilldela", "Nya projekt 2025"]
    text = text_of(PAPER)
    assert "Fördelat sammanlagt 15 939 000 kr Kvar att tilldela 320 682 kr Tilldelade medel 16 259 682 kr" in text
    assert "Besluten anmäls här till nämnden" in text


def test_the_word_document_can_be_used_by_those_who_hear_it_and_by_those_who_write_on() -> None:
    document = opened()
    properties = document.core_properties
    assert properties.title.startswith("Fördelning av statsbidrag för att stödja")
    assert properties.title.endswith("– Tjänsteutlåtande, dnr PVN 2025-0112")
    assert (properties.language, properties.author) == ("sv-SE", "Region Stockholm")
    assert properties.created == properties.modified
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    for table in document.tables:
        heading, *others = table.rows
        assert heading._tr.trPr.find(qn("w:tblHeader")) is not None
        assert not [row for row in others if row._tr.trPr.find(qn("w:tblHeader")) is not None]
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    sections = list(document.sections)
    assert (round(sections[0].page_width.mm), round(sections[0].page_height.mm)) == (210, 297)


def test_numbered_points_are_words_own_and_each_list_begins_at_1() -> None:
    paper = PAPER.rewritten({"matter": "Först:\n\n1. ett\n2. två\n\nSedan:\n\n7) tre"})
    numbered = [
        each for each in opened(paper).paragraphs if each.style is not None and each.style.name == "List Number"
    ]
    assert [each.text for each in numbered][:3] == ["ett", "två", "tre"]
    lists = [each._p.pPr.numPr.numId.val for each in numbered]
    assert lists[0] == lists[1]
    assert len(set(lists)) == 3
    numbering = opened(paper).part.numbering_part.element
    for number in set(lists):
        [override] = numbering.num_having_numId(number).lvlOverride_lst
        assert override.startOverride.val == 1


@pytest.mark.parametrize("paper", [PAPER, UNKNOWN_PAPER, THIRD_PAPER], ids=["moved", "unknown", "third"])
def test_the_word_document_follows_the_standard_and_is_the_same_each_time(paper: BoardPaper) -> None:
    content = as_docx(paper)
    assert word_faults(content) == []
    assert content == as_docx(paper)
    with ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
        assert not [name for name in parts.namelist() if "thumbnail" in name or "WithEffects" in name]


def test_the_judge_of_word_documents_sees_what_is_wrong() -> None:
    broken = io.BytesIO()
    with ZipFile(io.BytesIO(as_docx(PAPER))) as parts, ZipFile(broken, "w") as out:
        for name in parts.namelist():
            out.writestr(name, parts.read(name).replace(b"<w:tblHeader/>", b"<w:tblHuvud/>"))
    assert word_faults(broken.getvalue())


@pytest.mark.shows("adm-13")
def test_a_made_up_paper_says_so_on_every_page_and_a_real_one_does_not() -> None:
    assert opened().sections[0].header.paragraphs[0].text == MADE_UP
    real = replace(PAPER, head=replace(PAPER.head, made_up=False))
    assert MADE_UP not in [each.text for each in opened(real).sections[0].header.paragraphs]
    assert all(MADE_UP in page for page in pages_of(PRESS.render(PAPER)))


def test_an_unknown_sum_is_called_unknown_and_never_0() -> None:
    assert "Kvar att tilldela är okänt belopp." in section(UNKNOWN_PAPER, "considerations").text
    assert "439 000 kr" in spaced(section(UNKNOWN_PAPER, "proposal").text)
    [lines] = opened(UNKNOWN_PAPER).tables
    assert [row.cells[2].text for row in lines.rows][2:-1] == ["okänt belopp"] * 6
    assert "Kvar att tilldela okänt belopp" in text_of(UNKNOWN_PAPER)
    assert "Inga pengar har flyttats mellan satsningar." in text_of(UNKNOWN_PAPER)


def test_what_someone_has_written_stands_in_place_of_the_draft() -> None:
    paper = PAPER.rewritten({"environment": "Färre resor.\r\n\r\nOch fler cyklar."})
    assert [block.paragraph for block in section(paper, "environment").blocks] == ["Färre resor.", "Och fler cyklar."]
    assert "Färre resor." in text_of(paper)
    assert "oförändrade konsekvenser för miljön" not in text_of(paper)
    with pytest.raises(Fault, match="Rubrikerna är: matter, basis"):
        PAPER.rewritten({"miljo": "…"})


def test_a_title_longer_than_a_files_properties_can_hold_stands_whole_on_the_page() -> None:
    title = "Fördelning av statsbidrag " * 12
    document = opened(replace(PAPER, title=title))
    assert len(document.core_properties.title) == 255
    assert title.strip() in [paragraph.text for paragraph in document.paragraphs]


def test_markup_and_characters_that_no_document_can_hold_are_harmless() -> None:
    paper = PAPER.rewritten({"matter": '<w:p>&amp; #read("/etc/passwd") {received} \x07\ud800'})
    [block] = section(paper, "matter").blocks
    assert "{received}" in block.paragraph
    assert '<w:p>&amp; #read("/etc/passwd") {received}' in "\n".join(each.text for each in opened(paper).paragraphs)
    assert word_faults(as_docx(paper)) == []
    assert '<w:p>&amp; #read("/etc/passwd") {received}' in text_of(paper)


def test_what_is_filled_in_is_never_read_as_a_phrase_itself() -> None:
    assert fill("{a} och {b}", {"a": "{b}", "b": "två"}) == "{b} och två"


def test_a_third_regions_paper_is_its_scheme_file_and_no_code() -> None:
    document = opened(THIRD_PAPER)
    text = spaced("\n".join(paragraph.text for paragraph in document.paragraphs))
    for says in ("TJÄNSTESKRIVELSE", "Exempelnämnden fördelar 2 000 000 kr.", "Förvaltningschef", "Vårdvalsenheten"):
        assert says in text
    assert "Bilaga: så fördelas 2 000 000 kr" in text


def test_a_region_that_has_not_said_how_its_papers_look_is_told_so() -> None:
    scheme, clinics = scheme_named("orebro-2025")
    with pytest.raises(Fault, match=r"\[board_paper\]"):
        draft_board_paper(distribute(scheme, 1, clinics.values()), head_of("Region Örebro län"), REPORT_BY)


def test_whoever_approves_is_told_by_title_and_day() -> None:
    assert approved_by("Förvaltningschef", date(2025, 5, 27)) == "Godkänd av Förvaltningschef, 2025-05-27"
