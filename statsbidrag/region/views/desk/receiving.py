"""What the agency has paid, and what is given back to it: the list, and the form to enter one more."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.report_draft import paid_to
from statsbidrag.portal.views.forms import filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.receiving import LONGEST_REFERENCE, give_back, receive
from statsbidrag.region.queries.book import book_of, entered
from statsbidrag.region.views.desk.fields import MoneyForm, iso
from statsbidrag.region.views.place import place_of
from statsbidrag.region.writing import sent
from statsbidrag.terms.kronor import grouped

_KINDS = {"received": "Mottaget från myndigheten", "given back": "Återbetalt till myndigheten"}


class ReceivedForm(MoneyForm):
    """What has come from the agency, or gone back to it."""

    kind = forms.ChoiceField(label="Vad har hänt?", choices=list(_KINDS.items()))
    reference = forms.CharField(
        label="Beslutets nummer",
        max_length=LONGEST_REFERENCE,
        error_messages={"required": "Ange beslutets nummer, så att inget förs in två gånger."},
    )


def region_received(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows what has been received and given back, and enters one more."""
    place = place_of(recipient, year)
    book = book_of(recipient, year)
    number, paid, _ = paid_to(year, recipient)
    waits = max(0, paid - book.received)
    form = filled(request, ReceivedForm, initial=_offered(request, number, waits))

    def enter() -> str:
        deed = receive if form.cleaned_data["kind"] == "received" else give_back
        deed(request.visitor, place.region, year, **form.said, now=request.now)
        return reverse("region_received", args=[recipient, year])

    if answer := sent(request, form, enter):
        return answer
    return show(
        request,
        "region/desk/received.html",
        **place.shown,
        form=form,
        waits=waits,
        number=number,
        book=book,
        rows=entered(book, _KINDS),
        may_plan=may(request.visitor, "plan region", recipient),
    )


def _offered(request: Request, number: str, waits: int) -> dict[str, Any]:
    """What the agency has paid and nobody has entered, under one roof; else only the day."""
    known = {"kronor": grouped(waits), "reference": number} if waits else {}
    return {"kind": "received", "day": iso(request.now.date()), **known}
