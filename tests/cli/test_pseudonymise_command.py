"""``statsbidrag pseudonymise`` as a region's shell sees it: no number gets out, whatever is wrong with the extract."""

import csv
import traceback
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from made_up_numbers import CHILD, EXPECTING, MOTHER, RESERVE, SIBLING, STOCKHOLM, personal, survives, ways
from made_up_visits import BOOK, scheme_named

from statsbidrag.cli import main
from statsbidrag.exchange.extract_columns import ExtractColumns
from statsbidrag.exchange.pseudonymising import Wishes, pseudonymise
from statsbidrag.exchange.pseudonyms import KEY_VARIABLE, PseudonymKey
from statsbidrag.exchange.settlement.embedded import Embedded
from statsbidrag.exchange.settlement.settling import settle_files
from statsbidrag.exchange.text_files import open_text
from statsbidrag.terms.faults import Fault

KEY = "0123456789abcdef" * 4
PLANTED = (CHILD, SIBLING, MOTHER, EXPECTING, RESERVE, STOCKHOLM)
HEADINGS = ("Enhet", "Besöksdag", "Barnets nummer", "Mammans nummer", "Medverkande")


class Answer(NamedTuple):
    """How the command ended, and everything it showed and said."""

    status: int
    text: str


Run = Callable[..., Answer]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv(KEY_VARIABLE, KEY)

    def _run(*arguments: object) -> Answer:
        status = 0
        try:
            main([str(argument) for argument in ("pseudonymise", *arguments)])
        except SystemExit as ended:
            status = int(ended.code or 0)
            assert_nothing_survives(repr(ended))
        answer = Answer(status, "".join(capfd.readouterr()).replace("\u00a0", " "))
        assert_nothing_survives(answer.text)
        return answer

    return _run


def assert_nothing_survives(text: str) -> None:
    assert not [number for number in PLANTED if survives(number, text)]


def extract(path: Path, *rows: Iterable[str], headings: Iterable[str] = HEADINGS, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows([headings, *rows])
    return path


def visit(child: str = CHILD, mother: str = MOTHER, day: str = "2025-10-02", who: str = "Sjuksköterska") -> list[str]:
    return ["Karla vårdcentral", day, child, mother, who]


def rows_of(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8")
    assert_nothing_survives(text)
    return list(csv.DictReader(text.splitlines()))


NAMED = ("--child", "Barnets nummer", "--family", "Mammans nummer")


@pytest.mark.shows("adm-16", "adm-17")
def test_numbers_become_pseudonyms_and_none_survives(run: Run, tmp_path: Path) -> None:
    listed = [
        visit(number, mother) for number in (CHILD, SIBLING, RESERVE, STOCKHOLM) for mother in (MOTHER, EXPECTING)
    ]
    path, out = extract(tmp_path / "uttag.csv", *listed), tmp_path / "ut.csv"
    answer = run(path, "--out", out, *NAMED)
    assert answer.status == 0, answer.text
    assert "UTF-8, semikolon mellan värdena" in answer.text
    assert "Rader: 8 med pseudonymer" in answer.text
    rows = rows_of(out)
    assert list(rows[0]) == ["child", "family", "Enhet", "Besöksdag", "Medverkande"]
    assert len({row["child"] for row in rows}) == 4
    assert len({row["family"] for row in rows}) == 2
    assert all(row["child"].isalpha() and len(row["child"]) == 32 for row in rows)


@pytest.mark.shows("adm-17")
def test_one_number_in_every_way_of_writing_is_one_pseudonym(run: Run, tmp_path: Path) -> None:
    path = extract(tmp_path / "uttag.csv", *(visit(way) for way in ways(CHILD)))
    assert run(path, "--out", tmp_path / "ut.csv", *NAMED).status == 0
    assert len({row["child"] for row in rows_of(tmp_path / "ut.csv")}) == 1


def test_another_key_gives_other_pseudonyms_and_another_mark() -> None:
    keys = [PseudonymKey(secret, BOOK.pseudonyms) for secret in (KEY, KEY[::-1])]
    assert keys[0].pseudonym(CHILD) == PseudonymKey(KEY, BOOK.pseudonyms).pseudonym(CHILD)
    assert keys[0].pseudonym(CHILD) != keys[1].pseudonym(CHILD)
    assert keys[0].mark != keys[1].mark
    assert KEY not in repr(keys[0])


@pytest.mark.parametrize("secret", ["", "   ", "kort", "a" * 64, KEY[:31]])
def test_a_key_that_is_missing_or_easy_to_guess_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, secret)
    answer = run(extract(tmp_path / "uttag.csv", visit()), "--out", tmp_path / "ut.csv", *NAMED)
    assert answer.status == 2
    assert KEY_VARIABLE in answer.text
    assert "Skapa en med" in answer.text
    assert not (tmp_path / "ut.csv").exists()


def test_the_key_cannot_be_given_on_the_command_line(run: Run, tmp_path: Path) -> None:
    answer = run(extract(tmp_path / "uttag.csv", visit()), "--out", tmp_path / "ut.csv", *NAMED, "--key", KEY)
    assert answer.status == 2
    assert KEY not in answer.text


WRONG = CHILD[:-1] + str((int(CHILD[-1]) + 1) % 10)


@pytest.mark.shows("adm-16")
@pytest.mark.parametrize(
    ("row", "says"),
    [
        (visit(WRONG), "rad 3, kolumnen ”Barnets nummer”: Kontrollsiffran stämmer inte."),
        (visit(personal("20250230")), "rad 3, kolumnen ”Barnets nummer”: Födelsedagen finns inte"),
        (visit("Karin Karinsdotter"), "rad 3, kolumnen ”Barnets nummer”: Värdet är inget personnummer"),
        (visit(mother=WRONG), "rad 3, kolumnen ”Mammans nummer”: Kontrollsiffran"),
        (visit(""), "rad 3, kolumnen ”Barnets nummer”: Numret saknas"),
        (visit(who=f"Ring {MOTHER}"), "rad 3, kolumnen ”Medverkande”: Här står något som liknar ett personnummer"),
        (visit(who=f"pnr{CHILD[2:8]}-{CHILD[8:]}"), "rad 3, kolumnen ”Medverkande”: Här står något"),
        (visit(day=WRONG), "rad 3, kolumnen ”Besöksdag”: Här står något"),
        ([*visit(), CHILD], "rad 3: Raden har fler värden"),
        (visit()[:3], "rad 3: Raden har för få värden"),
    ],
)
def test_a_wrong_row_stops_it_all_and_the_value_is_never_shown(
    run: Run, tmp_path: Path, row: list[str], says: str
) -> None:
    path, out = extract(tmp_path / "uttag.csv", visit(), row), tmp_path / "ut.csv"
    answer = run(path, "--out", out, *NAMED)
    assert answer.status == 2
    assert says in answer.text
    assert not survives(WRONG, answer.text)
    assert sorted(tmp_path.iterdir()) == [path]


@pytest.mark.shows("adm-16")
@pytest.mark.parametrize(
    "content",
    [
        f"Enhet;Barnets nummer\nKarla;{CHILD}\n".encode() + b"\xff\xfe\xff",
        f'Enhet;Barnets nummer\n"Karla;{CHILD}\n'.encode(),
        f'Enhet;Barnets nummer\nKa"r"la;"{CHILD}"x\n'.encode(),
        f"{CHILD};{MOTHER}\nKarla;{CHILD}\n".encode(),
        f"Enhet;Barnets nummer\nKarl\u00e5;{CHILD}\nKarl".encode() + b"\xe5;" + CHILD.encode(),
        f"Enhet;Barnets nummer\nKarla;{CHILD}\nKarla".encode(),
        CHILD.encode() * 200_000,
    ],
)
def test_a_broken_file_tells_nothing_of_what_stands_in_it(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "uttag.csv"
    path.write_bytes(content)
    assert run(path, "--out", tmp_path / "ut.csv", "--child", "Barnets nummer").status == 2
    assert sorted(tmp_path.iterdir()) == [path]


@pytest.mark.shows("adm-16")
@pytest.mark.parametrize("child", [CHILD, WRONG, f"{CHILD}x", personal("20250230")])
def test_no_error_carries_a_number_in_itself_its_causes_or_its_trace(tmp_path: Path, child: str) -> None:
    path = extract(tmp_path / "uttag.csv", visit(child, MOTHER, day=CHILD))
    wishes = Wishes(PseudonymKey(KEY, BOOK.pseudonyms), BOOK.pseudonyms, date(2026, 11, 30))
    with pytest.raises(Fault) as refused:
        pseudonymise(open_text(path), ExtractColumns(HEADINGS[2], HEADINGS[3]), wishes, out=tmp_path / "ut.csv")
    told = "".join(traceback.format_exception(refused.value)) + repr(wishes)
    error: BaseException | None = refused.value
    while error is not None:
        told += repr(error) + str(error.args)
        error = error.__cause__ or error.__context__
    assert not [number for number in (CHILD, MOTHER, child) if survives(number, told)]


def test_many_faults_are_told_at_once_and_not_without_end(run: Run, tmp_path: Path) -> None:
    path = extract(tmp_path / "uttag.csv", *[visit(WRONG)] * 100)
    assert run(path, "--out", tmp_path / "ut.csv", *NAMED).text.count("Kontrollsiffran") == 20


@pytest.mark.shows("adm-17")
def test_what_marks_protected_identities_and_names_never_leaves(run: Run, tmp_path: Path) -> None:
    headings = [*HEADINGS, "Skyddad identitet", "Förnamn"]
    rows = [[*visit(), "Ja", "Ada"], [*visit(SIBLING), "Nej", "Bo"]]
    path, out = extract(tmp_path / "uttag.csv", *rows, headings=headings), tmp_path / "ut.csv"
    refused = run(path, "--out", out, *NAMED)
    assert refused.status == 2
    assert refused.text.count("En sådan kolumn pekar ut någon.") == 2
    answer = run(path, "--out", out, *NAMED, "--protected", "Skyddad identitet", "--drop", "Förnamn")
    assert answer.status == 0
    assert "Skyddade personuppgifter: 1 rader" in answer.text
    text = out.read_text(encoding="utf-8")
    assert "Skyddad" not in text
    assert "Ada" not in text


@pytest.mark.shows("adm-18")
def test_the_age_is_worked_out_so_that_the_day_of_birth_never_leaves(run: Run, tmp_path: Path) -> None:
    rows = [
        [*visit(), ""],
        [*visit(RESERVE), "2025-02-28"],
        [*visit("", EXPECTING), "15/12 2025"],
        [*visit("", EXPECTING), "20/12 2025"],
    ]
    path = extract(tmp_path / "uttag.csv", *rows, headings=[*HEADINGS, "Född"])
    out = tmp_path / "ut.csv"
    answer = run(path, "--out", out, *NAMED, "--visited", "Besöksdag", "--born", "Född")
    assert answer.status == 0, answer.text
    assert "Före födseln: 2 rader" in answer.text
    written = rows_of(out)
    assert [row["child_months"] for row in written] == ["9", "7", "-3", "-3"]
    assert written[2]["child"] == written[3]["child"]
    assert len({row["child"] for row in written}) == 3
    assert "Född" not in written[0]


def test_a_reserve_number_tells_no_age_and_a_born_child_has_a_number(run: Run, tmp_path: Path) -> None:
    path = extract(tmp_path / "uttag.csv", visit(RESERVE), visit(""), visit(day="i går"))
    answer = run(path, "--out", tmp_path / "ut.csv", *NAMED, "--visited", "Besöksdag")
    assert answer.status == 2
    assert "rad 2, kolumnen ”Barnets nummer”: Ett reservnummer säger inte när barnet är fött." in answer.text
    assert "rad 3, kolumnen ”Barnets nummer”: Numret saknas." in answer.text
    assert "rad 4, kolumnen ”Besöksdag”: Det är inget datum." in answer.text


@pytest.mark.shows("adm-17")
def test_a_reserve_number_that_became_a_personal_number_is_one_child_and_is_rekeyed(run: Run, tmp_path: Path) -> None:
    path = extract(tmp_path / "uttag.csv", visit(RESERVE), visit(CHILD), visit(SIBLING))
    same = extract(tmp_path / "same.csv", [STOCKHOLM, RESERVE], [RESERVE, CHILD[2:]], headings=("earlier", "now"))
    before, after, rekey = (tmp_path / name for name in ("before.csv", "after.csv", "rekey.csv"))
    assert run(path, "--out", before, *NAMED).status == 0
    answer = run(path, "--out", after, *NAMED, "--same", same, "--rekey", rekey)
    assert answer.status == 0, answer.text
    old, new = ([row["child"] for row in rows_of(each)] for each in (before, after))
    assert new == [old[1], old[1], old[2]]
    replaced = {row["old"]: row["new"] for row in rows_of(rekey)}
    assert replaced[old[0]] == old[1]
    assert [replaced.get(pseudonym, pseudonym) for pseudonym in old] == new
    assert replaced[PseudonymKey(KEY, BOOK.pseudonyms).pseudonym(STOCKHOLM)] == old[1]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([[CHILD, RESERVE], [RESERVE, CHILD]], "i en ring"),
        ([[RESERVE, CHILD], [RESERVE, SIBLING]], "rad 3: Numret hör till två olika nummer"),
        ([[RESERVE, WRONG]], "rad 2: Kontrollsiffran"),
        ([[RESERVE]], "rad 2: Raden har för få värden"),
    ],
)
def test_numbers_that_cannot_be_one_persons_are_refused_by_row(
    run: Run, tmp_path: Path, rows: list[list[str]], says: str
) -> None:
    path = extract(tmp_path / "uttag.csv", visit())
    same = extract(tmp_path / "same.csv", *rows, headings=("earlier", "now"))
    answer = run(path, "--out", tmp_path / "ut.csv", *NAMED, "--same", same, "--rekey", tmp_path / "rekey.csv")
    assert answer.status == 2
    assert says in answer.text
    assert not (tmp_path / "ut.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--child", "Barnets numer"), "Menade du ”Barnets nummer”"),
        (("--child", "Enhet", "--family", "Enhet"), "angiven två gånger"),
        ((*NAMED, "--born", "Besöksdag"), "Ange också kolumnen med besöksdagen"),
        ((*NAMED, "--same", "x.csv"), "De hör ihop"),
        (("--family", "Mammans nummer"), "--child saknas"),
    ],
)
def test_a_call_that_cannot_be_meant_says_what_to_do(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    answer = run(extract(tmp_path / "uttag.csv", visit()), "--out", tmp_path / "ut.csv", *arguments)
    assert answer.status == 2
    assert says in answer.text


def test_it_never_writes_over_the_extract(run: Run, tmp_path: Path) -> None:
    path = extract(tmp_path / "uttag.csv", visit())
    before = path.read_bytes()
    same = extract(tmp_path / "same.csv", [RESERVE, CHILD], headings=("earlier", "now"))
    out = tmp_path / "ut.csv"
    assert run(path, "--out", path, *NAMED).status == 2
    for files in ((out, path), (out, out), (out, same), (same, out)):
        answer = run(path, "--out", files[0], *NAMED, "--same", same, "--rekey", files[1])
        assert answer.status == 2
        assert "Två av filerna är samma" in answer.text
    assert path.read_bytes() == before
    assert not out.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "iso-8859-1"])
def test_any_encoding_of_a_record_system_is_read_and_written_as_utf_8(run: Run, tmp_path: Path, encoding: str) -> None:
    path = extract(tmp_path / "uttag.csv", visit(), encoding=encoding)
    assert run(path, "--out", tmp_path / "ut.csv", *NAMED).status == 0
    assert rows_of(tmp_path / "ut.csv")[0]["Enhet"] == "Karla vårdcentral"


@pytest.mark.shows("adm-16")
def test_what_it_writes_is_settled_as_it_is(run: Run, tmp_path: Path) -> None:
    headings = ("clinic", "date", "barn", "place", "professions", "kva_codes")
    row = ["Karla vårdcentral", "2025-10-02", CHILD, "extra", "nurse|social_services", "ZV509"]
    path, out = extract(tmp_path / "uttag.csv", row, headings=headings), tmp_path / "ut.csv"
    assert run(path, "--out", out, "--child", "barn", "--visited", "date").status == 0
    scheme, clinics = scheme_named("orebro-2025")
    engine = Embedded()
    try:
        [month] = settle_files(engine, [out], scheme, columns=BOOK.visit_columns, clinics=clinics).months
    finally:
        engine.close()
    assert month.payable == 1
