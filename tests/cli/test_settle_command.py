"""``statsbidrag settle`` as a shell sees it: what it shows, what it writes, and how it ends."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from made_up_visits import EXTRA, SCHEMES, SUPPORTED, THIRD, as_row, write_csv

from statsbidrag.cli import main
from statsbidrag.exchange.settlement import writing


class Answer(NamedTuple):
    """How the command ended, what it showed, and what it said of faults."""

    status: int
    shown: str
    said: str


Run = Callable[..., Answer]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def _run(*arguments: object) -> Answer:
        status = 0
        try:
            main([str(argument) for argument in ("settle", *arguments)])
        except SystemExit as ended:
            status = int(ended.code or 0)
        shown, said = capfd.readouterr()
        return Answer(status, shown.replace("\u00a0", " "), said.replace("\u00a0", " "))

    return _run


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    listed = [EXTRA, EXTRA, SUPPORTED, replace(EXTRA, child="=b", kva_codes=frozenset())]
    return write_csv(tmp_path / "visits.csv", map(as_row, listed))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shows("adm-14", "adm-28")
def test_it_shows_the_sums_apart_and_what_they_rest_on(run: Run, visits: Path) -> None:
    answer = run("orebro-2025", visits)
    assert answer.status == 0
    lines = [line.split() for line in answer.shown.splitlines()]
    assert ["Karla", "vårdcentral", "2", "1", "2", "2", "500", "1", "800", "700", "1", "0", "1", "0", "0"] in lines
    assert ["Summa", "3", "2", "3", "4", "300", "3", "600", "700", "1", "0", "1", "0", "0"] in lines
    assert "Antagande, besök före den 18 september 2025" in answer.shown
    assert "4 lästa, 0 med fel" in answer.shown


def test_it_writes_each_clinics_months_duplicates_refusals_and_lines(run: Run, visits: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("orebro-2025", visits, "--out", out, "--lines").status == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "duplicates.csv",
        "lines.csv",
        "refused.csv",
        "settlement.csv",
    ]
    [karla, varberga] = rows_of(out / "settlement.csv")
    assert (karla["clinic"], karla["month"], karla["kronor_paid"], karla["to_be_coded"]) == (
        "Karla vårdcentral",
        "2025-10",
        "2500",
        "1",
    )
    assert (varberga["kronor_paid"], varberga["ordinary_pay"], varberga["kronor_charged"]) == ("1800", "1800", "0")
    [duplicate] = rows_of(out / "duplicates.csv")
    assert (duplicate["file"], duplicate["line"], duplicate["status"]) == (str(visits), "2", "duplicate")
    lines = rows_of(out / "lines.csv")
    assert [line["line"] for line in lines] == ["2", "3", "4", "5"]
    assert sum(int(line["kronor"]) for line in lines) == 4300
    assert lines[3]["child"] == "'=b"
    assert rows_of(out / "refused.csv") == []


def test_a_second_run_writes_the_same_bytes(run: Run, visits: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("orebro-2025", visits, "--out", tmp_path / name, "--lines")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_rows_that_cannot_be_used_are_told_and_listed_the_others_settled_and_the_status_is_2(
    run: Run, tmp_path: Path
) -> None:
    wrong = [replace(EXTRA, clinic="Okänd"), replace(EXTRA, child="b", child_months=300)]
    path = write_csv(tmp_path / "v.csv", map(as_row, [EXTRA, *wrong]))
    answer = run("orebro-2025", path, "--out", tmp_path / "out")
    assert answer.status == 2
    assert f"Fel: {path}, rad 3, clinic: ”Okänd”. Enheten finns inte i registret." in answer.shown
    assert "rad 4, child_months: ”300”. Talet ska vara -9 till 215." in answer.shown
    assert "3 lästa, 2 med fel och inte avräknade" in answer.shown
    assert [row["line"] for row in rows_of(tmp_path / "out" / "refused.csv")] == ["3", "4"]
    assert [row["visits"] for row in rows_of(tmp_path / "out" / "settlement.csv")] == ["1"]


@pytest.mark.shows("adm-16")
def test_a_personal_number_is_neither_shown_nor_written(run: Run, tmp_path: Path) -> None:
    number = "20250101-9999"
    path = write_csv(tmp_path / "v.csv", [as_row(EXTRA), as_row(replace(EXTRA, child=number, family=number))])
    answer = run("orebro-2025", path, "--out", tmp_path / "out", "--lines")
    assert answer.status == 2
    assert "personnummer" in answer.shown
    written = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir())
    assert number not in answer.shown + answer.said + written


def test_a_file_that_cannot_be_used_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "v.parquet"
    path.write_bytes(b"hej")
    answer = run("orebro-2025", path, "--out", tmp_path / "out")
    assert answer.status == 2
    assert str(path) in answer.said
    assert not (tmp_path / "out").exists()


def test_a_list_longer_than_a_spreadsheet_is_written_as_parquet(
    run: Run, visits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_MOST_LINES", 1)
    assert run("orebro-2025", visits, "--out", tmp_path / "out", "--lines").status == 0
    assert {"lines.parquet", "duplicates.csv"} <= {path.name for path in (tmp_path / "out").iterdir()}


def test_a_region_of_ones_own_is_a_path_to_its_file(run: Run, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "v.csv", [as_row(replace(EXTRA, clinic="Ada"))])
    answer = run(THIRD, path)
    assert answer.status == 0
    assert "3 200" in answer.shown


def test_a_register_of_ones_own_replaces_the_schemes(run: Run, tmp_path: Path) -> None:
    register = tmp_path / "clinics.csv"
    register.write_text("clinic,municipality_code,municipality\nNy BVC,1880,Örebro\n", encoding="utf-8")
    path = write_csv(tmp_path / "v.csv", [as_row(replace(EXTRA, clinic="Ny BVC"))])
    assert run("orebro-2025", path).status == 2
    assert run("orebro-2025", path, "--clinics", register).status == 0


def test_many_clinics_are_shown_by_month(run: Run, tmp_path: Path) -> None:
    register = tmp_path / "clinics.csv"
    names = [f"BVC {place}" for place in range(41)]
    register.write_text(
        "clinic,municipality_code,municipality\n" + "".join(f"{name},1880,Örebro\n" for name in names), encoding="utf-8"
    )
    path = write_csv(tmp_path / "v.csv", [as_row(replace(EXTRA, clinic=name)) for name in names])
    answer = run("orebro-2025", path, "--clinics", register)
    assert any(line.startswith("oktober") for line in answer.shown.splitlines())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("orebro-2024",), "Menade du ”orebro-2025”"),
        (("orebro-2025", "--lines"), "Ange en mapp med --out"),
        (("orebro-2025", "--engine", "polars"), "välj bland embedded, database, spark"),
        (("orebro-2025", "--clinics", "finns-inte.csv"), "finns inte"),
        ((str(SCHEMES / "saknas.toml"),), "Filen finns inte"),
    ],
)
def test_a_call_that_cannot_be_meant_says_what_to_do(
    run: Run, visits: Path, arguments: tuple[str, ...], says: str
) -> None:
    answer = run(arguments[0], visits, *arguments[1:])
    assert answer.status == 2
    assert says in answer.said


def test_stockholm_pays_nothing_per_visit_and_says_so(run: Run, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "v.csv", [as_row(EXTRA)])
    answer = run("stockholm-2025", path)
    assert "ordningen betalar inte per besök" in answer.shown
