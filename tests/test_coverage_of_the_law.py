"""Every statement of the sources is shown by a test, or waits for a part that is named."""

from pathlib import Path

import pytest

from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.coverage import Covered, coverage

TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def covered() -> list[Covered]:
    book = Rulebook()
    return coverage(book.folder, TESTS, book.library)


def test_all_346_statements_are_there(covered: list[Covered]) -> None:
    assert len(covered) == 346


def test_none_is_forgotten(covered: list[Covered]) -> None:
    assert [one.statement.id for one in covered if not one.is_shown and not one.waits_for] == []


def test_none_that_is_shown_is_still_said_to_wait(covered: list[Covered]) -> None:
    assert [one.statement.id for one in covered if one.is_shown and one.waits_for] == []


def test_a_reversed_statement_is_a_fault_of_the_source_tool(covered: list[Covered]) -> None:
    reversed_ones = [one.statement.id for one in covered if one.statement.treatment == "reversed"]
    assert reversed_ones == ["rap-18", "rap-19", "rap-20", "rap-21", "rap-22", "rap-25", "rap-99"]
