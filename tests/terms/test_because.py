"""A step of a reason writes its figure the Swedish way, and is walked in reading order."""

from datetime import date
from fractions import Fraction

import pytest

from statsbidrag.terms.because import Because, Figure, resting_on
from statsbidrag.terms.sources import Stated


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (16_259_682, "kr", "16 259 682 kr"),
        (-2_179_755, "kr", "−2 179 755 kr"),
        (0, "barn", "0 barn"),
        (2, "", "2"),
        (Fraction(1, 3), "", "33,3333 %"),
        (date(2025, 4, 29), "", "29 april 2025"),
        ("proportionellt", "", "proportionellt"),
        (None, "kr", ""),
    ],
)
def test_a_figure_is_written_the_swedish_way(value: Figure, unit: str, written: str):
    assert Because("Exempel", value, unit).figure.replace("\u00a0", " ") == written


def test_a_reason_is_walked_from_its_conclusion_down():
    reason = Because("a", steps=(Because("b", steps=(Because("c"),)), Because("d")))
    assert [(depth, step.says) for depth, step in reason.walk()] == [(0, "a"), (1, "b"), (2, "c"), (1, "d")]


def test_a_step_rests_on_the_source_or_the_assumption_of_its_value():
    assert resting_on(Stated(1, cites="anv-06", quote="q"), "Potten", 1, "kr").cites == "anv-06"
    assert resting_on(Stated(1, assumption="vi tror det"), "Delen").assumption == "vi tror det"


def test_a_figure_that_the_sentence_already_says_is_not_said_twice() -> None:
    assert Because("Regionen kan rekvirera högst 16 259 682 kr", 16_259_682, "kr").unsaid == ""
    more = "Regionen kan rekvirera högst 216 259 682 kr"
    assert Because(more, 16_259_682, "kr").unsaid == "16\u00a0259\u00a0682\u00a0kr"
    assert Because("Det är 27,25 kr för vart och ett", 27, "barn").unsaid == "27\u00a0barn"
    assert Because("Av 127 och 27 barn", 27, "barn").unsaid == ""
    assert Because("Potten att fördela", 145_000_000, "kr").unsaid == "145\u00a0000\u00a0000\u00a0kr"
    assert Because("Ingen källa säger det").unsaid == ""
