"""The forms that are shipped: they say what their sources say, and every departure is listed."""

import pytest
from report_answers import report_form

from statsbidrag.cycle.form import Field
from statsbidrag.rulebook.form_words import words_of
from statsbidrag.rulebook.forms import read_form
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.tables import read_library
from statsbidrag.terms.language import shown_when

FORM = report_form()
LIBRARY = read_library(SHIPPED / "sources.toml", SHIPPED / "statements.csv")
PAGES = {page.id: page for page in FORM.pages}
QUESTIONS = {question.id: question for question in FORM.questions}


def fields_of(question: str) -> tuple[Field, ...]:
    return QUESTIONS[question].fields


def options_of(question: str) -> list[str]:
    return [option.text for option in fields_of(question)[0].options]


@pytest.mark.shows("rap-36", "rap-38", "rap-40", "rap-41")
def test_the_report_has_57_fields_of_which_five_are_computed() -> None:
    fields = list(FORM.fields)
    assert len(fields) == 57
    assert [field.id for field in fields if field.computes] == [
        "received",
        "summary_received",
        "summary_used",
        "unused",
        "unused_percent",
    ]


def test_four_fields_are_optional() -> None:
    optional = [field.id for field in FORM.fields if not field.required and not field.computes]
    assert optional == ["invoice_electronic_address", "economy_comment", "views_on_grant", "support_wanted"]


@pytest.mark.shows("rap-30", "rap-32", "rap-33", "rap-93")
@pytest.mark.parametrize(
    ("question", "fields", "required"), [("contact_details", 9, 9), ("invoice_details", 6, 5), ("signatory", 4, 4)]
)
def test_a_star_at_a_group_makes_all_of_it_required(question: str, fields: int, required: int) -> None:
    assert len(fields_of(question)) == fields
    assert sum(field.required for field in fields_of(question)) == required


@pytest.mark.shows("rap-34", "rap-35", "rap-37", "rap-52", "rap-53", "rap-54", "rap-58", "rap-76")
def test_amounts_and_counts_are_whole_numbers_and_required() -> None:
    kinds = {field.id: field.kind for field in FORM.fields if field.kind in ("kronor", "whole_number")}
    assert kinds == {
        **dict.fromkeys(("granted", "reallocated", "used"), "kronor"),
        **dict.fromkeys(("visits_planned", "visits_done", "families", "clinics", "model_visits"), "whole_number"),
    }
    assert all(FORM.field(id).required for id in kinds)


@pytest.mark.shows(
    "rap-42", "rap-49", "rap-50", "rap-55", "rap-57", "rap-59", "rap-60", "rap-63", "rap-66", "rap-68", "rap-70"
)
@pytest.mark.shows("rap-72", "rap-75", "rap-82", "rap-83", "rap-84", "rap-85", "rap-86")
@pytest.mark.parametrize(
    ("question", "kind", "count", "last"),
    [
        ("why_unused", "choices", 3, "Annan orsak, beskriv vad:"),
        ("efforts_financed", "choices", 9, "Andra insatser, nämligen:"),
        ("region_collaboration", "choice", 2, "Nej"),
        ("municipality_collaboration", "choice", 2, "Nej"),
        ("actors", "choices", 9, "Vi har inte samverkat med någon annan aktör"),
        ("targeted", "choice", 3, "Nej"),
        ("ages", "choices", 7, "Vi erbjuder besök även innan barnet är fött i samarbete med mödrahälsovården"),
        ("target_groups", "choices", 7, "Annan målgrupp"),
        ("established_model", "choice", 2, "Nej"),
        ("followed_up", "choices", 9, "Vi har inte följt upp resultaten"),
        ("results_seen", "choices", 12, "Vi kan inte se några resultat ännu"),
        ("purpose_reached", "choice", 5, "I hög utsträckning"),
    ],
)
def test_the_options_are_the_sources_own(question: str, kind: str, count: int, last: str) -> None:
    assert fields_of(question)[0].kind == kind
    assert len(options_of(question)) == count
    assert options_of(question)[-1] == last


@pytest.mark.shows("rap-68", "rap-69")
def test_the_no_to_priority_says_who_was_offered_the_programme_instead() -> None:
    assert options_of("prioritised")[1].startswith("Nej, vi har erbjudit alla familjer i ett visst område")
    assert "behov av förstärkt språkutveckling" in QUESTIONS["prioritised"].help


@pytest.mark.shows("rap-42", "rap-49", "rap-57", "rap-59", "rap-82", "rap-84")
def test_ten_options_ask_for_more_where_they_are_chosen() -> None:
    asked = [field for each in FORM.fields for field in each.inputs]
    assert len(asked) == 10
    assert [field.id for field in asked if field.kind == "whole_number"] == ["municipality_collaboration.yes"]


@pytest.mark.shows("rap-59", "rap-82", "rap-84")
def test_three_options_exclude_the_others() -> None:
    alone = [option.id for field in FORM.fields for option in field.options if option.exclusive]
    assert alone == ["nobody_else", "not_followed_up", "none_yet"]


@pytest.mark.shows("rap-77")
def test_the_matrix_is_three_fields_with_yes_or_no_each() -> None:
    rows = fields_of("ensured")
    assert [row.id for row in rows] == ["ensured.regular", "ensured.two_persons", "ensured.adapted"]
    assert all([option.text for option in row.options] == ["Ja", "Nej"] for row in rows)


@pytest.mark.shows("rap-44", "rap-45", "rap-64", "rap-74", "rap-79", "rap-80", "rap-81", "rap-89", "rap-91")
def test_two_long_texts_hold_1000_characters_and_six_hold_500() -> None:
    limits = {field.id: field.most for field in FORM.fields if field.kind == "long_text"}
    whys = ("why_not_targeted", "why_not_regular", "why_not_two_persons", "why_not_adapted")
    assert limits == {
        **dict.fromkeys(("economy_comment", "views_on_grant"), 1000),
        **dict.fromkeys((*whys, "other_target_groups", "support_wanted"), 500),
    }
    optional = {field for field in limits if not FORM.field(field).required}
    assert optional == {"economy_comment", "views_on_grant", "support_wanted"}
    assert "Du kan skriva max 1000 tecken. 1000 tecken kvar" in words_of(QUESTIONS["economy_comment"])


@pytest.mark.shows("rap-29", "rap-43", "rap-56", "rap-65", "rap-71", "rap-73", "rap-78")
def test_ten_questions_have_a_condition_told_in_swedish() -> None:
    prioritised = QUESTIONS["prioritised"].text.rstrip("?")
    groups = QUESTIONS["target_groups"].text.rstrip("?")
    row = "Visas när svaret på ”Har ni kunnat säkerställa att de utökade hembesöken…” – ”{}” är ”Nej”."
    rows = [field.text.removeprefix("… ") for field in fields_of("ensured")]
    assert {question.id: shown_when(question.shown) for question in FORM.questions if question.shown} == {
        "why_unused": "Visas när ”Oanvänt statsbidrag” är större än 0.",
        "region_collaboration": "Visas när svaret på ”Typ av bidragsmottagare” är ”Kommun”.",
        "municipality_collaboration": "Visas när svaret på ”Typ av bidragsmottagare” är ”Region”.",
        "why_not_targeted": "Visas när svaret på ”Har ni riktat era utökade hembesöksprogram till områden där "
        "utanförskapet är stort” är ”Ja, delvis” eller ”Nej”.",
        "target_groups": f"Visas när svaret på ”{prioritised}” är ”Ja”.",
        "other_target_groups": f"Visas när ”Annan målgrupp” är valt i ”{groups}”.",
        "model_visits": "Visas när svaret på ”Har ni arbetat utifrån någon etablerad hembesöksmodell” är ”Ja”.",
        "why_not_regular": row.format(rows[0]),
        "why_not_two_persons": row.format(rows[1]),
        "why_not_adapted": row.format(rows[2]),
    }


@pytest.mark.shows("rap-01", "rap-02", "rap-03", "rap-04", "rap-05", "rap-07", "rap-08", "rap-09", "rap-10")
@pytest.mark.shows("rap-11", "rap-13", "rap-14", "rap-15", "rap-16", "rap-17")
@pytest.mark.shows("rap-29", "rap-39", "rap-46", "rap-47", "rap-48", "rap-51", "rap-61", "rap-62", "rap-67", "rap-87")
@pytest.mark.shows("rap-88", "rap-90", "rap-92", "rap-95", "adm-19")
def test_every_statement_of_the_source_is_quoted_where_the_form_cites_it_or_listed_as_a_departure() -> None:
    """Reading the form refuses a misquote, so what is left to show is that nothing of the source is left out."""
    assert all(question.cites for question in FORM.questions)
    cited = {*FORM.cites} | {id for page in FORM.pages for id in page.cites}
    cited |= {id for question in FORM.questions for id in question.cites}
    assert {statement.id for statement in LIBRARY if statement.prefix == "rap"} <= cited


@pytest.mark.shows("rap-18", "rap-19", "rap-20", "rap-21", "rap-22", "rap-25", "rap-26", "rap-99", "adm-19")
@pytest.mark.parametrize("id", ["rap-18", "rap-19", "rap-20", "rap-21", "rap-22", "rap-25", "rap-26", "rap-99"])
def test_what_is_false_in_this_system_is_said_otherwise_and_listed_with_its_reason(id: str) -> None:
    quote = LIBRARY.statements[id].quote
    assert not any(quote in " ".join(page.intro) for page in FORM.pages)
    [departure] = [departure for departure in FORM.departures if id in departure.cites]
    assert quote in departure.original
    assert any(departure.shown in " ".join(page.intro) for page in FORM.pages)
    assert departure.why


@pytest.mark.shows("rap-21", "rap-22")
def test_the_last_page_repeats_the_same_corrections() -> None:
    last = " ".join(PAGES["submission"].intro)
    assert "Alla inskickade svar sparas och diarieförs" in last
    assert "Det nya svaret är förifyllt" in last


@pytest.mark.shows("adm-25")
def test_free_texts_ask_for_no_personal_data() -> None:
    assert FORM.free_text_note.value == "Skriv inga personuppgifter."


def test_forty_of_the_52_answers_can_be_had_from_elsewhere() -> None:
    prefilled = [field for field in FORM.fields if field.prefill]
    assert len(prefilled) == 40
    locked = [field.id for field in prefilled if field.prefill and field.prefill.level == "locked"]
    assert locked == ["recipient", "organisation_number", "granted", "reallocated"]


@pytest.mark.shows("ore-20", "ore-21", "ore-23", "ore-24", "ore-33", "ore-34", "ore-35", "ore-36", "ore-37", "ore-38")
@pytest.mark.shows("ore-39", "ore-40", "ore-41", "ore-42", "ore-43")
def test_the_plan_for_fixed_support_asks_the_routines_questions() -> None:
    form = read_form(SHIPPED / "forms" / "fixed-support-orebro.toml", LIBRARY)
    assert {field.id: field.kind for field in form.fields} == {
        "room_in_time": "long_text",
        "social_services": "long_text",
        "visits_planned": "whole_number",
        "scope": "choice",
        "visits_added": "choices",
        "families": "long_text",
        "start": "text",
        "travel": "long_text",
    }
    [added] = [question for question in form.questions if question.shown]
    assert added.shown
    assert shown_when(added.shown).endswith("är ”Delar av programmet”.")
    assert [option.text for option in added.fields[0].options] == [
        *(LIBRARY.statements[id].quote.removeprefix("• ") for id in ("ore-20", "ore-21", "ore-23", "ore-24")),
        "Andra hembesök, nämligen:",
    ]
    intro = " ".join(form.pages[0].intro)
    for id in ("ore-33", "ore-34", "ore-43"):
        assert LIBRARY.statements[id].quote in intro
    assert "skicka in en ansökan till Centrala barnhälsovårdsenheten" in " ".join(form.pages[0].intro)
