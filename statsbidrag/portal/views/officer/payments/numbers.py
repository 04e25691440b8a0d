"""Giro numbers: finance checks who owns one and asks for another; what came on paper is registered."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.actions import giro_checks as deeds
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Mail
from statsbidrag.portal.queries.giros import giros
from statsbidrag.portal.queries.payments import payments
from statsbidrag.portal.queries.prepared import RECIPIENT, Prepared
from statsbidrag.portal.queries.receivers import receivers
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_recipient
from statsbidrag.portal.views.rendering import show

_ASKED = Prepared(
    lambda: Mail.objects.filter(occasion="giro", recipient=RECIPIENT).order_by("id").values_list("to", "created")
)
_CAME_BY = {"e-post": "Med e-post", "brev": "På papper"}


class CheckForm(Form):
    """How the owner of a number was checked."""

    how = forms.CharField(
        label="Hur du har kontrollerat ägaren",
        help_text="Till exempel i Bankgirots register, eller genom ett samtal till ett nummer som ni redan har.",
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": "Skriv hur du har kontrollerat ägaren."},
    )


class GiroForm(Form):
    """Another giro number."""

    giro = forms.CharField(
        label="Bankgiro eller plusgiro",
        help_text="Skriv bankgiro som 991-2346 och plusgiro som 90 20 03-3.",
        max_length=40,
        error_messages={"required": "Ange ett gironummer."},
    )


class RegisterForm(GiroForm):
    """A giro number that has come in outside the service."""

    came_by = forms.ChoiceField(
        label="Hur det kom in",
        choices=list(_CAME_BY.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur det kom in."},
    )


def giro_check(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Shows a recipient's number; finance notes that its owner is checked, or asks for another."""
    known_recipient(year, recipient)
    asks = request.POST.get("deed") == "ask"
    form = filled(request, Form if asks else CheckForm)

    def done() -> str:
        if asks:
            link = request.build_absolute_uri(reverse("new_giro", args=[recipient, year]))
            deeds.ask_for_giro(request.visitor, year, recipient, request.now, link=link)
            return reverse("giro_check", args=[year, recipient])
        deeds.check_owner(request.visitor, year, recipient, form.cleaned_data["how"], now=request.now)
        return reverse("payments", args=[year])

    if answer := sent(request, form, done):
        return answer
    return show(
        request,
        "officer/payments/giro_check.html",
        form=form if isinstance(form, CheckForm) else CheckForm(),
        year=year,
        party=rules.recipients()[recipient],
        giro=giros(year, request.now.date()).get(recipient),
        failed=[one for one in payments(year).to(recipient) if one.failed],
        asked=_ASKED.rows({RECIPIENT: recipient}),
        receivers=receivers(recipient),
        ask_key=Form().key(),
    )


def register_giro(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Registers a number that a recipient has sent on paper or by e-mail."""
    known_recipient(year, recipient)
    form = filled(request, RegisterForm)

    def done() -> str:
        stated = form.cleaned_data
        came_by = _CAME_BY[stated["came_by"]].lower()
        deeds.register_giro(request.visitor, year, recipient, stated["giro"], now=request.now, came_by=came_by)
        return reverse("payments", args=[year])

    if answer := sent(request, form, done, field="giro"):
        return answer
    return show(
        request,
        "officer/payments/register_giro.html",
        form=form,
        year=year,
        party=rules.recipients()[recipient],
        giro=giros(year, request.now.date()).get(recipient),
    )
