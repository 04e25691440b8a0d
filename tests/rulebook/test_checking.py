"""Faults planted in a copy of the shipped rules: each gives its own message, and the command ends with status 2."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from statsbidrag.cli.check import command
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.checking import check_rules

PLANTED = {
    "a misquote": (
        "rounds/2025.toml",
        'quote = "senast den 29 april 2025"',
        'quote = "senast den 28 april 2025"',
        "står inte i anv-34",
    ),
    "a wrong sum": (
        "rounds/2025.toml",
        "value = 145_000_000",
        "value = 145_000_001",
        "145000001 går inte att läsa i citatet",
    ),
    "a date out of order": (
        "rounds/2025.toml",
        "value = 2025-04-29",
        "value = 2025-07-29",
        "[payment.last_day]: Sista dag för utbetalning",
    ),
    "a form that looks ahead": (
        "forms/report-2025.toml",
        'shown = "unused > 0"',
        'shown = "visits_done > 0"',
        "som kommer längre ner",
    ),
    "an unknown option": (
        "forms/report-2025.toml",
        'shown = "prioritised is yes"',
        'shown = "prioritised is yess"',
        "Menade du ”yes”",
    ),
    "an unknown question": (
        "forms/report-2025.toml",
        'shown = "unused > 0"',
        'shown = "unusd > 0"',
        "Menade du ”unused”",
    ),
    "an unknown key": (
        "rounds/2025.toml",
        "[allocation.pot]",
        "[allocation.pott]",
        "Okänd uppgift ”pott”. Menade du ”pot”",
    ),
    "a column rule that divides": (
        "schemes/orebro-2025.toml",
        'rule = { value = "professions has social_services", cites = "ore-25"',
        'rule = { value = "child_months / 2 > 1", cites = "ore-25"',
        "får inte dela",
    ),
    "a children table without a municipality": (
        "children/2023-estimate.csv",
        "\n0127,",
        "\n#0127,",
        "Botkyrka kommun (0127) saknas",
    ),
    "a published sum for nobody": (
        "rounds/2025.toml",
        'recipient = "region-01"',
        'recipient = "region-02"',
        "Mottagaren region-02 finns inte",
    ),
    "a citation that is a number": ("rounds/2024.toml", 'cites = "utl-', 'cites = 3 # "', "Satsen ”3” finns inte"),
    "a table that is missing": ("recipients.csv", None, None, "Filen finns inte"),
    "another encoding": ("sources.toml", "", "", "UTF-8"),
}  # fmt: skip


def test_the_shipped_rules_are_sound(rules: Path) -> None:
    names, faults = check_rules(Rulebook(rules))
    assert [str(fault) for fault in faults] == []
    assert {"rounds/2024.toml", "rounds/2025.toml", "forms/report-2025.toml", "statements.csv"} <= set(names)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_gives_its_own_message(rules: Path, tmp_path: Path, name: str) -> None:
    file, before, after, says = PLANTED[name]
    copy = tmp_path / "rules"
    shutil.copytree(rules, copy)
    planted = copy / file
    if before is None or after is None:
        planted.unlink()
    elif before == after:
        planted.write_text(planted.read_text(encoding="utf-8"), encoding="utf-16")
    else:
        text = planted.read_text(encoding="utf-8")
        assert before in text
        planted.write_text(text.replace(before, after, 1), encoding="utf-8")
    result = CliRunner().invoke(command, ["--rules", str(copy)])
    assert result.exit_code == 2
    assert says in result.stderr
    assert file in result.stderr


def test_a_round_whose_file_is_not_named_by_its_year_is_told(rules: Path, tmp_path: Path) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(rules, copy)
    (copy / "rounds" / "2025.toml").rename(copy / "rounds" / "utkast.toml")
    _, faults = check_rules(Rulebook(copy))
    assert "Filen heter utkast men gäller 2025." in {fault.why for fault in faults}


@pytest.mark.parametrize("file", ["agency.toml", "rounds/2025.toml", "recipients.csv", "letters/commission-2024.toml"])
def test_a_folder_or_an_empty_file_in_place_of_a_rule_file_is_told(rules: Path, tmp_path: Path, file: str) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(rules, copy)
    (copy / file).unlink()
    (copy / file).write_bytes(b"")
    _, faults = check_rules(Rulebook(copy))
    assert any(file in fault.where for fault in faults)
    (copy / file).unlink()
    (copy / file).mkdir()
    _, faults = check_rules(Rulebook(copy))
    assert any(file in fault.where and "Filen går inte att läsa" in fault.why for fault in faults)


def test_everything_that_is_wrong_is_told_in_one_go(rules: Path, tmp_path: Path) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(rules, copy)
    for year, sum_ in ((2024, "82_000_000"), (2025, "145_000_000")):
        round_ = copy / "rounds" / f"{year}.toml"
        round_.write_text(round_.read_text(encoding="utf-8").replace(sum_, "1", 1), encoding="utf-8")
    _, faults = check_rules(Rulebook(copy))
    assert len(faults) >= 2
