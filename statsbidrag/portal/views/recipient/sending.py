"""The requisition's last steps: check the answers, send in, abstain, and see that it has come in."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.actions import requisition as deeds
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries import recipient as queries
from statsbidrag.portal.queries.recipient import Draft
from statsbidrag.portal.queries.recipient_round import Place
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.recipient.requisition import common, form_page, judge, options, place_in
from statsbidrag.portal.views.recipient.requisition_form import LABELS, RequisitionForm, SendForm, in_words
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.giro import same_giro


def requisition_check(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows the answers to check, and sends them in when the agent or a deputy says so."""
    place = place_in(request, recipient, year)
    draft = queries.draft(year, recipient)
    if draft is None or not (place.open or place.completes):
        return redirect("requisition", recipient, year)
    answers = RequisitionForm({**draft.values, "version": draft.version}, **options(place, request))
    if not answers.is_valid():
        return form_page(request, place, answers, draft)
    form = filled(request, SendForm)
    if answer := sent(request, form, lambda: _submit(request, place, answers, form)):
        return answer
    return _answers_page(request, place, draft, form=form, answers=answers)


def requisition_abstain(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Says that the recipient does not requisition, or takes back what it has requisitioned."""
    place = place_in(request, recipient, year)
    form = filled(request, Form)

    def abstain() -> str:
        deeds.abstain(request.visitor, year, recipient, now=request.now)
        return reverse("requisition_received", args=(recipient, year))

    if answer := sent(request, form, abstain):
        return answer
    closed = place.closed() if place.opened is None or place.decided else None
    return show(request, "recipient/abstain.html", **common(place), form=form, closed=closed)


def requisition_received(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows that what was sent has come in: its number, its receipt, and what happens next."""
    place = place_in(request, recipient, year)
    if not place.versions:
        raise Http404
    version = place.versions[-1]
    papers = {paper.entry: paper for paper in queries.papers(year, recipient)}
    receipt = version.sent.receipt
    return show(
        request,
        "recipient/received.html",
        **common(place),
        version=version,
        document=papers[version.sent.document],
        mails=queries.emailed_to(receipt) if receipt else [],
    )


def _submit(request: Request, place: Place, answers: RequisitionForm, form: SendForm) -> str:
    version = form.cleaned_data["version"]
    where = (place.year, place.recipient)
    deeds.submit(request.visitor, *where, answers.facts(), version=version, now=request.now)
    return reverse("requisition_received", args=(place.recipient, place.year))


def _answers_page(
    request: Request, place: Place, draft: Draft, *, form: SendForm, answers: RequisitionForm
) -> HttpResponse:
    may_send = may(request.visitor, "submit", place.recipient)
    facts = answers.facts()
    known = queries.known_giro(place.recipient)
    asked: list[tuple[str, str, Any]] = [
        (name, LABELS[name], in_words(name, draft.values.get(name, ""))) for name in answers.fields if name in LABELS
    ]
    notes = [found for found in judge(request, place, facts).findings if found.weight == "note"]
    return show(
        request,
        "recipient/requisition_check.html",
        **common(place),
        form=form,
        draft=draft,
        asked=asked,
        notes=notes,
        facts=facts,
        other_support=rules.round_rules(place.year).requisition.no_other_support,
        new_giro=bool(facts.giro) and not same_giro(facts.giro, known),
        may_send=may_send,
        senders=() if may_send else queries.senders(place.recipient),
    )
