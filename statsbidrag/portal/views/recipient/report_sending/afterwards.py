"""Every version of a report after it has come in: to read, to print, to keep, to compare and to send to oneself."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.cycle import Outcome
from statsbidrag.cycle.form import Field
from statsbidrag.exchange.letters.answered import NOT_ANSWERED, answer_in_words, pages_answered
from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.actions import report_draft, report_mail
from statsbidrag.portal.letters.reports import own_answers
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import ReceivedReport
from statsbidrag.portal.queries.recipient import emailed_to
from statsbidrag.portal.queries.report_draft import draft_row, standing_draft
from statsbidrag.portal.queries.reports import outcome_of, version_of, versions
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.recipient.report.place import context
from statsbidrag.portal.views.rendering import show


def report_received(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Shows that a version has come in, with all its answers: the page of summary (sammanfattningssidan)."""
    return _version_page(request, recipient, year, number, fresh=True)


def report_version(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Shows a version that has come in."""
    return _version_page(request, recipient, year, number, fresh=False)


def report_version_pdf(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Gives the answers of a version as a PDF."""
    row = _known(year, recipient, number)
    content = own_answers(outcome_of(row), year, recipient, request.now, row=row)
    return _pdf(content, f"svar-{year}-{recipient}-{number}.pdf")


def report_own_answers(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Gives one's own answers as they stand now as a PDF; it is marked as a draft."""
    standing = standing_draft(year, recipient)
    if standing is None:
        raise Http404
    return _pdf(own_answers(standing.outcome, year, recipient, request.now), f"utkast-{year}-{recipient}.pdf")


def report_changes(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Shows what a version changed of the one before it."""
    row = _known(year, recipient, number)
    earlier = _known(year, recipient, number - 1)
    return show(
        request,
        "recipient/report_sending/changes.html",
        **context(recipient, year),
        row=row,
        earlier=earlier,
        changes=changes(outcome_of(earlier), outcome_of(row)),
    )


def changes(before: Outcome, after: Outcome) -> list[tuple[str, str, str]]:
    """Gives what differs between two versions: the question, what it said and what it says, in words."""
    told = []
    for question in after.form.questions:
        for one in question.fields:
            texts = [
                answer_in_words(one, each.values) if one.id in each.shows else "Visades inte"
                for each in (before, after)
            ]
            if texts[0] != texts[1]:
                told.append((question.asks(one).rstrip(" :"), texts[0], texts[1]))
    return told


def report_to_own_address(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Sends the answers of a version to the address of whoever is signed in."""
    row = _known(year, recipient, number)
    form = filled(request, Form)

    def send() -> str:
        report_mail.send_to_oneself(request.visitor, row, _as_text(outcome_of(row)), request.now)
        return f"{reverse('report_version', args=(recipient, year, number))}?skickat=ja"

    return sent(request, form, send) or redirect("report_version", recipient, year, number)


def report_new_version(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Opens a new version, filled in with the last answers; it is what the links in the letters lead to."""
    form = filled(request, Form)

    def begin() -> str:
        report_draft.begin(request.visitor, year, recipient, request.now)
        return reverse("report", args=(recipient, year))

    return sent(request, form, begin) or redirect("report", recipient, year)


def _as_text(outcome: Outcome) -> str:
    """The answers as a plain text, to stand in a mail."""
    pages = pages_answered(outcome)
    return "\n\n".join(
        "\n".join([page.heading.upper(), *(f"{each.question}: {each.answer}" for each in page.answers)])
        for page in pages
    )


def _version_page(request: Request, recipient: str, year: int, number: int, *, fresh: bool) -> HttpResponse:
    every = versions(year, recipient)
    row = _numbered(every, number)
    version, report_rules = version_of(row), rules.round_rules(year).report
    outcome = version.outcome
    return show(
        request,
        "recipient/report_sending/version.html",
        **context(recipient, year),
        form=Form(),
        row=row,
        fresh=fresh,
        document=row.document.entry,
        stands=every[-1].pk == row.pk,
        late=version.because(report_rules) if version.late else None,
        left=report_rules.submissions.value - sum(each.counts for each in every),
        pages=pages_answered(outcome),
        signature=_signature(outcome),
        mails=emailed_to(row.receipt_id) if row.receipt_id else [],
        mailed=request.GET.get("skickat") == "ja",
        may_fill_in=may(request.visitor, "fill in", recipient),
        draft=draft_row(year, recipient) is not None,
    )


def _signature(outcome: Outcome) -> list[tuple[str, Any]]:
    return [
        (outcome.form.field(id).label, outcome.values.get(id, NOT_ANSWERED))
        for id in ("signatory_name", "signatory_position")
        if id in outcome.shows
    ]


def _said(one: Field, outcome: Outcome) -> str:
    return answer_in_words(one, outcome.values) if one.id in outcome.shows else "Visades inte"


def _known(year: int, recipient: str, number: int) -> ReceivedReport:
    return _numbered(versions(year, recipient), number)


def _numbered(every: Iterable[ReceivedReport], number: int) -> ReceivedReport:
    found = next((row for row in every if row.number == number), None)
    if found is None:
        raise Http404
    return found


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
