"""The region's register of clinics: the list, one clinic, and adding, changing and closing it."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle.clinics import FACTS, HAND_OVERS
from statsbidrag.portal import rules
from statsbidrag.portal.access import clinic_key, may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.people import holding
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions import clinics as deeds
from statsbidrag.region.models import Clinic
from statsbidrag.region.queries.clinics import clinic_numbered, municipalities_of, register, registered
from statsbidrag.region.queries.support import support_of
from statsbidrag.region.views.clinics.people import CLINIC_KINDS
from statsbidrag.region.views.place import Place, place_of
from statsbidrag.region.views.plain_forms import PlainForm
from statsbidrag.region.writing import sent

_TOLD = ("name", "municipality_code", "form", "owner", "cost_centre", "pay_class", "email")
FORMS = {"": "Vet inte än", "own": "Regionens egen regi", "private": "Privat"}


class ClinicForm(PlainForm):
    """What the register says of a clinic."""

    name = forms.CharField(
        label="Enhetens namn",
        help_text="Som det står i besöksfilerna.",
        max_length=100,
        error_messages={"required": "Skriv enhetens namn."},
    )
    municipality_code = forms.ChoiceField(
        label="Kommun", error_messages={"required": "Välj kommun.", "invalid_choice": "Välj en av länets kommuner."}
    )
    form = forms.ChoiceField(label="Driftsform", choices=list(FORMS.items()), required=False, widget=forms.RadioSelect)
    owner = forms.CharField(
        label="Ägarens organisationsnummer",
        help_text="Behövs för en privat enhet. Skriv tio siffror, till exempel 232100-0016.",
        max_length=20,
        required=False,
    )
    cost_centre = forms.CharField(
        label="Kostnadsställe",
        help_text="Behövs för en enhet i egen regi, så att den får en intern bokföringsorder.",
        max_length=20,
        required=False,
    )
    pay_class = forms.CharField(
        label="Ersättningsklass", help_text="Om er ordning har klasser.", max_length=20, required=False
    )
    email = forms.EmailField(
        label="Enhetens e-post",
        help_text="Hit går beslut, kvitton och påminnelser.",
        required=False,
        error_messages={"invalid": "E-postadressen är inte hel. Skriv den som namn@enheten.se."},
    )

    def __init__(self, *given: object, place: Place, clinic: Clinic | None = None, **options: object) -> None:
        super().__init__(*given, **options)  # type: ignore[arg-type]  # what Django's form takes
        chosen: list[tuple[str, str]] = list(municipalities_of(place.region))
        if clinic and clinic.municipality_code not in dict(chosen):
            chosen.append((clinic.municipality_code, clinic.municipality))
        self.fields["municipality_code"].choices = [("", "Välj …"), *chosen]  # type: ignore[attr-defined]

    def told(self) -> deeds.Told:
        """What was filled in."""
        return deeds.Told(**{name: self.cleaned_data[name] for name in _TOLD})


class ClosingForm(Form):
    """The last day of a clinic."""

    day = forms.DateField(
        label="Sista dag",
        help_text="Skriv som 2025-12-31.",
        error_messages={"required": "Ange sista dagen.", "invalid": "Skriv dagen som 2025-12-31."},
    )


def clinics(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Lists the register: who runs each clinic, its index, and whether it may have fixed support, with the reason."""
    place = place_of(recipient, year)
    return show(
        request,
        "region/clinics/clinics.html",
        **place.shown,
        lines=register(place.scheme),
        forms=FORMS,
        has_support=place.scheme.fixed_support is not None,
        may_plan=may(request.visitor, "plan region", recipient),
        library=rules.book().library,
    )


def clinic_page(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Shows all that is known of a clinic: its values through the years, its support, and who works there."""
    place, clinic = place_and_clinic(recipient, year, number)
    key = clinic_key(place.region, clinic.number)
    return show(
        request,
        "region/clinics/clinic.html",
        **place.shown,
        one=registered(place.scheme, clinic),
        clinic=clinic,
        key=key,
        forms=FORMS,
        hand_overs=HAND_OVERS,
        indexes=list(clinic.index_values.order_by("-year", "-id")),
        facts_known=[(FACTS[each.fact], each) for each in clinic.facts.order_by("-year", "-id")],
        supports=list(clinic.supports.filter(year=year).order_by("-id")),
        standing=support_of(place.scheme, clinic),
        people=holding(key, CLINIC_KINDS),
        may_plan=may(request.visitor, "plan region", recipient),
        library=rules.book().library,
    )


def new_clinic(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Adds a clinic to the register."""
    place = place_of(recipient, year)
    form = filled(request, ClinicForm, place=place)

    def do() -> str:
        added = deeds.add_clinic(request.visitor, place.region, form.told())
        return reverse("clinic_page", args=(recipient, year, added.number))

    return sent(request, form, do) or _form(request, place, form, heading="Lägg till en enhet")


def change_clinic(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Changes what the register says of a clinic."""
    place, clinic = place_and_clinic(recipient, year, number)
    known = {name: getattr(clinic, name) for name in _TOLD}
    form = filled(request, ClinicForm, place=place, clinic=clinic, initial=known)

    def do() -> str:
        deeds.change_clinic(request.visitor, clinic, form.told())
        return reverse("clinic_page", args=(recipient, year, number))

    return sent(request, form, do) or _form(request, place, form, heading=f"Ändra {clinic.name}", clinic=clinic)


def close_clinic(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Asks for a clinic's last day and notes it; or takes back that it is closed."""
    place, clinic = place_and_clinic(recipient, year, number)
    form = filled(request, Form if clinic.closed else ClosingForm)

    def do() -> str:
        if clinic.closed:
            deeds.reopen_clinic(request.visitor, clinic)
        else:
            deeds.close_clinic(request.visitor, clinic, form.cleaned_data["day"])
        return reverse("clinic_page", args=(recipient, year, number))

    if answer := sent(request, form, do):
        return answer
    return show(request, "region/clinics/close.html", **place.shown, clinic=clinic, form=form)


def place_and_clinic(recipient: str, year: int, number: int) -> tuple[Place, Clinic]:
    """Gives the place of a region's page about one of its clinics; no page is found for another region's."""
    place = place_of(recipient, year)
    clinic = clinic_numbered(place.region, number)
    if clinic is None:
        raise Http404
    return place, clinic


def _form(request: Request, place: Place, form: ClinicForm, *, heading: str, **more: Any) -> HttpResponse:
    return show(
        request,
        "region/clinics/clinic_form.html",
        **place.shown,
        form=form,
        heading=heading,
        **{"clinic": None, **more},
    )
