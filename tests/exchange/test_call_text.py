"""The call in words: the same for the page and the document, and all of it from the rules."""

from dataclasses import replace

import pytest
from made_up_decisions import BOOK

from statsbidrag.cycle import allocate
from statsbidrag.exchange.call_text import Announced, Section, sections
from statsbidrag.exchange.letters.instructions import parts
from statsbidrag.terms.sources import Stated


def announced(year: int) -> Announced:
    rules = BOOK.round(year)
    allocation = allocate(rules.allocation, BOOK.recipients, BOOK.children_of(rules.allocation))
    return Announced(rules, BOOK.call(year), allocation, "Myndigheten")


def section(of: Announced, id: str) -> Section:
    [found] = [each for each in sections(of) if each.id == id]
    return found


@pytest.mark.parametrize("year", [2024, 2025])
def test_every_section_says_something_and_rests_on_a_source_or_an_assumption(year: int) -> None:
    told = list(sections(announced(year)))
    assert len({each.id for each in told}) == len(told)
    for each in told:
        assert each.paragraphs or each.points
        for stated in each.rests_on.values():
            assert stated is None or stated.cites or stated.assumption


def test_a_changed_rule_changes_the_words() -> None:
    usual = announced(2025)
    requisition = usual.rules.requisition
    alone = replace(
        requisition, agent=Stated(False, assumption="Påhittat."), who_may=Stated(("municipality",), "anv-08")
    )
    changed = replace(usual, rules=replace(usual.rules, requisition=alone))
    assert section(usual, "sa-gor-ni").points[0].startswith("Ansök om att bli ombud. Innan ni rekvirerar")
    assert section(changed, "sa-gor-ni").points[0].startswith("Rekvirera. Ni rekvirerar i e-tjänstens webbformulär")
    assert section(changed, "vilka").paragraphs[0] == "Kommuner kan rekvirera bidraget."


@pytest.mark.shows("anv-09", "sfs-22")
def test_what_is_left_may_go_to_others_only_where_the_round_says_so() -> None:
    assert section(announced(2025), "sedan").points[0] == (
        "Finns det medel som inte har rekvirerats senast sista dagen får Myndigheten lämna dem till mottagare som i "
        "rekvisitionen har sagt att de vill ha mer."
    )
    assert section(announced(2024), "sedan").points[0] == "Det som ingen rekvirerar delas inte ut till andra."


def test_the_document_prints_what_the_page_shows() -> None:
    told = list(sections(announced(2025)))
    assert [(each.heading, each.points) for each in parts(told)] == [(each.heading, each.points) for each in told]
