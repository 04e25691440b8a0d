"""The page in docs about the report form is true: its departures are the rule file's, and its tests exist."""

import re
from pathlib import Path

import pytest

from statsbidrag.portal import rules

PAGE = Path("docs/report-form.md")


@pytest.mark.shows("adm-19")
def test_every_departure_of_the_form_stands_on_the_page_and_no_other() -> None:
    told = PAGE.read_text().split("## Where we depart")[1]
    rows = [line.split(" | ") for line in told.splitlines() if line.startswith("| `")]
    form = rules.book().form("report-2025")
    assert [row[0].strip("| `") for row in rows] == [one.at for one in form.departures]
    for row, one in zip(rows, form.departures, strict=True):
        assert " ".join(one.original.split()) in " | ".join(row)
        assert " ".join(one.why.split()) in " | ".join(row)


def test_every_test_that_the_page_names_exists() -> None:
    named = re.findall(r"`(tests/[^:`]+)::(\w+)`", PAGE.read_text())
    assert len(named) >= 7
    for file, name in named:
        assert f"def {name}(" in Path(file).read_text(), f"{file} has no {name}"
