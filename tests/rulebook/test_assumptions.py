import shutil
from pathlib import Path

import pytest

from statsbidrag.rulebook.assumptions import Assumed, assumed, disagreements, title_of
from statsbidrag.rulebook.reading import read_toml


def one(rules: Path, file: str, about: str) -> Assumed:
    [found] = [each for each in assumed(rules) if (each.file, each.about) == (file, about)]
    return found


def test_every_assumption_of_every_rule_file_is_there(rules: Path) -> None:
    written = sum(
        1
        for file in rules.rglob("*.toml")
        for line in file.read_text(encoding="utf-8").splitlines()
        if "assumption = " in line and not line.startswith("#")
    )
    assert len(list(assumed(rules))) == written > 100


def test_every_place_that_is_shown_has_a_name_that_a_reader_understands(rules: Path) -> None:
    names = read_toml(rules / "names.toml")
    known = {name for kind, table in names.items() if kind not in ("words", "files") for name in table.values()}
    shown = [*assumed(rules), *disagreements(rules)]
    assert {each.about for each in shown} - known == set()
    assert all(each.about and title_of(rules, each.file) for each in shown)


@pytest.mark.parametrize(
    ("file", "about", "value"),
    [
        ("rounds/2025.toml", "Pottens delning mellan regioner och kommuner", "region 50 %, kommun 50 %"),
        ("rounds/2025.toml", "När rekvisitionen öppnar", "11 mars 2025"),
        ("rounds/2024.toml", "Befolkningens år", "2023"),
        ("rounds/2024.toml", "Områdestyperna", "1 och 2"),
        ("rounds/2024.toml", "Ett beslutat bidrag får innehållas", "nej"),
        ("schemes/orebro-2025.toml", "Fast ersättning, i kronor", "okänt"),
        ("schemes/stockholm-2025.toml", "Avrundning av en överföring, i kronor", "1\u00a0000"),
        ("agency.toml", "Bankfilens utformning, Danske Bank", "flera uppgifter, som står i filen"),
    ],
)
def test_a_value_is_written_the_way_people_say_it(rules: Path, file: str, about: str, value: str) -> None:
    assert one(rules, file, about).value == value


def test_what_stands_in_a_list_says_which_of_them_it_is(rules: Path) -> None:
    rates = [each for each in assumed(rules) if each.about == "Referensränta" and each.file == "rounds/2025.toml"]
    assert [(each.of, each.value) for each in rates] == [
        ("från den 1 juli 2023", "3,5 %"),
        ("från den 1 januari 2024", "4 %"),
        ("från den 1 juli 2024", "4 %"),
        ("från den 1 januari 2025", "3 %"),
        ("från den 1 juli 2025", "2 %"),
        ("från den 1 januari 2026", "2 %"),
    ]


def test_where_the_sources_differ_all_of_them_are_heard(rules: Path) -> None:
    [day] = [each for each in disagreements(rules) if each.about == "Sista dag för återrapportering"]
    assert (day.value, day.cites) == ("3 mars 2026", "rap-03")
    assert [other.cites for other in day.others] == ["anv-37", "sth-14", "sfs-30"]


def test_a_new_file_is_walked_without_a_change_of_code(rules: Path, tmp_path: Path) -> None:
    shutil.copy(rules / "names.toml", tmp_path)
    (tmp_path / "rounds").mkdir()
    (tmp_path / "rounds" / "2027.toml").write_text(
        '[allocation.pot]\nvalue = 7\nassumption = "Påhittat."\n[new.thing]\nvalue = true\nassumption = "Påhittat."\n',
        encoding="utf-8",
    )
    assert [(each.about, each.value) for each in assumed(tmp_path)] == [("allocation.pot", "7"), ("new.thing", "ja")]
    assert title_of(tmp_path, "rounds/2027.toml") == "Omgången 2027"
