"""A statement's place is told the way a Swedish reader looks it up."""

import pytest

from statsbidrag.terms.sources import Library, Source, Statement

LAW = Source("sfs", "Förordning (2025:74)", "förordningen (2025:74)", "Regeringen", 1)
PAPER = Source("anv", "Anvisningar", "anvisningarna 2025", "Socialstyrelsen", 2)


@pytest.mark.parametrize(
    ("id_", "place", "told"),
    [
        ("sfs-24", "§ 7", "7 § förordningen (2025:74)"),
        ("sfs-13", "§ 2 p 4", "2 § punkt 4 förordningen (2025:74)"),
        ("sfs-02", "§ 1 para 1", "1 § första stycket förordningen (2025:74)"),
        ("anv-20", "Villkor p 1, line 33", "anvisningarna 2025, Villkor punkt 1, rad 33"),
    ],
)
def test_a_place_is_told_in_swedish(id_: str, place: str, told: str):
    statement = Statement(id_, place, "1 allocation", "agency", "rule", "", "", "shown")
    assert Library({"sfs": LAW, "anv": PAPER}, {id_: statement}).place(id_) == told
