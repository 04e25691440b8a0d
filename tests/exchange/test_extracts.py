"""An extract of any record system becomes a visit file, and what cannot be used comes back with its reasons."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_up_numbers import CHILD, MOTHER, RESERVE, survives, ways
from made_up_visits import BOOK, EXTRA, as_row, scheme_named, write_csv

from statsbidrag.cycle.visit_cells import Checks
from statsbidrag.cycle.visit_mapping import LEFT_OUT, VisitMapping, mapped, suggest
from statsbidrag.cycle.visits import Limits
from statsbidrag.exchange.extracts import claims, normalising
from statsbidrag.exchange.extracts.normalising import Targets, normalise, undecided
from statsbidrag.exchange.extracts.opening import open_extract
from statsbidrag.exchange.extracts.outcome import Normalised
from statsbidrag.exchange.settlement.embedded import Embedded
from statsbidrag.exchange.settlement.settling import settle_files
from statsbidrag.terms.faults import Fault

SCHEME, CLINICS = scheme_named("orebro-2025")
CHECKS = Checks(
    BOOK.visit_columns, BOOK.visit_words, Limits(2025, frozenset(CLINICS)), date(2025, 11, 30), {"1880": "Örebro"}
)
HEADINGS = ("Enhet", "Datum", "Barn-ID", "Ålder i månader", "Besökstyp", "Yrken", "KVÅ-kod")
ROW = ("Karla vårdcentral", "1/10 2025", "abc", "2,0", "Extra", "Sjuksköterska, socialtjänst", "zv509")


def text_of(rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS, delimiter: str = ";") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return text.getvalue()


def csv_of(folder: Path, *rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> Path:
    path = folder / "uttag.csv"
    path.write_bytes(text_of(rows, headings).encode())
    return path


def parquet_of(folder: Path, columns: dict[str, Any]) -> Path:
    path = folder / "uttag.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def understood(path: Path, mapping: VisitMapping = VisitMapping(), checks: Checks = CHECKS) -> Normalised:  # noqa: B008
    extract = open_extract(path)
    whole = mapped(suggest(extract.headings, checks.columns, checks.words, mapping), mapping)
    to = Targets(path.parent / "ut" / "visits.parquet", path.parent / "ut" / "refused.csv")
    return normalise(extract, whole, checks, to=to)


def visits_in(done: Normalised) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(done.file).to_pylist()
    return rows


def refused_in(done: Normalised) -> list[dict[str, str]]:
    assert done.refused_file
    return list(csv.DictReader(done.refused_file.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


def written_under(folder: Path) -> str:
    return "".join(path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file())


IN_DICTIONARY = {
    "clinic": "Karla vårdcentral",
    "date": date(2025, 10, 1),
    "child": "abc",
    "child_months": 2,
    "place": "extra",
    "professions": "nurse|social_services",
    "kva_codes": "ZV509",
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("iso-8859-1", "ISO-8859-1"),
    ],
)
@pytest.mark.shows("adm-16")
def test_any_encoding_and_delimiter_is_found_out_and_said(
    tmp_path: Path, encoding: str, says: str, delimiter: str
) -> None:
    path = tmp_path / "uttag.csv"
    dash = "–" if encoding == "cp1252" else "-"  # a letter that only Windows-1252 has, of the two
    path.write_bytes(text_of([(*ROW, "")], (*HEADINGS, f"Övrigt{dash}"), delimiter).encode(encoding))
    done = understood(path, VisitMapping().with_columns({f"Övrigt{dash}": LEFT_OUT}))
    assert done.written.startswith(f"{says}, ")
    assert visits_in(done) == [IN_DICTIONARY]
    assert (done.good, done.refused, done.refused_file) == (1, 0, None)


def test_a_first_row_that_names_the_delimiter_is_no_heading(tmp_path: Path) -> None:
    path = tmp_path / "uttag.csv"
    path.write_text("sep=;\r\n" + text_of([ROW]), encoding="utf-8")
    assert visits_in(understood(path)) == [IN_DICTIONARY]


@pytest.mark.parametrize(
    "columns",
    [
        {"Datum": [date(2025, 10, 1)], "Ålder i månader": [2], "Yrken": [["Sjuksköterska", "socialtjänst"]]},
        {"Datum": [datetime(2025, 9, 30, 22, 30, tzinfo=UTC)], "Ålder i månader": [2.0], "Yrken": ["ssk+soc"]},
    ],
)
def test_parquet_of_any_types_is_read_the_same(tmp_path: Path, columns: dict[str, Any]) -> None:
    rest = {name: [value] for name, value in zip(HEADINGS, ROW, strict=True)}
    assert visits_in(understood(parquet_of(tmp_path, {**rest, **columns}))) == [IN_DICTIONARY]


@pytest.mark.shows("adm-16", "adm-17", "adm-18")
def test_what_it_writes_is_settled_as_it_is(tmp_path: Path) -> None:
    headings = (*HEADINGS, "Familj", "Socialtjänstens kommun")
    rows = [(*ROW[:2], f"tvilling{each}", *ROW[3:], "f", "Örebro") for each in (1, 2)]
    before_birth = (*ROW[:2], "väntat", "-2", *ROW[4:], "g", "1880")
    done = understood(csv_of(tmp_path, *rows, before_birth, headings=headings))
    engine = Embedded()
    try:
        settlement = settle_files(engine, [done.file], SCHEME, columns=BOOK.visit_columns, clinics=CLINICS)
        [month] = settlement.months
    finally:
        engine.close()
    assert settlement.refused_rows == 0
    assert (month.visits, month.payable, month.together) == (2, 2, 1)
    assert {row["municipality"] for row in visits_in(done)} == {"1880"}


def test_a_file_by_the_dictionary_passes_unchanged(tmp_path: Path) -> None:
    listed = [EXTRA, replace(EXTRA, child="b", family="f", municipality="1880", other_funding="no")]
    done = understood(write_csv(tmp_path / "visits.csv", map(as_row, listed)))
    assert [BOOK.visit_columns.visit(_as_texts(row)) for row in visits_in(done)] == listed


def _as_texts(row: dict[str, Any]) -> dict[str, str | None]:
    return {name: None if value is None else str(value) for name, value in row.items()}


def test_good_rows_are_kept_and_bad_ones_come_back_with_row_column_value_and_reason(tmp_path: Path) -> None:
    bad = ("Okänd", "2025-12-24", "x", "2,5", "Extra", "kurator", "ZV509")
    done = understood(csv_of(tmp_path, ROW, bad, ROW[:3], (*ROW, "för mycket")))
    assert (done.total, done.good, done.refused) == (4, 1, 3)
    assert [each.row for each in done.first_refused] == [4, 5, 3]
    [wrong] = [each for each in done.first_refused if each.row == 3]
    assert [(each.column, each.value) for each in wrong.misfits] == [
        ("clinic", "Okänd"),
        ("date", "2025-12-24"),
        ("child_months", "2,5"),
        ("professions", "kurator"),
    ]
    rows = refused_in(done)
    assert list(rows[0]) == [*HEADINGS, "rad", "fel"]
    told = {row["rad"]: row["fel"] for row in rows}
    assert told["4"] == "Raden har för få värden."
    assert "Besöksdag: Dagen ligger i framtiden" in told["3"]
    assert "Vårdcentral eller BVC: " in told["3"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_refused_rows_come_back_with_the_extracts_own_delimiter_and_can_be_read_again(
    tmp_path: Path, delimiter: str
) -> None:
    path = tmp_path / "uttag.csv"
    path.write_text(text_of([ROW, (*ROW[:3], "två", *ROW[4:])], delimiter=delimiter), encoding="utf-8", newline="")
    back = understood(path).refused_file
    assert back
    first, row = back.read_text(encoding="utf-8-sig").splitlines()
    assert first == delimiter.join((*HEADINGS, "rad", "fel"))
    assert "Barnets ålder i hela månader: " in row
    back.write_text(f"{first}\n{row.replace('två', '2')}\n", encoding="utf-8-sig")
    assert [row["child_months"] for row in visits_in(understood(back))] == [2]


def test_refused_rows_of_a_parquet_file_come_back_with_commas(tmp_path: Path) -> None:
    columns = dict(zip(HEADINGS, ([cell] for cell in (*ROW[:3], "två", *ROW[4:])), strict=True))
    back = understood(parquet_of(tmp_path, columns)).refused_file
    assert back
    assert back.read_text(encoding="utf-8-sig").startswith("Enhet,Datum,")


def test_a_file_of_refused_rows_is_mended_and_handed_in_as_it_is(tmp_path: Path) -> None:
    done = understood(csv_of(tmp_path, ROW, (*ROW[:3], "-3,5", *ROW[4:])))
    assert done.refused_file
    text = done.refused_file.read_text(encoding="utf-8-sig")
    assert "'-3,5" in text  # no spreadsheet takes it for a formula
    again = tmp_path / "rättad.csv"
    again.write_text(text.replace("'-3,5", "'-3"), encoding="utf-8-sig")
    assert [row["child_months"] for row in visits_in(understood(again))] == [-3]
    again.write_text(text, encoding="utf-8-sig")
    assert list(refused_in(understood(again))[0]) == [*HEADINGS, "rad", "fel"]


@pytest.mark.shows("adm-16")
def test_a_planted_personal_number_is_in_no_file_and_no_message(tmp_path: Path) -> None:
    headings = (*HEADINGS, "Familj", "Anteckning")
    rows = [[*ROW, "f", ""] for _ in headings]
    planted = [*ways(CHILD)[: len(headings) - 2], f"Mamma: {MOTHER}", RESERVE]
    for at, number in enumerate(planted):
        rows[at][at] = number
    rows.append([CHILD, *ROW])
    rows.append([*ROW[:2], CHILD])
    path = csv_of(tmp_path, *rows, headings=headings)
    done = understood(path, VisitMapping().with_columns({"Anteckning": LEFT_OUT}))
    path.unlink()
    assert (done.good, done.refused) == (0, len(rows))
    kept = repr(done) + written_under(tmp_path)
    assert not [number for number in (CHILD, MOTHER, RESERVE) if survives(number, kept)]
    assert "liknar ett personnummer" in kept.encode("latin-1", "ignore").decode("utf-8", "ignore")


def test_how_words_were_understood_is_told_with_how_many_rows_have_them(tmp_path: Path) -> None:
    done = understood(csv_of(tmp_path, ROW, ROW, (*ROW[:4], "Hembesök", *ROW[5:])))
    places = [(each.word, each.means, each.rows) for each in done.words if each.column == "place"]
    assert places == [("Extra", "extra", 2), ("Hembesök", "", 1)]
    assert done.columns == dict(
        zip(
            HEADINGS,
            ("clinic", "date", "child", "child_months", "place", "professions", "kva_codes"),
            strict=True,
        )
    )


def test_two_clinics_that_claim_one_visit_are_pointed_out_and_kept(tmp_path: Path) -> None:
    other = ("Varberga vårdcentral", *ROW[1:])
    done = understood(csv_of(tmp_path, ROW, ("", *ROW[1:]), other, (*ROW[:2], "annat", *ROW[3:])))
    assert done.good == 3
    [claimed] = done.claimed_twice
    assert (claimed.day, claimed.rows) == (date(2025, 10, 1), (2, 4))
    assert claimed.clinics == ("Karla vårdcentral", "Varberga vårdcentral")
    assert done.claimed_twice_total == 1


def test_a_file_too_large_to_compare_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "_SEEN", "SELECT error('as when memory runs out')")
    path = csv_of(tmp_path, ROW)
    with pytest.raises(Fault, match="Dela upp uttaget"):
        understood(path)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


@pytest.mark.parametrize("gone", range(len(HEADINGS)))
def test_every_missing_column_is_asked_for(tmp_path: Path, gone: int) -> None:
    kept = [at for at in range(len(HEADINGS)) if at != gone]
    path = csv_of(tmp_path, [ROW[at] for at in kept], headings=[HEADINGS[at] for at in kept])
    with pytest.raises(Fault, match="saknas"):
        understood(path)


@pytest.mark.parametrize("renamed", range(len(HEADINGS)))
def test_every_renamed_column_is_asked_about_and_then_remembered(tmp_path: Path, renamed: int) -> None:
    headings = [f"Q{at}" if at == renamed else name for at, name in enumerate(HEADINGS)]
    path = csv_of(tmp_path, ROW, headings=headings)
    with pytest.raises(Fault, match="Kolumnen är okänd"):
        understood(path)
    chosen = VisitMapping().with_columns({f"q{renamed}": list(IN_DICTIONARY)[renamed]})
    assert visits_in(understood(path, chosen)) == [IN_DICTIONARY]


def test_everything_wrong_with_the_columns_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Fault) as refused:
        understood(csv_of(tmp_path, ["x"], headings=["Vad"]))
    assert str(refused.value).count("saknas") == 7
    assert "Kolumnen är okänd" in str(refused.value)


def test_two_headings_cannot_be_one_column(tmp_path: Path) -> None:
    path = csv_of(tmp_path, (*ROW, "x"), headings=(*HEADINGS, "Q"))
    chosen = mapped(suggest(HEADINGS, CHECKS.columns, CHECKS.words, VisitMapping()), VisitMapping())
    [fault] = undecided(open_extract(path), VisitMapping({**chosen.columns, "q": "clinic"}), CHECKS)
    assert fault.why == "Två kolumner är ”Vårdcentral eller BVC”."


CUT = text_of([ROW] * 50, delimiter=",").encode()
NAMES = ";".join(HEADINGS).encode() + b"\n"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", CUT[: CUT.rindex(b"Karla") + 5], "avklippt: raden slutar mitt i"),
        ("a.csv", CUT[: CUT.rindex(b"\xc3") + 1], "avklippt: den slutar mitt i ett tecken"),
        ("a.csv", CUT[: CUT.rindex(b"Sjuk") + 6], "stängs aldrig, eller så är filen avklippt"),
        ("a.csv", text_of([ROW]).encode("utf-16")[:-1], "avklippt eller skadad"),
        ("a.csv", CUT + b"\xe5\xe4\xf6\n", "blandar teckenkodningar"),
        ("a.csv", b"x\x81\xe5,y\n", "går inte att känna igen"),
        ("a.csv", b"", "Rubrikraden saknas"),
        ("a.csv", b"\n\n", "Rubrikraden saknas"),
        ("a.csv", b"x,x\n1,2\n", "finns flera gånger"),
        ("a.csv", b"a," * 600_000, "En rad är för lång"),
        ("a.csv", NAMES + b'"' + b"x" * 200_000 + b'";y\n', "Ett värde är för långt"),
        ("a.csv", NAMES + b'"x"y;z\n', "Citattecknen på raden går inte ihop"),
        ("a.xlsx", b"PK\x03\x04rest", "en Excel-fil"),
        ("a.csv", b"%PDF-1.7", "en PDF"),
        ("a.parquet", b"PAR1" + b"x" * 50, "ingen hel Parquet-fil"),
        ("a.parquet", b"hej", "ingen hel Parquet-fil"),
    ],
)
def test_a_file_that_is_cut_or_broken_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Fault, match=says):
        understood(path)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


def test_a_parquet_file_damaged_inside_is_refused(tmp_path: Path) -> None:
    rows = {name: [value] * 50_000 for name, value in zip(HEADINGS, ROW, strict=True)}
    rows["Barn-ID"] = [f"barn{number}" for number in range(50_000)]
    path = parquet_of(tmp_path, rows)
    content = bytearray(path.read_bytes())
    content[1000 : len(content) - 6000] = b"\x00" * (len(content) - 7000)
    path.write_bytes(content)
    with pytest.raises(Fault, match="går inte att läsa"):
        understood(path)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


def test_a_file_of_nothing_but_headings_has_no_visits(tmp_path: Path) -> None:
    done = understood(csv_of(tmp_path))
    assert (done.total, visits_in(done)) == (0, [])


def test_rows_across_many_chunks_keep_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(normalising, "_REMEMBERED", 100)
    rows = [(*ROW[:2], f"barn{number}", *ROW[3:]) for number in range(25_000)]
    rows[20_000] = ("Okänd", *rows[20_000][1:])
    rows[24_000] = ("Varberga vårdcentral", *rows[23_999][1:])
    told: list[int] = []
    extract = open_extract(csv_of(tmp_path, *rows))
    mapping = mapped(suggest(extract.headings, CHECKS.columns, CHECKS.words, VisitMapping()), VisitMapping())
    to = Targets(tmp_path / "visits.parquet", tmp_path / "refused.csv")
    done = normalise(extract, mapping, CHECKS, to=to, told=told.append)
    assert [each.row for each in done.first_refused] == [20_002]
    assert [each.rows for each in done.claimed_twice] == [(24_001, 24_002)]
    assert told == [10_000, 20_000, 25_000]
    assert [row["child"] for row in visits_in(done)][-1] == "barn24999"
