"""A report as the officer reads it: what to look at first, then every answer beside last year's; then accept or ask."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle import Outcome, Version, why_fired
from statsbidrag.cycle.form import Form as ReportForm
from statsbidrag.cycle.step_7_prefill import changes
from statsbidrag.exchange.letters.answered import answer_in_words
from statsbidrag.portal import access, rules
from statsbidrag.portal.actions import report_review as deeds
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import CompletionRequest, ReceivedReport
from statsbidrag.portal.queries.key_figures import key_figures
from statsbidrag.portal.queries.ledger import own_balances
from statsbidrag.portal.queries.region_figures import differences
from statsbidrag.portal.queries.reports import acceptance, earlier_report, form_of, outcome_of, version_of, versions
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show


class AcceptForm(Form):
    """A note beside that a report is accepted."""

    note = forms.CharField(label="Anteckning", required=False, max_length=2000)


class CompletionForm(Form):
    """What is to be completed, on which questions, and by when."""

    says = forms.CharField(
        label="Vad ska kompletteras?",
        max_length=2000,
        error_messages={"required": "Skriv vad mottagaren ska lägga till eller rätta."},
    )
    questions = forms.MultipleChoiceField(label="Frågor som det gäller", required=False)
    answer_by = forms.DateField(
        label="Sista dag att svara",
        error_messages={"required": "Ange en dag.", "invalid": "Skriv dagen som 2026-04-15."},
    )

    def __init__(self, *args: Any, of: ReportForm, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["questions"].choices = [(one.id, one.text) for one in of.questions]  # type: ignore[attr-defined]


def reviewed_report(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Shows the version that stands, and accepts it where an officer says so."""
    every = _known(year, recipient)
    row, form = every[-1], filled(request, AcceptForm)

    def accept() -> str:
        deeds.accept(request.visitor, row, request.now, note=form.cleaned_data["note"])
        return reverse("reviewed_report", args=(year, recipient))

    if answer := sent(request, form, accept):
        return answer
    version, earlier = version_of(row), earlier_report(year, recipient)
    outcome = version.outcome
    return show(
        request,
        "officer/reports/report.html",
        **_common(year, recipient),
        form=form,
        row=row,
        versions=every,
        flags=[(check, why_fired(outcome, check)) for check in outcome.fired("flag")],
        warnings=[(check, row.notes.get(check.id, "")) for check in outcome.fired("warning")],
        changed=_changed(version),
        register=differences(row, outcome),
        pages=_beside(outcome, outcome_of(earlier) if earlier else None),
        figures=key_figures(year, recipient),
        late=version.because(rules.round_rules(year).report) if version.late else None,
        booked=own_balances(year, recipient)["used"],
        accepted=acceptance(row),
        asked=deeds.open_request(year, recipient),
        may_review=access.may(request.visitor, "review report", recipient),
    )


def ask_completion(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Asks the recipient to complete its report, on chosen questions and by a day."""
    row = _known(year, recipient)[-1]
    asked_of = form_of(year)
    assert asked_of is not None, "a report that has come in has a form"
    form = filled(request, CompletionForm, of=asked_of)

    def ask() -> str:
        said = form.cleaned_data
        deeds.ask_completion(
            request.visitor,
            row,
            says=said["says"],
            questions=said["questions"],
            answer_by=said["answer_by"],
            now=request.now,
        )
        return reverse("reviewed_report", args=(year, recipient))

    if answer := sent(request, form, ask):
        return answer
    return show(request, "officer/reports/completion.html", **_common(year, recipient), form=form, row=row)


def withdraw_completion(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Takes back what was asked, where nobody has answered."""
    _known(year, recipient)
    asked: CompletionRequest | None = deeds.open_request(year, recipient)
    form = filled(request, Form)

    def withdraw() -> str:
        if asked:
            deeds.withdraw(request.visitor, asked, request.now)
        return reverse("reviewed_report", args=(year, recipient))

    if answer := sent(request, form, withdraw):
        return answer
    return show(request, "officer/reports/withdraw.html", **_common(year, recipient), form=form, asked=asked)


def _known(year: int, recipient: str) -> tuple[ReceivedReport, ...]:
    known_round(year)
    found = versions(year, recipient)
    if not found:
        raise Http404
    return found


def _common(year: int, recipient: str) -> dict[str, Any]:
    return {
        "year": year,
        "recipient": recipient,
        "name": rules.recipients()[recipient].name,
        "library": rules.book().library,
        "most": rules.round_rules(year).report.submissions.value,
    }


def _changed(version: Version) -> list[tuple[str, str, str, str]]:
    """What was filled in beforehand and has been changed: the question, what it was, what it is, and why."""
    fields = version.outcome.form.by_id()
    told = []
    for change in changes(version.prefilled, version.outcome):
        one = fields[change.was.field]
        was, now = (answer_in_words(one, {one.id: value}) for value in (change.was.answer, change.now))
        told.append((one.label, was, now, version.reasons.get(one.id, "")))
    return told


def _beside(outcome: Outcome, earlier: Outcome | None) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Every page that shows: each question with its answer, and last year's where there is one."""
    told, shown, shown_before = [], set(outcome.shows), set(earlier.shows if earlier else ())
    before = earlier.values if earlier else {}
    for page in outcome.form.pages:
        rows = [
            (
                question.asks(one).rstrip(" :"),
                answer_in_words(one, outcome.values),
                answer_in_words(one, before) if one.id in shown_before else "",
            )
            for question in page.questions
            for one in question.fields
            if one.id in shown
        ]
        if rows:
            told.append((page.heading, rows))
    return told
