"""Answers are read as people write them, held to their limits, and written as people read them."""

from fractions import Fraction
from typing import Any

import pytest

from statsbidrag.cycle.answers import in_words, read_answer, within_limits
from statsbidrag.cycle.form import Field, Format, Option
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import NO_BREAK_SPACE

KRONOR = Field("used", "Använt belopp", "kronor", least=0, most=1_000_000_000)
COUNT = Field("visits_done", "Antal besök", "whole_number", least=0, most=100_000, unit="besök")
LINE = Field("town", "Postort", "text", most=10)
TEXT = Field("why", "Beskriv varför", "long_text", most=10)
ONE = Field("targeted", "Riktat", "choice", options=(Option("partly", "Ja, delvis"), Option("no", "Nej")))
TICK = Field("certified", "Godkännande", "tick", options=(Option("yes", "Intygas"),))
SEVERAL = Field(
    "actors",
    "Aktörer",
    "choices",
    options=(Option("dental_care", "Tandvården"), Option("preschool", "Förskolan"), Option("none", "Ingen", True)),
)


def formatted(format: Format) -> Field:
    return Field("field", "Fält", "text", most=254, format=format)


@pytest.mark.parametrize("written", ["16 259 682 kr", "16259682", "16 259 682", 16_259_682, Fraction(16_259_682)])
def test_an_amount_is_read_as_people_write_it(written: object) -> None:
    assert read_answer(KRONOR, written) == 16_259_682


@pytest.mark.shows("rap-51")
def test_no_visits_is_zero_and_an_empty_answer_is_no_answer() -> None:
    assert read_answer(COUNT, "0") == 0
    assert read_answer(COUNT, "1 250") == 1250
    assert read_answer(COUNT, " ") is None
    assert read_answer(COUNT, None) is None
    assert read_answer(SEVERAL, []) is None


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        (KRONOR, "mycket"),
        (KRONOR, "12,50"),
        (KRONOR, "9" * 5000),
        (KRONOR, 12.5),
        (KRONOR, True),
        (KRONOR, Fraction(1, 2)),
        (COUNT, "12 kr"),
        (COUNT, "tolv"),
        (LINE, 12),
        (TEXT, "\ud800"),
        (ONE, "maybe"),
        (ONE, ["no"]),
        (TICK, 1),
        (SEVERAL, "preschool"),
        (SEVERAL, ["preschool", 1]),
        (SEVERAL, ["preschol"]),
        (Field("unused", "Oanvänt", "computed"), 5),
    ],
)
def test_what_is_not_an_answer_of_its_kind_is_refused_kindly(field: Field, raw: object) -> None:
    with pytest.raises(Fault) as raised:
        read_answer(field, raw)
    assert raised.value.where == field.label
    assert raised.value.remedy


def test_a_misspelt_option_gets_a_suggestion() -> None:
    with pytest.raises(Fault, match="”preschol” är inget av svarsalternativen. Menade du ”preschool”?"):
        read_answer(SEVERAL, ["preschol"])


def test_a_text_is_counted_in_characters_however_it_is_typed() -> None:
    composed, decomposed = "é", "e\u0301"
    assert read_answer(TEXT, decomposed) == composed
    assert read_answer(TEXT, "rad 1\r\nrad 2") == "rad 1\nrad 2"
    assert within_limits(TEXT, read_answer(TEXT, "👶" * 10)) == "👶" * 10
    with pytest.raises(Fault, match="Texten är 11 tecken. Korta den till högst 10 tecken."):
        within_limits(TEXT, read_answer(TEXT, "👶" * 11))


def test_a_line_has_no_line_breaks() -> None:
    assert read_answer(LINE, " Norra\n  by ") == "Norra by"


def test_a_tick_is_the_option_or_nothing() -> None:
    assert read_answer(TICK, True) == read_answer(TICK, "yes") == "yes"
    assert read_answer(TICK, False) is None


@pytest.mark.parametrize(("field", "number"), [(COUNT, -1), (COUNT, 100_001), (KRONOR, -5)])
def test_a_number_outside_its_limits_is_refused(field: Field, number: int) -> None:
    with pytest.raises(Fault, match="än formuläret tillåter. Skriv ett tal mellan 0 och"):
        within_limits(field, number)


@pytest.mark.shows("rap-59", "rap-82", "rap-84")
def test_an_exclusive_option_stands_alone() -> None:
    assert within_limits(SEVERAL, frozenset({"none"})) == {"none"}
    assert within_limits(SEVERAL, frozenset({"dental_care", "preschool"})) == {"dental_care", "preschool"}
    with pytest.raises(Fault, match="”Ingen” kan inte väljas tillsammans med något annat."):
        within_limits(SEVERAL, frozenset({"none", "preschool"}))


@pytest.mark.parametrize(
    ("format", "written", "kept"),
    [
        ("postcode", "12345", "123 45"),
        ("postcode", "123 45", "123 45"),
        ("email", "n.n+bidrag@kommun.example", "n.n+bidrag@kommun.example"),
        ("email", "å@ö", "å@ö"),
        ("phone", "+46 (0)10-000 00 00, vxl", "+46 (0)10-000 00 00, vxl"),
        ("organisation_number", "2321000016", "232100-0016"),
        ("date", "2025-10-01", "2025-10-01"),
    ],
)
def test_a_format_is_lenient_and_gives_one_way_of_writing(format: Format, written: str, kept: str) -> None:
    assert within_limits(formatted(format), written) == kept


@pytest.mark.parametrize(
    ("format", "wrong"),
    [
        ("postcode", "1234"),
        ("email", "kommun.example"),
        ("email", "a@b@c"),
        ("email", "a b@c"),
        ("phone", "växeln"),
        ("organisation_number", "232100-0017"),
        ("date", "2025-02-30"),
        ("date", "20251001"),
        ("date", "i höst"),
    ],
)
def test_a_wrong_format_is_refused(format: Format, wrong: str) -> None:
    with pytest.raises(Fault):
        within_limits(formatted(format), wrong)


@pytest.mark.parametrize(
    ("field", "answer", "says"),
    [
        (KRONOR, 16_259_682, "16 259 682 kr"),
        (COUNT, 0, "0 besök"),
        (Field("p", "Procent", "computed", unit="%", decimals=1), Fraction(27, 10), "2,7 %"),
        (Field("p", "Procent", "computed", unit="%", decimals=1), 10, "10,0 %"),
        (ONE, "partly", "Ja, delvis"),
        (SEVERAL, frozenset({"preschool", "dental_care"}), "Tandvården; Förskolan"),
        (LINE, "Norra by", "Norra by"),
        (KRONOR, None, "okänt"),
    ],
)
def test_an_answer_is_written_as_people_read_it(field: Field, answer: Any, says: str) -> None:
    assert in_words(field, answer).replace(NO_BREAK_SPACE, " ") == says
