"""A scheme's board paper and accounts are read, and refused where nobody could fill them in."""

from pathlib import Path

import pytest
from made_up_visits import BOOK, SCHEMES, THIRD, scheme_named

from statsbidrag.rulebook.schemes import read_scheme
from statsbidrag.terms.faults import Fault


@pytest.mark.shows("adm-27")
def test_stockholms_paper_is_laid_out_by_its_scheme() -> None:
    paper = scheme_named("stockholm-2025")[0].board_paper
    assert paper
    assert paper.board.value == "Primärvårdsnämnden"
    assert len(paper.sections) == 13
    assert {id for section in paper.sections for each in section.paragraphs for id in each.cites} > {"sth-10", "sth-37"}


def test_a_third_regions_accounts_and_paper_are_in_its_one_file() -> None:
    scheme, _ = scheme_named(THIRD)
    assert scheme.hand_over
    assert scheme.hand_over.value.charged.number == "4001"
    assert scheme.board_paper
    assert scheme.board_paper.kind.value == "Tjänsteskrivelse"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{received}.", "{recieved}.", "Menade du ”received”"),
        ('each = "mandate"', 'each = "transfer"', "”{holder}” går inte att fylla i"),
        ('each = "mandate"', 'each = "mandat"', "Menade du ”mandate”"),
        ('id = "sent_to"', 'id = "proposal"', "samma id"),
        ('heading = "Sändlista"', 'heading = "Sändlista"\nlevel = 2', "underrubrik"),
        ('heading = "Sändlista"', 'heading = "Sändlista"\nlevel = 3', "går inte att välja här"),
        ("så fördelas {received}", "så fördelas {left_over}", "board_paper.annex"),
        ('title = { value = "Statsbidrag för hembesök {year}"', 'title = { value = "Bidrag {yr}"', "board_paper.title"),
        ('series = "EX"\n', "", "Uppgiften ”series” saknas"),
    ],
)
def test_a_fault_in_a_paper_names_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (SCHEMES / "exempel-2025.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "exempel-2025.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Fault) as refused:
        read_scheme(path, BOOK.visit_columns)
    assert str(path) in str(refused.value)
    assert says in str(refused.value)
