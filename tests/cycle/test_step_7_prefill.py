"""Step 7: what is already known is filled in, with its source; a changed value keeps both and says why."""

from datetime import UTC, datetime

import pytest
from report_answers import BY_REGION, REGION, SIGNATURE, report_form

from statsbidrag.cycle.form import Source
from statsbidrag.cycle.step_7_prefill import Found, changes, first_draft, prefill, to_explain, unexplained
from statsbidrag.cycle.step_7_report import ReportRules, work_through
from statsbidrag.cycle.step_7_submission import begin, certify, lock, submit, write
from statsbidrag.cycle.step_7_versions import Certificate
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.faults import Fault, Faults

FORM = report_form()
RULES = read_table(ReportRules, read_toml(SHIPPED / "rounds" / "2025.toml")["report"], "2025.toml, [report]")
NOW = datetime(2026, 2, 1, 8, tzinfo=UTC)
SOURCES: dict[Source, dict[str, Found]] = {
    "ledger": {"used": Found(1_040_000, 312), "efforts_financed": Found(["delivery"], 312)},
    "visits": {
        "visits_done": Found(90, 90),
        "families": Found(30, 90),
        "ages": Found(["age_0", "age_1"], 90),
        "ensured.two_persons": Found("yes", 86),
    },
    "last_report": {"contact_town": Found("Exempelstad"), "used": Found(7)},
    "decision": {"granted": Found(1)},
}


def test_each_field_is_filled_from_its_own_source_with_query_time_and_count() -> None:
    filled = prefill(FORM, SOURCES, at=NOW)
    assert set(filled) == {
        "used",
        "efforts_financed",
        "visits_done",
        "families",
        "ages",
        "ensured.two_persons",
        "contact_town",
    }
    used = filled["used"]
    assert (used.answer, used.source, used.count, used.at) == (1_040_000, "ledger", 312, NOW)
    assert used.query == "Bokfört på bidragets kod 1 januari–31 december 2025"


def test_a_suggestion_waits_for_a_person() -> None:
    draft = first_draft(prefill(FORM, SOURCES, at=NOW))
    assert draft["visits_done"] == 90
    assert "ensured.two_persons" not in draft
    assert "efforts_financed" not in draft


def test_a_source_cannot_give_what_the_field_cannot_hold() -> None:
    with pytest.raises(Fault, match="än formuläret tillåter"):
        prefill(FORM, {"visits": {"visits_done": Found(-1)}}, at=NOW)


def test_a_changed_value_keeps_both_and_asks_why_where_it_came_from_books_or_visits() -> None:
    filled = prefill(FORM, SOURCES, at=NOW)
    outcome = work_through(FORM, REGION, {**BY_REGION, "visits_done": 88, "contact_town": "Nystad", "used": 1_040_000})
    assert [(each.was.field, each.was.answer, each.now, each.needs_reason) for each in changes(filled, outcome)] == [
        ("contact_town", "Exempelstad", "Nystad", False),
        ("visits_done", 90, 88, True),
    ]


def test_a_reason_is_asked_for_once_the_answer_can_be_read_and_blanks_are_none() -> None:
    filled = prefill(FORM, SOURCES, at=NOW)
    answers = {**BY_REGION, "used": "mycket", "visits_done": 88, "families": ""}
    outcome = work_through(FORM, REGION, answers)
    assert [each.was.field for each in to_explain(filled, outcome)] == ["visits_done"]
    assert unexplained(filled, outcome, {"visits_done": " "}) == to_explain(filled, outcome)
    assert unexplained(filled, outcome, {"visits_done": "Två besök saknas."}) == ()


def test_a_change_without_a_reason_is_not_locked_and_with_one_it_is_kept_with_the_version() -> None:
    report = write(begin(prefill(FORM, SOURCES, at=NOW)), {**BY_REGION, "used": 1_050_000})
    with pytest.raises(Faults, match="Använt belopp: Svaret skiljer sig från det som var ifyllt. Skriv varför"):
        lock(report, RULES, FORM, REGION)
    explained = write(report, {}, reasons={"used": "En faktura bokfördes efter årsskiftet."})
    signed = certify(lock(explained, RULES, FORM, REGION), SIGNATURE, Certificate("signatory", "E.E.", "4.2", NOW))
    standing = submit(signed, RULES, at=NOW).standing
    assert standing
    assert standing.prefilled["used"].answer == 1_040_000
    assert standing.outcome.values["used"] == 1_050_000
    assert standing.reasons == {"used": "En faktura bokfördes efter årsskiftet."}
