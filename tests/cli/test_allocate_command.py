"""``statsbidrag allocate``: the list in four forms, why a ceiling is what it is, and what differs from another year."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from statsbidrag.cli import main
from statsbidrag.rulebook.tables import read_children, read_recipients

HEAVY = ("babel", "django", "duckdb", "holidays", "ibis", "lark", "lxml", "numpy", "typst")


@dataclass
class Answer:
    """What a command left behind: its exit status, what it printed, and what it said to a person."""

    status: int
    printed: bytes
    said: str

    @property
    def text(self) -> str:
        return self.printed.decode()


Run = Callable[..., Answer]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def _run(*arguments: object) -> Answer:
        status = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        out, err = capfdbinary.readouterr()
        return Answer(status, out, err.decode())

    return _run


@pytest.fixture
def on_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("statsbidrag.cli.allocate.is_piped", lambda: False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.shows("anv-06", "anv-07", "sth-11")
def test_json_holds_the_whole_pot_over_311_lines_and_says_that_the_children_are_an_estimate(run: Run):
    listed = json.loads(run("allocate", 2025, "--format", "json").text)
    assert list(listed) == ["round", "total", "children", "shares"]
    assert (listed["round"], listed["total"]) == (2025, 145_000_000)
    assert list(listed["children"]) == ["file", "estimate", "note"]
    assert listed["children"]["estimate"] is True
    assert "egen uppskattning" in listed["children"]["note"]
    assert len(listed["shares"]) == 311
    assert listed["shares"][0] == {
        "kind": "region",
        "code": "01",
        "name": "Region Stockholm",
        "organisation_number": "232100-0016",
        "kronor": 16_634_974,
    }
    for kind in ("region", "municipality"):
        assert sum(share["kronor"] for share in listed["shares"] if share["kind"] == kind) == 72_500_000


@pytest.mark.shows("utl-21", "utl-25", "utl-26")
def test_the_2024_list_has_the_highest_amount_of_each_region_and_no_municipality(run: Run):
    listed = json.loads(run("allocate", 2024, "--format", "json").text)
    assert {share["kind"] for share in listed["shares"]} == {"region"}
    assert listed["total"] == sum(share["kronor"] for share in listed["shares"]) == 82_000_000


@pytest.mark.shows("anv-07", "sth-29")
def test_csv_says_on_every_line_which_round_it_is_and_what_the_figure_rests_on(run: Run):
    rows = list(csv.DictReader(io.StringIO(run("allocate", 2025, "--format", "csv").printed.decode("utf-8-sig"))))
    assert list(rows[0]) == ["round", "kind", "code", "name", "organisation_number", "kronor", "basis"]
    assert {(row["round"], row["basis"]) for row in rows} == {
        ("2025", "egen uppskattning (children/2023-estimate.csv)")
    }
    assert sum(int(row["kronor"]) for row in rows) == 145_000_000


@pytest.mark.shows("anv-07", "adm-13")
def test_the_workbook_tells_what_the_list_is_on_a_sheet_of_its_own(run: Run, tmp_path: Path):
    out = tmp_path / "lista.xlsx"
    assert run("allocate", 2025, "--format", "xlsx", "--out", out) == Answer(0, b"", "")
    book = openpyxl.load_workbook(out)
    assert [row[0].value for row in book["Lista"].iter_rows(min_row=1, max_row=3)] == ["Slag", "region", "region"]
    assert sum(row[4].value for row in book["Lista"].iter_rows(min_row=2)) == 145_000_000
    about = {row[0].value: row[1].value for row in book["Om listan"].iter_rows(min_row=3)}
    assert about["Uppskattning"].endswith("är inte Socialstyrelsens lista.")
    assert "egen uppskattning" in about["Uppgifter om barn"]
    assert about["Publicerat"].replace("\u00a0", " ").startswith("Region Stockholm 16 259 682 kr")
    assert len(about["Reglernas fingeravtryck"]) == 64
    assert about["Källa till pottens storlek"].startswith("anvisningarna 2025, Bidragets storlek")
    assert "Ingen källa säger" in about["Antagande om delningen mellan regioner och kommuner"]


@pytest.mark.parametrize("form", ["table", "csv", "xlsx", "json"])
def test_the_same_list_is_the_same_bytes_in_a_file_and_in_a_pipe(run: Run, tmp_path: Path, form: str):
    out = tmp_path / "nya mappar" / "lista"
    run("allocate", 2025, "--format", form, "--out", out)
    assert out.read_bytes() == run("allocate", 2025, "--format", form).printed


@pytest.mark.shows("adm-13", "sth-07")
def test_the_list_ends_with_its_sums_the_estimate_the_published_sum_and_the_fingerprint(run: Run):
    answer = run("allocate", 2025)
    lines = answer.text.splitlines()
    assert len([line for line in lines if line.startswith(("region ", "kommun "))]) == 311
    assert "Summa: 145 000 000 kr, därav 72 500 000 kr till 21 regioner och 72 500 000 kr till 290 kommuner" in lines
    assert any(line.startswith("Uppgifter om barn: Projektets egen uppskattning") for line in lines)
    assert any("Region Stockholm 16 259 682 kr" in line and "375 292 kr högre" in line for line in lines)
    assert "\x1b" not in answer.text
    assert "\u00a0" not in answer.text


def test_on_a_screen_names_fold_and_amounts_never_do(run: Run, on_a_screen: None):
    text = run("allocate", 2025, "--compare", 2024).text
    assert "\x1b[" in text
    assert "18\u00a0814\u00a0729" in text
    assert "…" not in text


def test_a_workbook_is_not_poured_onto_a_screen(run: Run, on_a_screen: None):
    answer = run("allocate", 2025, "--format", "xlsx")
    assert (answer.status, answer.printed) == (2, b"")
    assert "--out" in answer.said


@pytest.mark.shows("adm-13", "sth-07", "anv-06", "anv-12", "anv-13", "anv-14")
def test_why_gives_every_factor_with_its_source_and_its_words_and_the_published_sum(run: Run):
    text = run("allocate", 2025, "--why", "Region Stockholm").text
    assert text.startswith("Region Stockholm kan rekvirera högst 16 634 974 kr\n")
    for words in (
        "anvisningarna 2025, Bidragets storlek, rad 17: ”totalt 145 000 000 kronor att fördela för bidragsåret 2025”",
        "”hälften av stödet utifrån den totala andelen barn mellan 0–5 år” (anv-12)",
        "”hälften utifrån antalet av dessa som bor i socioekonomiskt utsatta områden” (anv-13)",
        "”Uppgifterna om befolkningsmängd är från 2023” (anv-14)",
        "Antagande: Ingen källa säger hur potten delas mellan regioner och kommuner.",
        "Publicerat belopp är 16 259 682 kr; vår uträkning avviker med 375 292 kr",
        "Uppskattning: Beloppen vilar på en egen uppskattning",
    ):
        assert words in text


@pytest.mark.parametrize(
    "name", ["REGION   stockholm", "01", "region-01", "Botkyrka", "botkyrka KOMMUN", "0127", "upplands v"]
)
def test_a_name_is_found_by_capitals_or_small_by_its_beginning_or_by_code(run: Run, name: str):
    answer = run("allocate", 2025, "--why", name)
    assert answer.status == 0
    assert answer.text.startswith(("Region Stockholm kan", "Botkyrka kommun kan", "Upplands Väsby kommun kan"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("stockholm", "passar flera: Region Stockholm (01), Stockholms kommun (0180). Skriv hela namnet eller koden."),
        ("Gotland", "Region Gotland (09), Gotlands kommun (0980)"),
        ("kommun", "och 265 till"),
        ("Botkryka", "Menade du Botkyrka kommun (0127)?"),
        ("Örebor", "Menade du"),
        ("xyz", "Ingen region eller kommun heter så."),
        ("", "Ingen region eller kommun heter så."),
    ],
)
def test_a_name_that_fits_several_or_none_is_answered_with_what_to_write(run: Run, name: str, says: str):
    answer = run("allocate", 2025, "--why", name)
    assert (answer.status, answer.printed) == (2, b"")
    assert says in answer.said


def test_whoever_is_not_on_the_list_is_told_so(run: Run):
    answer = run("allocate", 2024, "--why", "Botkyrka")
    assert answer.status == 2
    assert "Botkyrka kommun har inget belopp i listan för 2024." in answer.said


def test_a_reason_has_no_other_form_than_text(run: Run):
    assert run("allocate", 2025, "--why", "01", "--format", "json").status == 2


@pytest.mark.shows("adm-26")
def test_compare_splits_every_difference_by_cause(run: Run):
    listed = json.loads(run("allocate", 2025, "--compare", 2024, "--format", "json").text)
    assert (listed["round"], listed["compared_with"]) == (2025, 2024)
    for change in listed["changes"]:
        parts = sum(change[cause] for cause in ("pot", "split", "rules", "population", "areas"))
        assert parts == change["difference"] == (change["after"] or 0) - (change["before"] or 0)
    assert len(listed["changes"]) == 311
    rows = csv.DictReader(
        io.StringIO(run("allocate", 2025, "--compare", 2024, "--format", "csv").printed.decode("utf-8-sig"))
    )
    assert sum(int(row["pot"]) for row in rows) == 63_000_000


@pytest.mark.shows("adm-26")
def test_why_and_compare_together_explain_a_municipality_that_had_nothing_the_year_before(run: Run):
    text = run("allocate", 2025, "--compare", 2024, "--why", "Botkyrka").text
    assert "Botkyrka kommun: 1 636 700 kr 2025, inget belopp 2024, en skillnad på 1 636 700 kr" in text
    assert "Delningen mellan regioner och kommuner: 1 636 700 kr" in text
    assert "2024: 0 % till kommunerna" in text


def statistics(rules: Path, folder: Path) -> Iterator[Path]:
    """Three tables in the shape of SCB's, each municipality with two areas, and made-up figures in round numbers."""
    codes = [one.code for one in read_recipients(rules / "recipients.csv") if one.kind == "municipality"]
    areas = [f"{code}R00{number}" for code in codes for number in (1, 2)]
    ages = ["0", "1", "2", "3", "4", "5"]
    tables = {
        "kommuner": ({"Region": codes, "Alder": ages, "Tid": ["2023"]}, [20] * 6 * len(codes)),
        "områden": ({"Region": areas, "Alder": ["-4", "5-9"], "Tid": ["2023"]}, [50] * 2 * len(areas)),
        "typer": ({"Region": areas, "Tid": ["2023"]}, [1, 5] * len(codes)),
    }
    for name, (dimensions, values) in tables.items():
        path = folder / f"{name}.json"
        table = {
            "version": "2.0",
            "class": "dataset",
            "label": "Exempel – påhittade uppgifter, inget beslut",
            "id": list(dimensions),
            "size": [len(each) for each in dimensions.values()],
            "dimension": {each: {"category": {"index": dimensions[each]}} for each in dimensions},
            "value": values,
        }
        path.write_text(json.dumps(table), encoding="utf-8")
        yield path


@pytest.mark.shows("anv-10", "anv-14")
def test_scbs_own_tables_are_taken_as_they_are_and_can_be_kept_among_the_rules(run: Run, rules: Path, tmp_path: Path):
    files = [f"--children={path}" for path in statistics(rules, tmp_path)]
    kept = tmp_path / "children.csv"
    listed = json.loads(run("allocate", 2025, *files, "--format", "json", "--save-children", kept).text)
    assert listed["total"] == 145_000_000
    assert listed["children"]["estimate"] is True
    assert "SCB:s folkmängd" in listed["children"]["note"]
    assert {share["kronor"] for share in listed["shares"] if share["kind"] == "municipality"} == {250_000}
    assert read_children(kept, "x").by_municipality["0180"].exposed == 60
    again = json.loads(run("allocate", 2025, "--children", kept, "--format", "json").text)
    assert again["shares"] == listed["shares"]
    assert again["children"] == {**listed["children"], "file": str(kept)}


def test_a_table_of_ones_own_is_named_with_its_own_fingerprint(run: Run, rules: Path):
    own = rules / "children" / "2023-estimate.csv"
    text = run("allocate", 2025, "--children", own).text
    assert f"Fil: {own}." in text
    assert "Barntabellens fingeravtryck: " in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("population_year: 2023", "population_year: 2024"), "befolkningen från 2024, men omgången räknar med 2023"),
        (("RegSO 2020", "RegSO 2025"), "områdena från RegSO 2025, men omgången räknar med RegSO 2020"),
        (("\n0114,", "\n0199,"), "Kommunen 0199 finns inte bland mottagarna."),
        (("\n0127,Botkyrka,", "\n# "), "Botkyrka kommun (0127) saknas"),
    ],
)
def test_a_table_that_does_not_fit_the_round_is_refused_and_nothing_is_written(
    run: Run, rules: Path, tmp_path: Path, change: tuple[str, str], says: str
):
    table, out = tmp_path / "children.csv", tmp_path / "lista.csv"
    text = (rules / "children" / "2023-estimate.csv").read_text(encoding="utf-8")
    table.write_text(text.replace(*change), encoding="utf-8")
    answer = run("allocate", 2025, "--children", table, "--format", "csv", "--out", out)
    assert (answer.status, answer.printed) == (2, b"")
    assert says in answer.said
    assert not out.exists()


def test_two_tables_of_ones_own_are_one_too_many(run: Run, rules: Path):
    own = rules / "children" / "2023-estimate.csv"
    assert "Ange en CSV-fil" in run("allocate", 2025, "--children", own, "--children", own).said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("allocate",), "YEAR saknas"),
        (("allocate", "tjugofem"), "YEAR: värdet går inte att använda"),
        (("allocate", 1999), "Det finns ingen omgång ”1999”. Det finns: 2024, 2025."),
        (("allocate", 2025, "--compare", 1999), "Det finns ingen omgång ”1999”"),
        (("allocate", 2025, "--format", "pdf"), "--format: värdet går inte att använda; välj bland table, csv, xlsx"),
        (("allocate", 2025, "--children", "saknas.csv"), "--children: värdet går inte att använda, filen"),
        (("allocate", 2025, "--rules", "saknas"), "Mappen med regler finns inte"),
        (("allocate", 2025, "--out", "/dev/null/lista"), "Filen går inte att skriva."),
    ],
)
def test_a_call_that_cannot_be_met_says_what_to_do_and_ends_with_2(run: Run, arguments: tuple[object, ...], says: str):
    answer = run(*arguments)
    assert (answer.status, answer.printed) == (2, b"")
    assert says in answer.said


def test_the_command_starts_without_the_libraries_that_it_does_not_need():
    look = f"import sys, statsbidrag.cli.allocate; print([name for name in {HEAVY} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
