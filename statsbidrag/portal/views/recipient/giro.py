"""A recipient gives another giro number, where the grant could not be paid to the one we have."""

from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.actions import giro_checks as deeds
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.giros import giros
from statsbidrag.portal.queries.payments import payments
from statsbidrag.portal.views.forms import filled, sent
from statsbidrag.portal.views.known import known_recipient
from statsbidrag.portal.views.officer.payments.numbers import GiroForm
from statsbidrag.portal.views.rendering import show


def new_giro(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows the number we have and takes another."""
    known_recipient(year, recipient)
    form = filled(request, GiroForm)

    def done() -> str:
        deeds.new_giro(request.visitor, year, recipient, form.cleaned_data["giro"], now=request.now)
        return reverse("new_giro", args=[recipient, year])

    if answer := sent(request, form, done, field="giro"):
        return answer
    own = [one for one in payments(year).to(recipient) if one.state != "withdrawn"]
    return show(
        request,
        "recipient/giro.html",
        form=form,
        year=year,
        recipient=recipient,
        acting_for=rules.recipients()[recipient].name,
        giro=giros(year, request.now.date()).get(recipient),
        last=own[-1] if own else None,
    )
