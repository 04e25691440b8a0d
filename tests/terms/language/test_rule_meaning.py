from fractions import Fraction

import pytest
from hypothesis import given
from random_rules import answers, conditions

from statsbidrag.terms.language import Answer, Kind, Name, Rule, read_rule
from statsbidrag.terms.language.evaluation import truth
from statsbidrag.terms.language.tree import And, Condition, Not, Or

YES_NO = ("yes", "no")
NUMBERS = (
    "granted",
    "decided_granted",
    "reallocated",
    "received",
    "used",
    "unused",
    "visits_planned",
    "visits_done",
    "families",
    "model_visits",
    "cooperates_municipalities.yes",
    "county_municipalities",
)
CHOICE = {
    "recipient_kind": ("region", "municipality"),
    "cooperates_region": YES_NO,
    "targeted": ("completely", "partly", "no"),
    "prioritised": YES_NO,
    "model": YES_NO,
    "ensured.regular": YES_NO,
    "ensured.adapted": YES_NO,
}
CHOICES = {
    "efforts": ("visits", "training", "other"),
    "ages": ("age_0", "age_1", "before_birth"),
    "target_groups": ("first_child", "language", "other"),
    "results": ("trust", "none"),
}
FORM = {
    **{id: Name(id, Kind.NUMBER, id) for id in NUMBERS},
    **{id: Name(id, Kind.CHOICE, id, dict.fromkeys(options, "…")) for id, options in CHOICE.items()},
    **{id: Name(id, Kind.CHOICES, id, dict.fromkeys(options, "…")) for id, options in CHOICES.items()},
}


def condition(text: str) -> Rule:
    return read_rule(text, FORM, expects="condition", where="rules/forms/report-2025.toml")


def number(text: str) -> Rule:
    return read_rule(text, FORM, expects="number", where="rules/forms/report-2025.toml")


Answers = dict[str, Answer]


def chosen(*options: str) -> frozenset[str]:
    return frozenset(options)


# Each with answers for which it is true, and answers for which it is false.
CONDITIONS: list[tuple[str, Answers, Answers]] = [
    ("unused > 0", {"unused": 1}, {"unused": 0}),
    ("recipient_kind is municipality", {"recipient_kind": "municipality"}, {"recipient_kind": "region"}),
    ("targeted in (partly, no)", {"targeted": "no"}, {"targeted": "completely"}),
    ("prioritised is yes", {"prioritised": "yes"}, {"prioritised": "no"}),
    ("target_groups has other", {"target_groups": chosen("other")}, {"target_groups": chosen("language")}),
    ("model is yes", {"model": "yes"}, {"model": "no"}),
    ("ensured.regular is no", {"ensured.regular": "no"}, {"ensured.regular": "yes"}),
]
CHECKS: list[tuple[str, Answers, Answers]] = [
    ("used <= received", {"used": 5, "received": 5}, {"used": 6, "received": 5}),
    ("families <= visits_done", {"families": 4, "visits_done": 4}, {"families": 5, "visits_done": 4}),
    ("families >= 1 or visits_done = 0", {"families": 0, "visits_done": 0}, {"families": 0, "visits_done": 1}),
    ("granted = decided_granted", {"granted": 7, "decided_granted": 7}, {"granted": 7, "decided_granted": 8}),
    (
        "cooperates_municipalities.yes <= county_municipalities",
        {"cooperates_municipalities.yes": 12, "county_municipalities": 12},
        {"cooperates_municipalities.yes": 13, "county_municipalities": 12},
    ),
    (
        "visits_done * 2 >= visits_planned",
        {"visits_done": 1, "visits_planned": 2},
        {"visits_done": 1, "visits_planned": 3},
    ),
    ("efforts has visits", {"efforts": chosen("visits")}, {"efforts": chosen("training")}),
    ("model_visits > 2", {"model_visits": 3}, {"model_visits": 2}),
    (
        "visits_done <= families * model_visits",
        {"visits_done": 12, "families": 2, "model_visits": 6},
        {"visits_done": 13, "families": 2, "model_visits": 6},
    ),
    ("cooperates_region is not no", {"cooperates_region": "yes"}, {"cooperates_region": "no"}),
    ("not results has none", {"results": chosen("trust")}, {"results": chosen("none")}),
    (
        "not (ages has before_birth and count(ages) = 1)",
        {"ages": chosen("before_birth", "age_0")},
        {"ages": chosen("before_birth")},
    ),
    (
        "ensured.regular is yes and ensured.adapted is yes",
        {"ensured.regular": "yes", "ensured.adapted": "yes"},
        {"ensured.regular": "yes", "ensured.adapted": "no"},
    ),
    ("unused <= 0", {"unused": 0}, {"unused": 1}),
    ("used / visits_done <= 20000", {"used": 60_000, "visits_done": 3}, {"used": 60_001, "visits_done": 3}),
    (
        "unused <> 0 or visits_done * 2 >= visits_planned",
        {"unused": 0, "visits_done": 5, "visits_planned": 10},
        {"unused": 0, "visits_done": 4, "visits_planned": 10},
    ),
]


@pytest.mark.parametrize(("text", "true", "false"), CONDITIONS + CHECKS, ids=[text for text, *_ in CONDITIONS + CHECKS])
def test_the_reports_conditions_and_checks_can_be_said_and_mean_what_they_say(
    text: str, true: Answers, false: Answers
) -> None:
    rule = condition(text)
    assert rule.holds(true) is True
    assert rule.holds(false) is False
    assert rule.holds({}) is None


def test_amounts_are_computed_exactly_and_an_untouched_form_has_no_unused_money() -> None:
    unused = number("granted + reallocated - used")
    assert unused.number({"granted": 16_259_682, "reallocated": 0, "used": 16_259_681}) == 1
    assert unused.number({"granted": 16_259_682, "reallocated": 0}) is None


def test_one_krona_of_a_million_is_nought_per_cent_and_yet_asks_for_the_reason() -> None:
    answers: Answers = {"received": 1_000_000, "unused": 1}
    assert number("round(unused / received * 100, 1)").number(answers) == 0
    assert condition("unused > 0").holds(answers) is True


@pytest.mark.parametrize(
    ("unused", "received", "per_cent"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (5, 10_000, "0.1"), (-5, 10_000, "-0.1"), (1, 8, "12.5"), (45, 10_000, "0.5")],
)
def test_rounding_is_half_away_from_zero(unused: int, received: int, per_cent: str) -> None:
    rule = number("round(unused / received * 100, 1)")
    assert rule.number({"unused": unused, "received": received}) == Fraction(per_cent)


def test_a_share_is_exact_until_it_is_rounded() -> None:
    assert number("unused / 3 + unused / 3 + unused / 3").number({"unused": 1}) == 1
    assert number("round(unused / 3, 0) * 3").number({"unused": 1}) == 0
    assert condition("unused * 0.1 = 0.3").holds({"unused": 3}) is True


def test_a_computed_answer_may_be_a_fraction() -> None:
    assert condition("unused < 0.5").holds({"unused": Fraction(1, 3)}) is True


def test_division_by_zero_is_unknown() -> None:
    assert number("used / visits_done").number({"used": 5, "visits_done": 0}) is None
    assert condition("used / visits_done <= 20000").holds({"used": 5, "visits_done": 0}) is None
    assert number("used / (unused - unused)").number({"used": 5, "unused": 5}) is None


def test_what_is_hidden_left_out_or_none_is_unknown() -> None:
    for known in ({}, {"targeted": None}, {"unused": 3}):
        assert condition("targeted is no").holds(known) is None
        assert condition("targeted is not no").holds(known) is None


def test_an_empty_multiple_choice_is_unanswered() -> None:
    assert condition("efforts has visits").holds({"efforts": frozenset()}) is None
    assert number("count(efforts)").number({"efforts": frozenset()}) is None
    assert number("count(efforts)").number({"efforts": chosen("visits", "other")}) == 2


def test_nought_is_an_answer() -> None:
    assert condition("visits_done = 0").holds({"visits_done": 0}) is True


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, None, None, None),
    ],
)
def test_and_or_and_not_are_kleenes(
    left: bool | None, right: bool | None, both: bool | None, either: bool | None
) -> None:
    said = {True: "yes", False: "no", None: None}
    for first, second in ((left, right), (right, left)):
        answers: Answers = {"model": said[first], "prioritised": said[second]}
        assert condition("model is yes and prioritised is yes").holds(answers) is both
        assert condition("model is yes or prioritised is yes").holds(answers) is either
    assert condition("not model is yes").holds({"model": said[left]}) is (None if left is None else not left)


@given(conditions(), conditions(), answers())
def test_and_or_and_not_keep_kleenes_laws(a: Condition, b: Condition, known: Answers) -> None:
    def same(one: Condition, other: Condition) -> bool:
        return truth(one)(known) is truth(other)(known)

    assert same(Not(Not(a)), a)
    assert same(And((a, b)), And((b, a)))
    assert same(Not(And((a, b))), Or((Not(a), Not(b))))
    assert same(Not(Or((a, b))), And((Not(a), Not(b))))
    assert same(And((a, Or((a, b)))), a)
    assert same(Or((a, a)), a)


@given(conditions(), answers(), answers())
def test_what_is_known_stays_as_it_is_when_more_is_answered(rule: Condition, known: Answers, more: Answers) -> None:
    before = truth(rule)(known)
    after = truth(rule)({id: more[id] if known[id] in (None, frozenset()) else known[id] for id in known})
    assert before is None or after is before


@given(conditions(), answers())
def test_a_hidden_answer_is_the_same_as_none(rule: Condition, known: Answers) -> None:
    shown = {id: answer for id, answer in known.items() if answer not in (None, frozenset())}
    assert truth(rule)(shown) is truth(rule)(known)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("unused > 0", {"unused": "3"}),
        ("unused > 0", {"unused": True}),
        ("model is yes", {"model": 1}),
        ("efforts has visits", {"efforts": "visits"}),
    ],
)
def test_answers_of_the_wrong_kind_are_never_taken_for_another(text: str, answers: Answers) -> None:
    with pytest.raises(TypeError, match="is not the kind of answer"):
        condition(text).holds(answers)


def test_a_number_neither_holds_nor_fails_and_a_condition_comes_to_no_number() -> None:
    with pytest.raises(TypeError, match="is a number"):
        number("unused + 1").holds({})
    with pytest.raises(TypeError, match="is a condition"):
        condition("unused > 0").number({})
