"""The region's handling of applications for fixed support: the list, one to read and decide, and its meetings."""

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import clinic_key, may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import at_the_field, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions import support_decisions as deeds
from statsbidrag.region.models import GrantedSupport
from statsbidrag.region.queries.clinics import FIXED_SUPPORT, registered
from statsbidrag.region.queries.support import applications as sent_in
from statsbidrag.region.queries.support import support_of, withdrawn_of
from statsbidrag.region.views.clinics.application import pages_of
from statsbidrag.region.views.clinics.register import place_and_clinic
from statsbidrag.region.views.place import place_of
from statsbidrag.region.views.plain_forms import PlainForm
from statsbidrag.region.writing import sent
from statsbidrag.terms.kronor import read_kronor

_DAY = {"invalid": "Skriv dagen som 2025-10-01."}


class DecisionForm(PlainForm):
    """The decision on an application."""

    granted = forms.ChoiceField(
        label="Beslut",
        choices=[("yes", "Bevilja"), ("no", "Avslå")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj bevilja eller avslå."},
    )
    first_day = forms.DateField(
        label="Från och med", help_text="Om ni beviljar. Skriv som 2025-10-01.", required=False, error_messages=_DAY
    )
    last_day = forms.DateField(label="Till och med", required=False, error_messages=_DAY)
    kronor = forms.CharField(
        label="Belopp",
        help_text="Lämna tomt om beloppet följer av ett särskilt beslut. Okänt är inte 0.",
        max_length=20,
        required=False,
    )
    reason = forms.CharField(
        label="Skäl",
        help_text="Skriv så att enheten förstår. Det står i beslutet. Skriv inga personuppgifter.",
        max_length=3000,
        widget=forms.Textarea,
        error_messages={"required": "Skriv skälen för beslutet."},
    )

    def clean_kronor(self) -> int | None:
        """The amount, or None where it is left empty."""
        text = self.cleaned_data["kronor"]
        return at_the_field(lambda: read_kronor(text, "beloppet")) if text.strip() else None


class MeetingForm(PlainForm):
    """A follow-up meeting."""

    day = forms.DateField(
        label="Dag", help_text="Skriv som 2025-11-12.", error_messages={"required": "Ange dagen.", **_DAY}
    )
    says = forms.CharField(
        label="Vad ni kom fram till",
        help_text="Skriv inga personuppgifter.",
        max_length=3000,
        required=False,
        widget=forms.Textarea,
    )


def applications(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Lists the applications that have come in, those that wait first, and who has fixed support now."""
    place = place_of(recipient, year)
    held = GrantedSupport.objects.filter(clinic__region=place.region, year=year, replaced=False)
    return show(
        request,
        "region/clinics/applications.html",
        **place.shown,
        support=place.scheme.fixed_support,
        standings=sent_in(place.scheme),
        held=list(held.select_related("clinic", "decision").order_by("clinic__name")),
        library=rules.book().library,
    )


def application(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Shows an application to read, with how the clinic meets what is asked, and decides it."""
    place, clinic = place_and_clinic(recipient, year, number)
    standing = support_of(place.scheme, clinic)
    if standing.row is None or not standing.row.sent:
        raise Http404
    may_decide = any(may(request.visitor, right, recipient) for right in ("plan region", "decide in region"))
    form = filled(request, DecisionForm)

    def do() -> str:
        told = form.cleaned_data
        names = ("reason", "kronor", "first_day", "last_day")
        decided = deeds.Decided(granted=told["granted"] == "yes", **{name: told[name] for name in names})
        deeds.decide_support(request.visitor, place.scheme, clinic, decided, now=request.now)
        return reverse("application", args=(recipient, year, number))

    if standing.state == "sent" and (answer := sent(request, form, do)):
        return answer
    return show(
        request,
        "region/clinics/application_read.html",
        **place.shown,
        clinic=clinic,
        key=clinic_key(place.region, clinic.number),
        standing=standing,
        tried=next((each for each in registered(place.scheme, clinic).tried if each.of == FIXED_SUPPORT), None),
        support=place.scheme.fixed_support,
        pages=pages_of(standing),
        withdrawn=withdrawn_of(clinic, year),
        form=form,
        may_decide=may_decide,
        library=rules.book().library,
    )


def meetings(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Shows the follow-up meetings with a clinic, and notes another."""
    place, clinic = place_and_clinic(recipient, year, number)
    form = filled(request, MeetingForm)

    def do() -> str:
        told = form.cleaned_data
        deeds.note_meeting(request.visitor, clinic, told["day"], told["says"], now=request.now)
        return reverse("meetings", args=(recipient, year, number))

    if answer := sent(request, form, do):
        return answer
    return show(
        request,
        "region/clinics/meetings.html",
        **place.shown,
        clinic=clinic,
        form=form,
        meetings=list(clinic.meetings.all()),
        offered=place.scheme.fixed_support.meetings if place.scheme.fixed_support else None,
        may_plan=may(request.visitor, "plan region", recipient),
        library=rules.book().library,
    )
