"""The accessibility statement (tillgänglighetsredogörelse), and the way to tell of a flaw (DOS-lagen)."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.actions.feedback import Flaw, report_flaw
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.rendering import show


class FlawForm(Form):
    """What does not work, where, and whom to answer."""

    what = forms.CharField(
        label="Vad fungerar inte?",
        max_length=4000,
        error_messages={
            "required": "Beskriv vad som inte fungerar.",
            "max_length": "Texten är för lång. Skriv högst 4 000 tecken.",
        },
    )
    page = forms.CharField(
        label="Vilken sida gäller det?",
        max_length=500,
        required=False,
        error_messages={"max_length": "Adressen är för lång. Skriv högst 500 tecken."},
    )
    email = forms.EmailField(
        label="E-postadress för svar",
        required=False,
        error_messages={"invalid": "Adressen går inte att läsa. Skriv den som namn@exempel.se."},
    )


def accessibility(request: Request) -> HttpResponse:
    """Shows the statement with its form, and sends what someone tells."""
    form = filled(request, FlawForm)

    def tell() -> str:
        given = form.cleaned_data
        report_flaw(Flaw(given["page"], given["what"], given["email"]), request.now)
        return reverse("flaw_reported")

    if answer := sent(request, form, tell):
        return answer
    return show(request, "public/accessibility.html", form=form, agency=rules.book().agency)


def flaw_reported(request: Request) -> HttpResponse:
    """Says that what someone told has come in, and what happens with it."""
    return show(request, "public/flaw_reported.html", agency=rules.book().agency)
