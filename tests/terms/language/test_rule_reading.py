import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from random_rules import SCOPE as RANDOM_SCOPE
from random_rules import conditions, numbers

from statsbidrag.terms.faults import Fault
from statsbidrag.terms.language import Kind, Name, Rule, read_rule
from statsbidrag.terms.language.tree import And, Calculated, Compared, Condition, Constant, Has, Is, Named, Not, Number
from statsbidrag.terms.language.writing import written

WHERE = "rules/forms/report-2025.toml, frågan ”why_unused”"
NAMES = (
    Name("unused", Kind.NUMBER, "Oanvänt statsbidrag"),
    Name("received", Kind.NUMBER, "Mottaget statsbidrag"),
    Name("targeted", Kind.CHOICE, "Har ni riktat?", {"completely": "Ja, helt", "partly": "Ja, delvis", "no": "Nej"}),
    Name("groups", Kind.CHOICES, "Vilka målgrupper?", {"first": "Första barnet", "other": "Annan målgrupp"}),
    Name("ensured.regular", Kind.CHOICE, "genomförs regelbundet", {"yes": "Ja", "no": "Nej"}),
    Name("codes", Kind.CHOICES, "KVÅ-koder"),
    Name("comment", Kind.TEXT, "Kommentar"),
)
SCOPE = {name.id: name for name in NAMES}


def condition(text: str, *, for_columns: bool = False) -> Rule:
    return read_rule(text, SCOPE, expects="condition", where=WHERE, for_columns=for_columns)


def tree(text: str) -> object:
    return condition(text).tree


def test_a_rule_knows_the_names_it_depends_on() -> None:
    rule = condition("unused > 0 and ensured.regular is no or not groups has other")
    assert rule.names == {"unused", "ensured.regular", "groups"}
    assert condition("1 < 2").names == frozenset()


def test_a_rule_may_be_broken_over_lines_and_is_kept_on_one() -> None:
    assert condition("  unused > 0\n\tand\xa0received > 0 ").text == "unused > 0 and received > 0"


def test_is_not_is_the_opposite_of_is() -> None:
    assert tree("targeted is not no") == tree("not targeted is no") == Not(Is("targeted", ("no",)))


def test_in_with_one_option_is_the_same_as_is() -> None:
    assert tree("targeted in (no)") == tree("targeted is no")


def test_not_binds_tighter_than_and_and_and_tighter_than_or() -> None:
    assert tree("not unused > 0 and groups has first or codes has ZV509") == tree(
        "((not (unused > 0)) and groups has first) or codes has ZV509"
    )


def test_a_minus_before_a_number_belongs_to_it_and_between_numbers_subtracts() -> None:
    unused, five = Named("unused"), Constant(Fraction(5))
    assert tree("unused -5 - -5 > -0.5") == Compared(
        Calculated(Calculated(unused, "-", five), "-", Constant(Fraction(-5))), ">", Constant(Fraction(-1, 2))
    )


def test_words_that_begin_like_words_of_the_language_are_names() -> None:
    scope = {"notes": Name("notes", Kind.CHOICE, "Noter"), "island": Name("island", Kind.CHOICES, "Öar")}
    rule = read_rule("notes is inside and island has order", scope, expects="condition", where=WHERE)
    assert rule.tree == And((Is("notes", ("inside",)), Has("island", "order")))


def test_an_open_code_may_be_any_word_or_digits() -> None:
    assert tree("codes has 0180") == Has("codes", "0180")


@given(conditions())
def test_a_condition_that_is_written_and_read_again_is_the_same(made_up: Condition) -> None:
    assert read_rule(written(made_up), RANDOM_SCOPE, expects="condition", where=WHERE).tree == made_up


@given(numbers())
def test_a_number_that_is_written_and_read_again_is_the_same(made_up: Number) -> None:
    assert read_rule(written(made_up), RANDOM_SCOPE, expects="number", where=WHERE).tree == made_up


FAULTS = [
    ("unusd > 0", "den beror på ”unusd”, som inte är någon fråga.", "Menade du ”unused”?"),
    ("banana > 0", "den beror på ”banana”, som inte är någon fråga.", "Skriv namnet på en fråga."),
    ("ensured.regulr is no", "den beror på ”ensured.regulr”, som inte är någon fråga.", "Menade du ”ensured.regular”?"),
    (
        "targeted in (partly, non)",
        "”non” är inget av alternativen i ”targeted”.",
        "Menade du ”no”? Välj bland: completely, partly, no.",
    ),
    ("groups has nobody", "”nobody” är inget av alternativen i ”groups”.", "Välj bland: first, other."),
    ("unused is 0", "”unused” är ett tal och kan inte jämföras med is eller in.", "med = <> < <= > eller >=."),
    ("targeted = no", "”targeted” är ett enkelval och kan inte användas som ett tal.", "med is eller in."),
    ("targeted has no", "”targeted” är ett enkelval och kan inte jämföras med has.", "med is eller in."),
    ("groups is other", "”groups” är ett flerval och kan inte jämföras med is eller in.", "räkna valen med count."),
    ("groups > 1", "”groups” är ett flerval och kan inte användas som ett tal.", "räkna valen med count."),
    ("count(targeted) = 1", "”targeted” är ett enkelval och kan inte räknas med count.", "med is eller in."),
    ("comment + 1 > 2", "”comment” är fritext och kan inte användas som ett tal.", "bara bero på tal och val."),
    ("comment is fine", "”comment” är fritext och kan inte jämföras med is eller in.", "bara bero på tal och val."),
    ("round(unused, 12) > 0", "den avrundar till 12 decimaler.", "Skriv högst 9."),
    ("unused", "regeln ”unused” är inget villkor.", "till exempel ”unused > 0”"),
    ("", "regeln ”” slutar för tidigt.", "Där väntas ett namn, ett tal, not eller en parentes."),
    ("unused >", "regeln ”unused >” slutar för tidigt.", "Där väntas ett namn, ett tal eller en parentes."),
    ("(unused > 0", "regeln ”(unused > 0” slutar för tidigt.", "Där väntas en slutparentes."),
    ("unused == 0", "går inte att läsa vid tecken 9, ”=”.", "Där väntas ett namn, ett tal eller en parentes."),
    ("unused ! 0", "går inte att läsa vid tecken 8, ”!”.", "jämför med = <> < <= > >=, is, in eller has."),
    ("målgrupp has other", "går inte att läsa vid tecken 2, ”å”.", "Skriv namn med a–z, siffror och _"),
    ("unused 0", "vid tecken 8, ”0”.", "Där väntas en jämförelse (= <> < <= > >=), is, in, has, ett räknetecken"),
    ("unused > 0 received", "vid tecken 12, ”received”.", "ett räknetecken (+ - * /), and, or eller inget mer."),
    ("targeted in (no partly)", "vid tecken 17, ”partly”.", "Där väntas ett kommatecken eller en slutparentes."),
    ("unused > 0 and " * 40, "regeln är 599 tecken lång.", "Skriv den med högst 500 tecken."),
]


@pytest.mark.parametrize(("text", "why", "remedy"), FAULTS, ids=[text[:30] for text, _, _ in FAULTS])
def test_what_is_wrong_is_told_with_where_why_and_what_to_write(text: str, why: str, remedy: str) -> None:
    with pytest.raises(Fault) as caught:
        condition(text)
    assert caught.value.where == WHERE
    assert why in caught.value.why
    assert remedy in caught.value.remedy


def test_a_condition_is_refused_where_a_number_is_wanted() -> None:
    with pytest.raises(Fault, match="är ett villkor, inget tal"):
        read_rule("unused > 0", SCOPE, expects="number", where=WHERE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("unused / received > 2", "en kolumnregel får inte dela eller avrunda, som i ”unused / received”."),
        ("round(unused * 2, 1) > 2", "en kolumnregel får inte dela eller avrunda, som i ”round(unused * 2, 1)”."),
        ("unused > 2.5", "en kolumnregel räknar inte med ”2.5”."),
        ("unused > -1234567890123456", "en kolumnregel räknar inte med ”-1234567890123456”."),
        ("unusd > 0", "den beror på ”unusd”, som inte är någon kolumn."),
    ],
)
def test_a_rule_for_columns_is_refused_what_engines_do_not_compute_exactly(text: str, why: str) -> None:
    with pytest.raises(Fault) as caught:
        condition(text, for_columns=True)
    assert caught.value.why == why


@pytest.mark.parametrize("text", ["a+" * 240 + "a > 0", "not " * 120 + "a > 0", "(" * 240 + "a > 0" + ")" * 240])
def test_a_rule_as_deep_as_a_line_allows_is_still_understood(text: str) -> None:
    scope = {"a": Name("a", Kind.NUMBER, "Antal")}
    rule = read_rule(text, scope, expects="condition", where=WHERE)
    assert rule.holds({"a": 1}) is True
    assert rule.sentence().startswith("”Antal” ")
    assert written(rule.tree).endswith("a > 0")


def test_the_words_load_without_the_parser_which_takes_longer_than_most_commands() -> None:
    program = "import sys, statsbidrag.terms.language; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
