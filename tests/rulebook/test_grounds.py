from datetime import date
from pathlib import Path

import pytest

from statsbidrag.rulebook.grounds import Ground, check_ground, grounds, one_spaced
from statsbidrag.rulebook.tables import read_library
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.sources import Library, Statement

SEEDS = Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="module")
def library(rules: Path) -> Library:
    return read_library(rules / "sources.toml", rules / "statements.csv")


def test_every_citation_in_the_shipped_rules_stands_in_its_statement(rules: Path, library: Library) -> None:
    found = [ground for file in sorted(rules.rglob("*.toml")) for ground in grounds(file)]
    for ground in found:
        check_ground(ground, library)
    assert len(found) > 100


@pytest.mark.parametrize(
    ("cites", "quote", "value", "says"),
    [
        ("anv-06", "totalt 146 000 000 kronor", 146_000_000, "står inte i anv-06"),
        ("anv-06", "totalt 145 000 000 kronor att fördela", 145_000_001, "145000001 går inte att läsa i citatet"),
        ("anv-34", "senast den 29 april 2025", date(2025, 4, 30), "2025-04-30 går inte att läsa"),
        ("anv-12", "hälften av stödet", "1/3", "1/3 går inte att läsa"),
        ("anv-99", "x", None, "Satsen ”anv-99” finns inte"),
        ("anv-34", "", date(2025, 4, 29), "Citatet saknas"),
    ],
)
def test_a_misquote_and_a_figure_that_its_quote_does_not_say_are_refused(
    library: Library, cites: str, quote: str, value: object, says: str
) -> None:
    with pytest.raises(Fault, match=says):
        check_ground(Ground("f.toml", cites, quote, value), library)


@pytest.mark.parametrize("cites", ["anv-99", "3", "2025-01-01", "{ a = 1 }", '["anv-99"]'])
def test_a_citation_of_whatever_kind_that_is_no_statement_is_refused(
    library: Library, tmp_path: Path, cites: str
) -> None:
    file = tmp_path / "f.toml"
    file.write_text(f"[a]\nvalue = 1\ncites = {cites if cites[0] in '[{3' else repr(cites)}\n", encoding="utf-8")
    [ground] = grounds(file)
    with pytest.raises(Fault, match="finns inte"):
        check_ground(ground, library)


@pytest.mark.parametrize("value", ["1/0", "1e999999999", "１"])
def test_a_text_that_only_looks_like_a_number_is_left_to_the_reader(library: Library, value: str) -> None:
    check_ground(Ground("f.toml", "anv-12", "hälften av stödet", value), library)


def test_a_day_that_no_calendar_has_is_no_day_of_its_quote() -> None:
    quote = "den 31 februari 2025 eller 2025-13-45"
    statement = Statement("x-01", "§ 1", "1", "", "", "Påhittat.", quote, "shown")
    with pytest.raises(Fault, match="2025-02-28 går inte att läsa i citatet"):
        check_ground(Ground("f.toml", "x-01", quote, date(2025, 2, 28)), Library({}, {"x-01": statement}))


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the source documents are not here; the quotes were checked where they are"
)
def test_every_statement_is_quoted_word_for_word_from_its_source(library: Library) -> None:
    texts = {
        source.prefix: one_spaced((SEEDS / folder / source.file).read_text(encoding="utf-8"))
        for source in library.sources.values()
        if source.file
        for folder in ("seeds", "sources")
        if (SEEDS / folder / source.file).is_file()
    }
    assert len(texts) == 6
    missing = [
        statement.id
        for statement in library
        if statement.quote and one_spaced(statement.quote) not in texts[statement.prefix]
    ]
    assert missing == []
