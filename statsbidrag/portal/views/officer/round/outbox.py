"""The outbox: every e-mail that the agency may see, with why some have not gone, and the way to try again."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from statsbidrag.portal import access, rules
from statsbidrag.portal.actions.mailing import send_again, send_what_is_stuck
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.mail import STATES, TONES, about, outbox, seen_by_agency, state_of, stuck
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.rendering import show

_LONGEST_NUMBER = 9


class Filter(forms.Form):
    """What an officer may ask of the outbox."""

    sok = forms.CharField(label="Sök", required=False, max_length=100)
    lage = forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla"), *STATES.items()])


def outbox_page(request: Request) -> HttpResponse:
    """Shows a page of the outbox, the newest first, or of what is asked for; sends what is stuck on a click."""
    form = filled(request, Form)

    def done() -> str:
        send_what_is_stuck(request.visitor, request.now)
        return reverse("outbox")

    if answer := sent(request, form, done):
        return answer
    state, text, number = (request.GET.get(name, "") for name in ("lage", "sok", "sida"))
    asked = urlencode({name: value for name, value in (("lage", state), ("sok", text)) if value})
    return show(
        request,
        "officer/round/outbox.html",
        form=form,
        stuck=len(stuck(request.now)),
        may_send=access.may(request.visitor, "remind"),
        outbox=outbox(state, text, int(number) if number.isdecimal() and len(number) < _LONGEST_NUMBER else 1),
        filter=Filter(request.GET),
        states=STATES,
        tones=TONES,
        state_of=state_of,
        about=about,
        parties=rules.recipients(),
        base=f"?{asked}&sida=" if asked else "?sida=",
    )


def mail_page(request: Request, *, mail: int) -> HttpResponse:
    """Shows one e-mail, with how often it has been tried; sends it again where that is asked for."""
    found = get_object_or_404(seen_by_agency().select_related("case"), pk=mail)
    access.require(request.visitor, "see agency", found.recipient)
    form = filled(request, Form)

    def done() -> str:
        send_again(request.visitor, found)
        return reverse("mail", args=[mail])

    if answer := sent(request, form, done):
        return answer
    return show(
        request,
        "officer/round/mail.html",
        form=form,
        mail=found,
        state=state_of(found),
        states=STATES,
        tones=TONES,
        about=about(found),
        parties=rules.recipients(),
        may_send=access.may(request.visitor, "remind"),
    )
