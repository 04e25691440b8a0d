"""The report's answers to check before they are locked for the signatory: what is wrong, and what to confirm."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.cycle.form_checks import Check
from statsbidrag.cycle.step_7_prefill import to_explain
from statsbidrag.cycle.step_7_versions import State
from statsbidrag.exchange.letters.answered import answer_in_words
from statsbidrag.portal.access import may
from statsbidrag.portal.actions import report as signing
from statsbidrag.portal.actions import report_draft as deeds
from statsbidrag.portal.actions.report_draft import Written
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.report_draft import CHECK, Standing, standing_draft
from statsbidrag.portal.views.forms import Form, filled, once
from statsbidrag.portal.views.questions.asking import SOURCES, reason_id
from statsbidrag.portal.views.questions.reading import Altered, pages_to_read
from statsbidrag.portal.views.questions.sent import version_sent
from statsbidrag.portal.views.recipient.report.place import context
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault

_NOTE = "note."


def report_check(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows every answer with a way to change it, and locks the report when nothing stands in the way."""
    page = context(recipient, year)
    standing = standing_draft(year, recipient)
    if standing is None or standing.state is not State.DRAFT:
        return redirect("report", recipient, year)
    form = filled(request, Form)
    if request.method == "POST":
        try:
            _keep_notes(request, standing)
            if request.POST.get("action") == "save":
                return redirect(f"{request.path}?sparat=ja")
            return redirect(once(request, form.key(), partial(_lock, request, recipient, year)))
        except Fault as fault:
            form.is_valid()
            form.say(fault)
            standing = standing_draft(year, recipient) or standing
    pages = pages_to_read(standing.shown_pages, standing.outcome, _altered(standing))
    return show(
        request,
        "recipient/report/check.html",
        **page,
        form=form,
        standing=standing,
        pages=pages,
        lacking=sum(row["missing"] for _, rows in pages for row in rows),
        unexplained=len(standing.unexplained),
        warnings=_said(standing, standing.outcome.fired("warning")),
        errors=_said(standing, standing.outcome.fired("error")),
        flags=_said(standing, standing.outcome.fired("flag")),
        notes=standing.notes,
        version=standing.version(CHECK),
        saved=request.GET.get("sparat") == "ja",
        may_certify=may(request.visitor, "certify", recipient),
    )


def _keep_notes(request: Request, standing: Standing) -> None:
    notes = {name.removeprefix(_NOTE): text for name, text in request.POST.items() if name.startswith(_NOTE)}
    if not notes:
        return
    known = {check.id for check in standing.form.checks}
    kept = {**standing.notes, **{id: str(text) for id, text in notes.items() if id in known}}
    version = version_sent(request.POST)
    where = (standing.draft.year, standing.draft.recipient)
    deeds.save_page(request.visitor, *where, CHECK, written=Written(notes=kept), version=version, now=request.now)


def _lock(request: Request, recipient: str, year: int) -> str:
    signing.lock(request.visitor, year, recipient, request.now)
    return reverse("report_sign", args=(recipient, year))


def _altered(standing: Standing) -> dict[str, Altered]:
    """What the books or the visits said that has been changed, by field, with the reason given."""
    fields, before = standing.form.by_id(), {id: each.answer for id, each in standing.prefilled.items()}
    return {
        (id := change.was.field): Altered(
            answer_in_words(fields[id], before),
            SOURCES[change.was.source],
            standing.reasons.get(id, "").strip(),
            reason_id(id),
        )
        for change in to_explain(standing.prefilled, standing.outcome)
    }


def _said(standing: Standing, checks: tuple[Check, ...]) -> list[dict[str, object]]:
    """What checks say, each with the page where it can be mended."""
    where = {one.id: page for page in standing.form.pages for question in page.questions for one in question.fields}
    return [
        {"id": check.id, "says": check.says, "page": where.get(check.at[0].partition(".")[0]) or where.get(check.at[0])}
        for check in checks
    ]
