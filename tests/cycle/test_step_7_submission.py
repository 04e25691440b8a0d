"""Step 7: a draft is locked, certified and submitted; five submissions, every version kept, the last counts."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from report_answers import BY_REGION, REGION, SIGNATURE, Answers, answers, report_form

from statsbidrag.cycle.step_7_report import ReportRules, work_through
from statsbidrag.cycle.step_7_submission import (
    ask_for_completion,
    begin,
    certify,
    decline,
    lock,
    reopen,
    submit,
    write,
)
from statsbidrag.cycle.step_7_versions import Certificate, Report, State
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.faults import Fault, Faults

FORM = report_form()
RULES = read_table(ReportRules, read_toml(SHIPPED / "rounds" / "2025.toml")["report"], "2025.toml, [report]")
CERTIFICATE = Certificate("signatory", "Exempel Exempelsson", "punkt 4.2", datetime(2026, 2, 20, 9, tzinfo=UTC))
IN_TIME = datetime(2026, 3, 3, 22, 59, tzinfo=UTC)
LATE = datetime(2026, 3, 3, 23, 0, tzinfo=UTC)


def drafted(**given: object) -> Report:
    return write(begin({}), {**BY_REGION, **given})


def certified(report: Report) -> Report:
    return certify(lock(report, RULES, FORM, REGION), SIGNATURE, CERTIFICATE)


def submitted(report: Report, at: datetime = IN_TIME) -> Report:
    return submit(certified(report), RULES, at=at)


@pytest.mark.shows("rap-07", "rap-92")
def test_a_report_is_locked_certified_and_then_submitted() -> None:
    draft = drafted()
    locked = lock(draft, RULES, FORM, REGION)
    signed = certify(locked, SIGNATURE, CERTIFICATE)
    done = submit(signed, RULES, at=IN_TIME)
    assert [each.state for each in (draft, locked, signed, done)] == list(State)
    assert done.standing
    assert done.standing.outcome.values["certified"] == "yes"


def test_what_is_submitted_has_the_fingerprint_that_was_certified() -> None:
    standing = submitted(drafted()).standing
    assert standing
    assert standing.certificate.fingerprint == standing.outcome.fingerprint


def test_only_a_draft_can_be_written_in() -> None:
    for report in (lock(drafted(), RULES, FORM, REGION), certified(drafted()), submitted(drafted())):
        with pytest.raises(Fault):
            write(report, {"used": 1})


@pytest.mark.shows("rap-07")
def test_nothing_is_submitted_that_the_signatory_has_not_certified() -> None:
    with pytest.raises(Fault, match="Återrapporteringen är ett utkast."):
        submit(drafted(), RULES, at=IN_TIME)
    with pytest.raises(Fault, match="Återrapporteringen är låst för godkännande."):
        submit(lock(drafted(), RULES, FORM, REGION), RULES, at=IN_TIME)
    with pytest.raises(Fault, match="Återrapporteringen är inlämnad."):
        submit(submitted(drafted()), RULES, at=IN_TIME)


@pytest.mark.shows("adm-20")
def test_the_certificate_names_the_point_of_the_delegation_order() -> None:
    locked = lock(drafted(), RULES, FORM, REGION)
    with pytest.raises(Fault, match="Punkten i delegationsordningen saknas."):
        certify(locked, SIGNATURE, replace(CERTIFICATE, delegation=" "))


@pytest.mark.shows("adm-20", "rap-93")
def test_the_agent_may_certify_with_the_signatorys_contact_fields_and_a_signed_approval() -> None:
    by_agent = replace(CERTIFICATE, by="agent", signed_in="Exempel Ombud", attachment="godkannande.pdf")
    signed = certify(lock(drafted(), RULES, FORM, REGION), SIGNATURE, by_agent)
    assert signed.certificate
    assert signed.certificate.attachment == "godkannande.pdf"
    without_name = {**SIGNATURE, "signatory_name": ""}
    with pytest.raises(Faults, match="Namn behörig företrädare: Svaret saknas."):
        certify(lock(drafted(), RULES, FORM, REGION), without_name, by_agent)


def test_the_signatory_certifies_what_was_locked_and_changes_nothing_else() -> None:
    signed = certify(lock(drafted(), RULES, FORM, REGION), {**SIGNATURE, "used": 1}, CERTIFICATE)
    assert signed.locked
    assert signed.locked.values["used"] == 1_050_000


def test_an_approval_written_in_the_draft_is_no_approval() -> None:
    locked = lock(drafted(**SIGNATURE), RULES, FORM, REGION)
    with pytest.raises(Faults, match="Godkännande av behörig företrädare: Svaret saknas."):
        certify(locked, {**SIGNATURE, "certified": False}, CERTIFICATE)


def test_the_signatory_may_decline_with_a_reason_and_the_draft_opens_again() -> None:
    locked = lock(drafted(), RULES, FORM, REGION)
    declined = decline(locked, "Antalet besök stämmer inte.")
    assert declined.state is State.DRAFT
    assert declined.declined == ("Antalet besök stämmer inte.",)
    assert declined.draft == locked.draft
    with pytest.raises(Fault, match="Skälet saknas."):
        decline(locked, "  ")


def test_all_that_stands_in_the_way_is_told_at_once() -> None:
    draft = drafted(families=None, contact_postcode="1", used=2_000_000, visits_planned=10)
    with pytest.raises(Faults) as raised:
        lock(draft, RULES, FORM, REGION)
    assert [fault.where for fault in raised.value.faults] == [
        "Postnummer",
        "Hur många familjer fick minst ett utökat hembesök under 2025",
        "Använt belopp",
        "Antal genomförda utökade hembesök",
    ]


def test_a_warning_is_mended_or_confirmed_with_a_comment_and_a_flag_stops_nothing() -> None:
    draft = drafted(visits_planned=10, targeted="partly", why_not_targeted="Få områden", prioritised="no")
    with pytest.raises(Faults, match="Ni har genomfört fler hembesök än ni planerade."):
        lock(draft, RULES, FORM, REGION)
    commented = write(draft, {}, notes={"more_visits_than_planned": "Fler familjer tackade ja."})
    standing = submitted(commented).standing
    assert standing
    assert standing.notes == {"more_visits_than_planned": "Fler familjer tackade ja."}
    assert [check.id for check in standing.outcome.fired("flag")] == ["nobody_prioritised"]


@pytest.mark.shows("rap-20", "rap-21")
def test_a_new_version_is_filled_in_with_the_last_answers_and_certified_anew() -> None:
    """Reversed: in the source's tool everything has to be filled in again."""
    again = reopen(submitted(drafted()), RULES)
    assert again.state is State.DRAFT
    assert again.draft == BY_REGION
    assert again.certificate is None
    second = submitted(write(again, {"visits_done": 95}))
    assert [version.outcome.values["visits_done"] for version in second.versions] == [90, 95]


@pytest.mark.shows("rap-18", "rap-19", "rap-25")
def test_answers_are_given_in_any_order_by_anyone_who_takes_part() -> None:
    """Reversed: the source's form goes forwards only, and is filled in by one person."""
    forwards, backwards = begin({}), begin({})
    for id, answer in BY_REGION.items():
        forwards = write(forwards, {id: answer})
    for id, answer in reversed(BY_REGION.items()):
        backwards = write(backwards, {id: answer})
    assert forwards.draft == backwards.draft


@pytest.mark.shows("rap-22", "rap-23", "rap-99")
def test_five_submissions_are_received_all_are_kept_and_the_last_counts() -> None:
    """Reversed in part: the source keeps only the last, and lets it be saved only once."""
    report = submitted(drafted(clinics=1))
    for clinics in (2, 3, 4, 5):
        report = submitted(write(reopen(report, RULES), {"clinics": clinics}))
    assert [version.number for version in report.versions] == [1, 2, 3, 4, 5]
    assert [version.outcome.values["clinics"] for version in report.versions] == [1, 2, 3, 4, 5]
    assert report.standing is report.versions[-1]
    assert report.left(RULES) == 0
    with pytest.raises(Fault, match="Ni har lämnat in 5 gånger"):
        reopen(report, RULES)


def fifth() -> Report:
    report = submitted(drafted())
    for _ in range(4):
        report = submitted(reopen(report, RULES))
    return report


@pytest.mark.shows("adm-22", "sfs-34", "anv-41")
def test_a_completion_that_the_officer_asks_for_does_not_count() -> None:
    asked = ask_for_completion(fifth(), "Ange hur många kommuner ni har samverkat med.")
    assert asked.state is State.DRAFT
    sixth = submitted(asked)
    assert [version.counts for version in sixth.versions] == [True] * 5 + [False]
    assert sixth.standing is sixth.versions[-1]
    with pytest.raises(Fault, match="Kontakta handläggaren, som kan begära en komplettering."):
        reopen(sixth, RULES)


def test_a_completion_asked_for_while_the_recipient_writes_leaves_the_draft_alone() -> None:
    writing = write(reopen(submitted(drafted()), RULES), {"visits_done": 91})
    asked = ask_for_completion(writing, "Rätta antalet familjer.")
    assert asked.draft == writing.draft
    assert not submitted(asked).versions[-1].counts


def test_a_completion_is_asked_for_in_words_and_of_something_submitted() -> None:
    with pytest.raises(Fault, match="Inget är inlämnat ännu."):
        ask_for_completion(drafted(), "Mer")
    with pytest.raises(Fault, match="Det saknas vad som ska kompletteras."):
        ask_for_completion(submitted(drafted()), "")


@pytest.mark.shows("rap-03", "rap-05", "sfs-30")
def test_a_late_report_is_received_and_marked() -> None:
    in_time, late = submitted(drafted(), IN_TIME).standing, submitted(drafted(), LATE).standing
    assert in_time
    assert late
    assert (in_time.late, late.late) == (False, True)
    assert late.because(RULES).says == "Kom in 4 mars 2026, efter den sista dagen, 3 mars 2026"
    assert late.because(RULES).steps[0].cites == "rap-03"


@pytest.mark.shows("sfs-30", "sfs-29")
def test_the_day_in_the_decision_governs() -> None:
    report = submit(certified(drafted()), RULES, at=LATE, last_day=date(2026, 3, 31))
    assert report.standing
    assert not report.standing.late


@pytest.mark.shows("adm-22")
def test_the_short_path_is_taken_only_where_the_round_offers_it() -> None:
    kept = {id: BY_REGION[id] for id in BY_REGION if id.startswith(("contact", "invoice"))}
    draft = write(begin({}), {**kept, "used": 0, "why_unused": ["staff"], "why_unused.staff": "Ingen att anställa"})
    background = {**REGION, "nothing_used": "yes"}
    assert lock(draft, RULES, FORM, background).state is State.LOCKED
    closed = replace(RULES, short_path=replace(RULES.short_path, value=False))
    with pytest.raises(Fault, match="Den korta vägen finns inte i den här omgången."):
        lock(draft, closed, FORM, background)


@settings(max_examples=40, deadline=None)
@given(given_answers=answers())
def test_a_draft_keeps_what_is_hidden_so_that_switching_back_restores_it(given_answers: Answers) -> None:
    draft = write(begin({}), {**given_answers, "prioritised": "yes"})
    hidden = write(draft, {"prioritised": "no"})
    assert "target_groups" not in work_through(FORM, REGION, hidden.draft).shows
    back = write(hidden, {"prioritised": "yes"})
    assert work_through(FORM, REGION, back.draft).fingerprint == work_through(FORM, REGION, draft.draft).fingerprint


@pytest.mark.shows("rap-03", "rap-23", "anv-37", "anv-42", "sth-14")
def test_the_round_says_when_how_often_and_what_is_reported() -> None:
    assert RULES.last_day.value == date(2026, 3, 3)
    assert [differing.cites for differing in RULES.last_day.differs] == ["anv-37", "sth-14", "sfs-30"]
    assert RULES.submissions.value == 5
    assert RULES.form == FORM.id
    assert [content.cites for content in RULES.contents] == ["sfs-31", "sfs-32", "sfs-33", "sfs-34"]
    assert "registratur" in RULES.sent.value


@pytest.mark.shows("utl-27", "utl-28", "utl-29", "utl-30", "sth-31", "sth-32")
def test_the_report_of_2024_holds_an_economic_account_and_the_collaboration() -> None:
    table = read_toml(SHIPPED / "rounds" / "2024.toml")["report"]
    rules = read_table(ReportRules, table, "2024.toml, [report]")
    assert rules.last_day.value == date(2025, 3, 1)
    assert [content.cites for content in rules.contents] == ["utl-28", "utl-29"]
    assert [differing.cites for content in rules.contents for differing in content.differs] == ["sth-31", "sth-32"]
    assert rules.sent.cites == "utl-30"
    assert not rules.form
