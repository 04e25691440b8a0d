"""The requisition: fill in, and save as a draft that colleagues share."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.cycle import Requisition, Review
from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.actions import requisition as deeds
from statsbidrag.portal.actions import requisition_draft
from statsbidrag.portal.actions.requisition import Facts
from statsbidrag.portal.actions.requisition_draft import Changed
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries import recipient as queries
from statsbidrag.portal.queries.recipient import Draft
from statsbidrag.portal.queries.recipient_round import Place, lacking, place_of
from statsbidrag.portal.queries.requisitions import judged
from statsbidrag.portal.views.forms import filled
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.recipient.requisition_form import ANSWERS, LABELS, RequisitionForm, as_written, in_words
from statsbidrag.portal.views.recipient.whys import ceiling_why
from statsbidrag.portal.views.rendering import show


def requisition(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows the requisition to fill in, and keeps what is filled in; checked, it goes on to the answers."""
    place = place_in(request, recipient, year)
    if not (place.open or place.completes):
        why, remedy = place.closed()
        return show(request, "recipient/requisition_closed.html", **common(place), why=why, remedy=remedy)
    draft, known = queries.draft(year, recipient), queries.known_giro(recipient)
    form = filled(request, RequisitionForm, **options(place, request), initial=_begun(place, draft, known))
    if request.method == "POST" and (answer := _kept(request, place, form)):
        return answer
    return form_page(request, place, form, draft, known=known)


def form_page(
    request: Request, place: Place, form: RequisitionForm, draft: Draft | None, *, known: str = ""
) -> HttpResponse:
    """Gives the page with the form, with what was written and every fault at its field."""
    return show(
        request,
        "recipient/requisition.html",
        **common(place),
        form=form,
        draft=draft,
        known_giro=known,
        ceiling_why=ceiling_why(place.year, place.recipient),
        stands=[(LABELS[name], in_words(name, value)) for name, value in _stands(place).items()],
        saved=request.GET.get("sparat") == "ja",
        may_send=may(request.visitor, "submit", place.recipient),
    )


def place_in(request: Request, recipient: str, year: int) -> Place:
    """Gives where a recipient stands in a round; there is no page for a year without rules."""
    known_round(year)
    return place_of(year, recipient, request.now)


def common(place: Place) -> dict[str, Any]:
    """Gives what every page about a recipient in a round shows."""
    party = rules.recipients()[place.recipient]
    return {
        "place": place,
        "acting_for": party.name,
        "here": {"recipient": place.recipient, "year": place.year},
        "library": rules.book().library,
    }


def options(place: Place, request: Request) -> dict[str, Any]:
    """Gives what the form is made with: the check, and which facts it may ask for."""
    only = lacking(place.completes, place.ceiling) if place.completes else None
    return {"judge": partial(judge, request, place), "only": only}


def judge(request: Request, place: Place, facts: Facts) -> Review:
    """Says what the check would find in a requisition that was sent now."""
    if place.completes and place.standing:
        facts = deeds.completed(place.standing, facts, place.ceiling)
    sent = Requisition(
        reference="utkastet",
        recipient=place.recipient,
        arrived=request.now,
        amount=facts.amount,
        wants_more=facts.wants_more,
        at_most=facts.at_most,
        other_support=facts.other_support,
        giro=facts.giro,
        agent="ombudet",
    )
    return judged(place.year, place.recipient, (sent,), place.today)[0]


def _kept(request: Request, place: Place, form: RequisitionForm) -> HttpResponse | None:
    """Saves what was sent and gives the way on; None where the form is to be shown again with its faults."""
    go_on = request.POST.get("action") != "save"
    if go_on and not form.is_valid():
        return None
    values, version = form.written(), form.started_from()
    where = (place.recipient, place.year)
    try:
        requisition_draft.save(request.visitor, place.year, place.recipient, values, version=version, now=request.now)
    except Changed as changed:
        return _both(request, place, values, changed)
    if go_on:
        return redirect("requisition_check", *where)
    return redirect(f"{reverse('requisition', args=where)}?{urlencode({'sparat': 'ja'})}")


def _both(request: Request, place: Place, mine: Mapping[str, str], changed: Changed) -> HttpResponse:
    """Shows what the visitor wrote beside what a colleague saved meanwhile, to choose from; nothing is lost."""
    theirs = changed.draft.values
    names = [name for name in ANSWERS if name in mine]
    differing = [
        (name, LABELS[name], [(text, in_words(name, text)) for text in (mine[name], theirs.get(name, ""))])
        for name in names
        if mine[name] != theirs.get(name, "")
    ]
    same = {name: mine[name] for name in names if mine[name] == theirs.get(name, "")}
    page = "recipient/both_changed.html"
    return show(
        request, page, status=409, **common(place), fault=changed, draft=changed.draft, differing=differing, same=same
    )


def _begun(place: Place, draft: Draft | None, known_giro: str) -> dict[str, object]:
    """What the form begins with: the draft, else what was sent, else what we know since an earlier year."""
    values: dict[str, object] = {"giro": known_giro}
    if place.standing and not place.standing.requisition.abstains:
        values |= as_written(deeds.facts_of(place.standing.sent))
    if draft:
        values |= draft.values
    return {**values, "version": draft.version if draft else 0}


def _stands(place: Place) -> dict[str, str]:
    """What was sent in time and stands, where only the rest may be completed."""
    if not (place.completes and place.standing):
        return {}
    missing = lacking(place.completes, place.ceiling)
    return {
        name: text
        for name, text in as_written(deeds.facts_of(place.standing.sent)).items()
        if text and name not in missing
    }
