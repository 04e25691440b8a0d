"""Registering a requisition that came on paper or by e-mail."""

from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from markupsafe import Markup, escape

from statsbidrag.portal import rules
from statsbidrag.portal.actions.registering import IN_SWEDISH, OutsideChannel, register
from statsbidrag.portal.actions.requisition import Facts
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.requisitions import standing
from statsbidrag.portal.views.forms import Form, at_the_field, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.portal.views.upload_field import UploadField
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.kronor import read_kronor

UNKNOWN = "unknown"
_ANSWERS = (("yes", "Ja"), ("no", "Nej"), (UNKNOWN, "Framgår inte"))
_CHANNELS = [(channel, text.capitalize()) for channel, text in IN_SWEDISH.items()]
_TRUTHS = {"yes": True, "no": False}


class RegistrationForm(Form):
    """What came in, as it says; what it does not say is left empty, and nothing is guessed."""

    recipient = forms.CharField(label="Vem rekvirerar", error_messages={"required": "Välj vem som rekvirerar."})
    channel = forms.ChoiceField(
        label="Hur kom den in", choices=_CHANNELS, error_messages={"required": "Ange hur den kom in."}
    )
    day = forms.DateField(
        label="Dag då den kom in",
        input_formats=["%Y-%m-%d"],
        error_messages={"required": "Ange dagen.", "invalid": "Skriv dagen som 2025-04-29."},
    )
    time = forms.TimeField(
        label="Klockslag",
        input_formats=["%H.%M", "%H:%M"],
        error_messages={"required": "Ange klockslaget.", "invalid": "Skriv klockslaget som 14.05."},
    )
    abstains = forms.BooleanField(label="De avstår från att rekvirera", required=False)
    amount = forms.CharField(label="Rekvirerat belopp", max_length=40, required=False)
    wants_more = forms.ChoiceField(
        label="Vill de ta del av medel som inte har rekvirerats", choices=_ANSWERS, required=False
    )
    at_most = forms.CharField(label="Högst så här mycket mer", max_length=40, required=False)
    other_support = forms.ChoiceField(
        label="Har de beviljats annat offentligt stöd för verksamheten", choices=_ANSWERS, required=False
    )
    giro = forms.CharField(label="Bankgiro eller plusgiro", max_length=40, required=False)
    contact_name = forms.CharField(label="Kontaktperson", max_length=200, required=False)
    contact_email = forms.EmailField(
        label="Kontaktpersonens e-post",
        required=False,
        error_messages={"invalid": "Skriv en e-postadress, till exempel namn@kommunen.se, eller lämna fältet tomt."},
    )
    their_reference = forms.CharField(label="Deras diarienummer eller referens", max_length=60, required=False)
    completes = forms.BooleanField(label="Den kompletterar den rekvisition som de redan har lämnat", required=False)
    earlier = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    scan = UploadField(label="Handlingen, inskannad eller sparad", required=False)

    def clean_recipient(self) -> str:
        """The key of the recipient, or empty where the paper does not say whose it is."""
        chosen: str = self.cleaned_data["recipient"]
        if chosen == UNKNOWN:
            return ""
        if chosen not in rules.recipients():
            raise forms.ValidationError("Välj vem som rekvirerar.")
        return chosen

    def options(self) -> Markup:
        """Everyone to choose from, the chosen one marked; set once, since 311 of them take their time."""
        chosen = escape(self["recipient"].value() or "")
        return Markup(_options().replace(f'value="{chosen}">', f'value="{chosen}" selected>', 1))  # noqa: S704  # escaped

    def clean_amount(self) -> int | None:
        """The amount in kronor, or None where the paper states none."""
        return self._kronor("amount")

    def clean_at_most(self) -> int | None:
        """The limit in kronor, or None where the paper states none."""
        return self._kronor("at_most")

    def facts(self, completes: str) -> Facts:
        """What the paper says."""
        said = self.cleaned_data
        return Facts(
            amount=None if said["abstains"] else said["amount"],
            wants_more=_TRUTHS.get(said["wants_more"]),
            at_most=said["at_most"],
            abstains=said["abstains"],
            other_support=_TRUTHS.get(said["other_support"]),
            giro=said["giro"],
            contact_name=said["contact_name"],
            contact_email=said["contact_email"],
            their_reference=said["their_reference"],
            completes=completes,
        )

    def arrived(self) -> datetime:
        """When it came, by Swedish time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], SWEDISH_TIME)

    def _kronor(self, name: str) -> int | None:
        text = self.cleaned_data[name].strip()
        return at_the_field(lambda: read_kronor(text, "")) if text else None


def register_requisition(request: Request, *, year: int) -> HttpResponse:
    """Shows the form, and registers what is sent; it is never refused for being late or incomplete (adm-10)."""
    known_round(year)
    started = {
        "channel": "paper",
        "wants_more": UNKNOWN,
        "other_support": UNKNOWN,
        "earlier": request.GET.get("kompletterar", ""),
    }
    form = filled(request, RegistrationForm, initial=started)
    if answer := sent(request, form, lambda: _registered(request, year, form)):
        return answer
    dates = rules.round_rules(year).requisition
    return show(request, "officer/round/register_requisition.html", form=form, year=year, dates=dates)


def _registered(request: Request, year: int, form: RegistrationForm) -> str:
    said: dict[str, Any] = form.cleaned_data
    recipient = said["recipient"]
    channel: OutsideChannel = "paper" if said["channel"] == "paper" else "e-mail"
    row = register(
        request.visitor,
        year,
        recipient,
        form.facts(_completed(year, said, request.now.date())),
        came=(channel, form.arrived()),
        scan=said["scan"],
        now=request.now,
    )
    shown = urlencode({"sok": recipient, "registrerad": row.reference} if recipient else {"registrerad": row.reference})
    return f"{reverse('requisitions', args=[year])}?{shown}"


def _completed(year: int, said: dict[str, Any], today: date) -> str:
    """The number of the requisition that this one completes: one that did not say whose it was, or their own."""
    if said["earlier"] or not (said["completes"] and said["recipient"]):
        return str(said["earlier"])
    own = standing(year, said["recipient"], today)
    return own.requisition.reference if own else ""


@cache
def _options() -> str:
    known = sorted(rules.recipients().values(), key=lambda party: (party.kind != "region", party.name))
    pairs = [("", "Välj"), (UNKNOWN, "Framgår inte av handlingen"), *((party.key, party.name) for party in known)]
    return "\n".join(f'<option value="{escape(key)}">{escape(name)}</option>' for key, name in pairs)
