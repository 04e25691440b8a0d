"""The page in docs about the report form is true: its departures are the rule file's, and its tests exist."""

import csv
import re
from pathlib import Path

import pytest

from statsbidrag.portal.rules import book

PAGE = Path("docs/report-form.md")


@pytest.mark.shows("adm-19")
def test_every_departure_of_the_form_stands_on_the_page_and_no_other() -> None:
    told = PAGE.read_text().split("## Where we depart")[1]
    rows = [line.split(" | ") for line in told.splitlines() if line.startswith("| `")]
    form = book().form("report-2025")
    assert [row[0].strip("| `") for row in rows] == [one.at for one in form.departures]
    for row, one in zip(rows, form.departures, strict=True):
        assert " ".join(one.original.split()) in " | ".join(row)
        assert " ".join(one.why.split()) in " | ".join(row)


def test_every_limit_of_the_tool_that_is_turned_around_stands_on_the_page(rules: Path) -> None:
    with (rules / "statements.csv").open(encoding="utf-8") as statements:
        turned = {row["id"] for row in csv.DictReader(statements) if row["treatment"] == "reversed"}
    told = set(re.findall(r"\| (rap-\d+) \|", PAGE.read_text()))
    assert {id for id in turned if id.startswith("rap-")} <= told


def test_every_test_that_the_page_names_exists() -> None:
    named = re.findall(r"`(tests/[^:`]+)::(\w+)`", PAGE.read_text())
    assert len(named) >= 18
    for file, name in named:
        assert f"def {name}(" in Path(file).read_text(), f"{file} has no {name}"
