"""Whom one acts for: one's roles, one's applications, and the way out."""

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import neighbours
from statsbidrag.portal.access import may
from statsbidrag.portal.actions import accounts
from statsbidrag.portal.correspondence import name_of, word_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.people import application_lines, still_in_cases
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.rendering import show


class LeaveForm(Form):
    """That one really means it."""

    sure = forms.BooleanField(
        label="Ja, ta bort mitt konto",
        error_messages={"required": "Kryssa i rutan om ni vill ta bort kontot."},
    )


def my_organisations(request: Request) -> HttpResponse:
    """One's roles for each organisation, one's applications, and how to apply."""
    visitor = request.visitor
    if visitor is None:
        raise Http404
    own = [
        {
            "key": key,
            "name": name_of(key),
            "words": sorted(word_of(kind) for kind in visitor.kinds(key)),
            "colleagues": may(visitor, "see colleagues", key),
            "case": may(visitor, "see own case", key),
            "ways": neighbours.ways_in(visitor, key),
        }
        for key in visitor.recipients()
    ]
    applications = application_lines(request.now, person=visitor.id)
    at_agency = sorted(word_of(kind) for kind in visitor.kinds())
    return show(
        request,
        "account/organisations.html",
        own=own,
        at_agency=at_agency,
        applications=[(line, name_of(line.recipient)) for line in applications],
    )


def delete_account(request: Request) -> HttpResponse:
    """Says what goes and what stays, and deletes the account."""
    visitor = request.visitor
    if visitor is None:
        raise Http404
    form = filled(request, LeaveForm)

    def leave() -> str:
        accounts.delete_account(visitor, request.now)
        return reverse("front")

    if answer := sent(request, form, leave):
        request.session.flush()
        return answer
    agent_for = [name_of(key) for key in visitor.recipients() if "agent" in visitor.kinds(key)]
    return show(
        request,
        "account/delete_account.html",
        form=form,
        agent_for=agent_for,
        name_stays=still_in_cases(visitor.id),
        at_agency=visitor.at_agency,
    )
