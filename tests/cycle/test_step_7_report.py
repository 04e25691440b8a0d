"""Step 7: one pass over the 2025 report settles what shows, is required, is computed and is asked about."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from report_answers import (
    BY_MUNICIPALITY,
    BY_REGION,
    MUNICIPALITY,
    REGION,
    SIGNATURE,
    Answers,
    answers,
    report_form,
)

from statsbidrag.cycle.form_checks import Level
from statsbidrag.cycle.step_7_reasons import why, why_fired
from statsbidrag.cycle.step_7_report import Outcome, work_through
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

FORM = report_form()


def outcome(background: Answers | None = None, **given: object) -> Outcome:
    """What the region's complete answers come to when some are given otherwise; ``__`` stands for a dot."""
    changed = {id.replace("__", "."): answer for id, answer in given.items()}
    return work_through(FORM, {**REGION, **(background or {})}, {**BY_REGION, **SIGNATURE, **changed})


def by_municipality(background: Answers | None = None, **given: object) -> Outcome:
    changed = {id.replace("__", "."): answer for id, answer in given.items()}
    return work_through(FORM, {**MUNICIPALITY, **(background or {})}, {**BY_MUNICIPALITY, **SIGNATURE, **changed})


def test_complete_answers_leave_nothing_missing_wrong_or_remarked() -> None:
    for complete in (outcome(), by_municipality()):
        assert not complete.missing
        assert not complete.mistakes
        assert not complete.checks


def test_an_untouched_form_shows_what_is_unconditional_and_claims_nothing() -> None:
    """The source's form shows used 0 before anyone has answered, which would make all of it unused."""
    empty = work_through(FORM, {}, {})
    assert not empty.values
    assert not empty.checks
    assert len(empty.shows) == 57 - 10
    assert len(empty.missing) == 57 - 10 - 5 - 4


@pytest.mark.shows("rap-34", "rap-35")
def test_amounts_and_name_come_locked_from_the_decision() -> None:
    values = outcome().values
    assert (values["granted"], values["reallocated"]) == (1_000_000, 50_000)
    assert (values["recipient"], values["organisation_number"]) == ("Exempelregionen", "232100-0016")


def test_the_name_in_the_decision_cannot_be_changed() -> None:
    assert set(outcome(recipient="Annan region", organisation_number="2321000016").mistakes) == {"recipient"}


@pytest.mark.shows("rap-36", "rap-38", "rap-40", "sfs-31", "anv-38")
def test_received_and_unused_are_computed() -> None:
    values = outcome(used="1 000 000 kr").values
    assert values["received"] == values["summary_received"] == 1_050_000
    assert values["summary_used"] == 1_000_000
    assert values["unused"] == 50_000


@pytest.mark.shows("rap-41")
@pytest.mark.parametrize(("used", "percent"), [(1_000_000, Fraction(48, 10)), (1_050_000, 0), (1_049_999, 0), (0, 100)])
def test_the_unused_share_has_one_decimal(used: int, percent: Fraction) -> None:
    assert outcome(used=used).values["unused_percent"] == percent


def test_the_unused_share_of_nothing_is_unknown() -> None:
    nothing = outcome({"granted_by_decision": 0, "reallocated_by_decision": 0}, used=0)
    assert nothing.values["unused"] == 0
    assert "unused_percent" not in nothing.values
    assert "unused_percent" in nothing.shows


@pytest.mark.shows("rap-42", "rap-43")
def test_one_krona_unused_asks_why_though_it_is_no_per_cent() -> None:
    assert "why_unused" not in outcome(used=1_050_000).shows
    one_krona = outcome(used=1_049_999)
    assert one_krona.values["unused_percent"] == 0
    assert "why_unused" in one_krona.missing


@pytest.mark.shows("rap-55", "rap-56", "rap-57")
def test_a_municipality_is_asked_about_the_region_and_a_region_about_municipalities() -> None:
    assert "region_collaboration" in by_municipality().shows
    assert "municipality_collaboration" not in by_municipality().shows
    assert "region_collaboration" not in outcome().shows
    assert "municipality_collaboration" in outcome().shows
    assert not {"region_collaboration", "municipality_collaboration"} & set(outcome({"recipient_kind": None}).shows)


@pytest.mark.shows("rap-64", "rap-65")
@pytest.mark.parametrize(("targeted", "asked"), [("wholly", False), ("partly", True), ("no", True), (None, False)])
def test_who_did_not_target_wholly_is_asked_why(targeted: str | None, asked: bool) -> None:
    assert ("why_not_targeted" in outcome(targeted=targeted).missing) is asked


@pytest.mark.shows("rap-68", "rap-70", "rap-71", "rap-73", "rap-74")
def test_target_groups_are_asked_in_two_steps() -> None:
    assert "target_groups" not in outcome(prioritised="no").shows
    assert "other_target_groups" not in outcome().shows
    assert "other_target_groups" in outcome(target_groups=["other"]).missing
    assert "other_target_groups" not in outcome(prioritised="no", target_groups=["other"]).shows


@pytest.mark.shows("rap-75", "rap-76")
def test_the_number_of_visits_belongs_to_an_established_model() -> None:
    assert "model_visits" in outcome(model_visits=None).missing
    assert "model_visits" not in outcome(established_model="no").shows


@pytest.mark.shows("rap-77", "rap-78", "rap-79", "rap-80", "rap-81")
@pytest.mark.parametrize("row", ["regular", "two_persons", "adapted"])
def test_each_no_in_the_matrix_asks_its_own_why(row: str) -> None:
    reasons = {"why_not_regular", "why_not_two_persons", "why_not_adapted"}
    assert reasons & set(outcome(**{f"ensured__{row}": "no"}).missing) == {f"why_not_{row}"}


@pytest.mark.shows("rap-42", "rap-57")
def test_a_chosen_option_asks_for_its_own_text_or_number() -> None:
    partly = outcome(used=1, why_unused=["time", "other"], **{"why_unused__time": "Sen start"})
    assert partly.values["why_unused.time"] == "Sen start"
    assert partly.missing == ("why_unused.other",)
    assert "why_unused.staff" not in partly.shows
    assert outcome(municipality_collaboration__yes=None).missing == ("municipality_collaboration.yes",)


@pytest.mark.shows("rap-92", "rap-93")
def test_the_approval_must_be_ticked() -> None:
    assert "certified" in outcome(certified=False).missing


@pytest.mark.shows("adm-22")
def test_who_has_used_nothing_answers_only_why_and_signs() -> None:
    """Our own proposal: the source requires an effort even of who has made none."""
    kept = {id: BY_REGION[id] for id in BY_REGION if id.startswith(("contact", "invoice"))}
    nothing = work_through(FORM, {**REGION, "nothing_used": "yes"}, {**kept, **SIGNATURE, "used": 0})
    assert nothing.missing == ("why_unused",)
    pages = {
        page.id for page in FORM.pages for each in page.questions for field in each.fields if field.id in nothing.shows
    }
    assert pages == {"contact", "invoice", "amounts", "economy", "views", "approval"}
    assert [check.id for check in nothing.checks] == ["unused_to_repay"]


CHECKS: list[tuple[str, Level, Answers, Answers]] = [
    ("used_within_received", "error", {"used": 1_050_001}, {"used": 1_050_000}),
    ("families_within_visits", "error", {"families": 91}, {"families": 90}),
    ("families_visited", "error", {"families": 0}, {"families": 0, "visits_done": 0}),
    ("granted_as_decided", "error", {"granted": 999_999}, {"granted": "1 000 000 kr"}),
    ("reallocated_as_decided", "error", {"reallocated": 0}, {"reallocated": 50_000}),
    (
        "municipalities_within_county",
        "error",
        {"municipality_collaboration.yes": 13},
        {"municipality_collaboration.yes": 12},
    ),
    ("nothing_used_is_zero", "error", {"nothing_used": "yes", "used": 1}, {"nothing_used": "yes", "used": 0}),
    ("more_visits_than_planned", "warning", {"visits_done": 101}, {"visits_done": 100}),
    ("under_half_of_planned", "warning", {"visits_done": 49}, {"visits_done": 50}),
    ("delivery_without_visits", "warning", {"visits_done": 0}, {"visits_done": 0, "efforts_financed": ["training"]}),
    ("visits_without_delivery", "warning", {"efforts_financed": ["training"]}, {"efforts_financed": ["delivery"]}),
    ("zero_used", "warning", {"used": 0}, {"used": 0, "nothing_used": "yes"}),
    ("model_not_extended", "warning", {"model_visits": 2}, {"model_visits": 3}),
    ("more_visits_than_model", "warning", {"model_visits": 3, "families": 29}, {"model_visits": 3, "families": 30}),
    (
        "nurse_without_region",
        "warning",
        {"recipient_kind": "municipality", "region_collaboration": "no"},
        {"recipient_kind": "municipality", "region_collaboration": "no", "ensured.two_persons": "no"},
    ),
    (
        "social_services_without_municipality",
        "warning",
        {"municipality_collaboration": "no"},
        {"municipality_collaboration": "no", "ensured.two_persons": "no"},
    ),
    ("visits_without_clinic", "warning", {"clinics": 0}, {"clinics": 1}),
    (
        "results_without_follow_up",
        "warning",
        {"followed_up": ["not_followed_up"]},
        {"followed_up": ["not_followed_up"], "results_seen": ["none_yet"]},
    ),
    ("only_before_birth", "warning", {"ages": ["before_birth"]}, {"ages": ["before_birth", "age_0"]}),
    ("not_targeted", "flag", {"targeted": "no"}, {"targeted": "partly"}),
    (
        "without_region",
        "flag",
        {"recipient_kind": "municipality", "region_collaboration": "no"},
        {"recipient_kind": "municipality", "region_collaboration": "yes"},
    ),
    ("without_municipality", "flag", {"municipality_collaboration": "no"}, {"municipality_collaboration": "yes"}),
    ("nobody_prioritised", "flag", {"prioritised": "no"}, {"prioritised": "yes"}),
    ("not_regular_or_adapted", "flag", {"ensured.adapted": "no"}, {"ensured.adapted": "yes"}),
    ("not_by_two_persons", "flag", {"ensured.two_persons": "no"}, {"ensured.two_persons": "yes"}),
    ("unused_to_repay", "flag", {"used": 1_049_999}, {"used": 1_050_000}),
    ("high_cost_per_visit", "flag", {"visits_done": 52}, {"visits_done": 53}),
    ("all_used_few_visits", "flag", {"visits_done": 49}, {"visits_done": 49, "used": 1_049_999}),
]


def fired(given: Answers) -> dict[str, Level]:
    known = {field.id for field in FORM.background}
    background = {**REGION, **{id: answer for id, answer in given.items() if id in known}}
    answered = {**BY_REGION, **{id: answer for id, answer in given.items() if id not in known}}
    return {check.id: check.level for check in work_through(FORM, background, answered).checks}


def test_every_check_of_the_form_is_in_the_table_below_in_its_order() -> None:
    assert [(check.id, check.level) for check in FORM.checks] == [(id, level) for id, level, _, _ in CHECKS]


@pytest.mark.shows("rap-39", "rap-48", "sfs-32", "sfs-33", "anv-39", "anv-40")
@pytest.mark.parametrize(("id", "level", "fires", "rests"), CHECKS, ids=[check[0] for check in CHECKS])
def test_a_check_fires_where_what_it_requires_is_false_and_rests_otherwise(
    id: str, level: Level, fires: Answers, rests: Answers
) -> None:
    assert fired(fires).get(id) == level
    assert id not in fired(rests)


@pytest.mark.parametrize("id", [check.id for check in FORM.checks])
def test_no_check_fires_on_what_is_unknown(id: str) -> None:
    assert id not in {check.id for check in work_through(FORM, {}, {}).checks}


def test_measures_are_for_the_officer_and_no_answers() -> None:
    measured = outcome().measures
    assert measured == {
        "cost_per_visit": Fraction(1_050_000, 90),
        "visits_per_family": 3,
        "completion": 90,
    }
    assert not set(measured) & {*outcome().shows, *outcome().values}
    assert "cost_per_visit" not in outcome(visits_done=0).measures


def test_an_answer_that_cannot_stand_counts_as_unanswered_but_is_not_missing() -> None:
    wrong = outcome(used="mycket", contact_postcode="1", actors=["nobody_else", "preschool"])
    assert set(wrong.mistakes) == {"used", "contact_postcode", "actors"}
    assert not wrong.missing
    assert "unused" not in wrong.values


def test_a_background_value_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(Fault, match="”landsting” är inget av svarsalternativen."):
        outcome({"recipient_kind": "landsting"})


def test_the_same_answers_have_the_same_fingerprint_however_they_are_written() -> None:
    assert outcome().fingerprint == outcome(used=1_050_000, ages=["age_1", "age_0"]).fingerprint
    assert outcome().fingerprint != outcome(used=1_049_999).fingerprint
    assert outcome().fingerprint != outcome({"diary_number": "9.1-1/2025"}).fingerprint


def test_a_hidden_answer_leaves_no_trace_in_what_is_submitted() -> None:
    hidden = outcome(prioritised="no", target_groups=["other"], other_target_groups="Kvar i utkastet")
    never = outcome(prioritised="no", target_groups=None, other_target_groups=None)
    assert hidden.fingerprint == never.fingerprint


@settings(max_examples=60, deadline=None)
@given(given_answers=answers())
def test_a_hidden_answer_steers_nothing(given_answers: Answers) -> None:
    first = work_through(FORM, REGION, given_answers)
    visible = {id: answer for id, answer in given_answers.items() if id in first.shows}
    again = work_through(FORM, REGION, visible)
    assert again.fingerprint == first.fingerprint
    assert (again.shows, again.missing, again.checks) == (first.shows, first.missing, first.checks)
    assert set(first.values) <= set(first.shows)
    assert set(first.missing) <= set(first.shows)
    assert not set(first.missing) & {*first.values, *first.mistakes}


def test_a_computed_value_says_what_it_was_computed_from() -> None:
    reason = why(outcome(used=1_000_000), "unused")
    assert reason.value == 50_000
    assert reason.cites == "rap-38"
    assert [step.says for _, step in reason.walk()][1:] == [
        "Räknas ut som ”Totalt mottaget statsbidrag” minus ”Använt belopp”",
        f"”Totalt mottaget statsbidrag” är {in_words(1_050_000)}",
        f"”Använt belopp” är {in_words(1_000_000)}",
    ]


def test_a_hidden_question_says_what_its_condition_is_and_what_it_met() -> None:
    said = [step.says for _, step in why(outcome(prioritised="no"), "target_groups").walk()]
    assert said[0].endswith("visas inte")
    assert any(says.startswith("Frågan visas när svaret på ”Har ni prioriterat") for says in said)
    assert any("är Nej, vi har erbjudit" in says for says in said)
    asked = [step.says for _, step in why(outcome(), "why_unused.time").walk()]
    assert "Visas när ”Tidsbrist, beskriv på vilket sätt” är valt" in asked


def test_a_check_says_what_it_fell_on() -> None:
    high = outcome(visits_done=52)
    [check] = [check for check in high.checks if check.id == "high_cost_per_visit"]
    reason = why_fired(high, check)
    assert reason.assumption
    assert any(step.says.startswith("”Kostnad per genomfört hembesök” är 20") for _, step in reason.walk())


def test_an_unknown_field_is_refused_with_a_suggestion() -> None:
    with pytest.raises(Fault, match="Menade du ”unused”?"):
        why(outcome(), "unusd")
