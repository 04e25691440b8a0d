"""What is known of a clinic in a year: its index values, other facts, and the days of its fixed support."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.cycle.clinics import FACTS
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions import clinics as deeds
from statsbidrag.region.models import Clinic, ClinicFact
from statsbidrag.region.queries.years import asked_by
from statsbidrag.region.views.clinics.register import place_and_clinic
from statsbidrag.region.views.place import Place
from statsbidrag.region.views.plain_forms import PlainForm
from statsbidrag.region.writing import sent

_YEAR = {"required": "Ange år.", "invalid": "Skriv året med fyra siffror.", "min_value": "Skriv året med fyra siffror."}
_DAY = {"required": "Ange dagen.", "invalid": "Skriv dagen som 2025-10-01."}


class IndexForm(PlainForm):
    """A value of an index."""

    name = forms.CharField(label="Index", max_length=60, error_messages={"required": "Ange vilket index det är."})
    base = forms.CharField(
        label="Bas",
        help_text="Vad värdet är i förhållande till, till exempel riket eller länet.",
        max_length=60,
        error_messages={"required": "Ange vad värdet är i förhållande till."},
    )
    of_year = forms.IntegerField(label="År", min_value=1990, max_value=2100, error_messages=_YEAR)
    value = forms.CharField(
        label="Värde", help_text="Till exempel 2,31.", max_length=20, error_messages={"required": "Ange värdet."}
    )


class FactsForm(Form):
    """What else is known of a clinic in a year."""

    of_year = forms.IntegerField(label="År", min_value=1990, max_value=2100, error_messages=_YEAR)

    def __init__(self, *given: object, **options: object) -> None:
        super().__init__(*given, **options)  # type: ignore[arg-type]  # what Django's form takes
        for name in FACTS.values():
            if name.id != "index":
                self.fields[name.id] = _field(name.text.capitalize(), name.options)


class SupportForm(Form):
    """The days of fixed support that was decided elsewhere."""

    first_day = forms.DateField(label="Från och med", help_text="Skriv som 2025-10-01.", error_messages=_DAY)
    last_day = forms.DateField(label="Till och med", required=False, error_messages=_DAY)


def clinic_known(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Adds values beside those that are known; what was known before stays as history."""
    place, clinic = place_and_clinic(recipient, year, number)
    forms_ = _forms(request, place, clinic)
    what = request.POST.get("what", "")
    if what in forms_:
        form = forms_[what]

        def do() -> str:
            _store(request, place, clinic, what=what, told=form.cleaned_data)
            return reverse("clinic_page", args=(recipient, year, number))

        if answer := sent(request, form, do, field="value" if what == "index" else None):
            return answer
    shown = next((form for form in forms_.values() if form.is_bound), None)
    return show(request, "region/clinics/known.html", **place.shown, clinic=clinic, forms=forms_, form=shown)


def _forms(request: Request, place: Place, clinic: Clinic) -> dict[str, Form]:
    """The forms of the page; only the one that was sent holds what was sent."""
    asked, year = asked_by(place.region, place.year), place.year
    index = {"name": asked.index if asked else "", "base": asked.base if asked else "", "of_year": year}
    facts = dict(ClinicFact.objects.filter(clinic=clinic, year=year).values_list("fact", "value"))
    made: dict[str, tuple[type[Form], dict[str, Any]]] = {
        "index": (IndexForm, index),
        "facts": (FactsForm, {"of_year": year, **facts}),
    }
    if place.scheme.fixed_support:
        made["support"] = (SupportForm, {})
    sent_now = request.POST.get("what") if request.method == "POST" else None
    return {
        what: form(request.POST, prefix=None) if what == sent_now else form(initial=initial, auto_id=f"id_{what}_%s")
        for what, (form, initial) in made.items()
    }


def _store(request: Request, place: Place, clinic: Clinic, *, what: str, told: dict[str, Any]) -> None:
    visitor, now = request.visitor, request.now
    if what == "index":
        deeds.add_index(visitor, clinic, deeds.Index(told["name"], told["base"], told["of_year"], told["value"]), now)
    elif what == "facts":
        facts = {name: str(told[name]) for name in FACTS if told.get(name) not in (None, "")}
        deeds.add_facts(visitor, clinic, told["of_year"], facts, now=now)
    else:
        deeds.set_support(visitor, clinic, place.year, (told["first_day"], told["last_day"]), now=now)


def _field(label: str, options: Any) -> forms.Field:
    if options:
        return forms.ChoiceField(label=label, required=False, choices=[("", "Inte känt"), *options.items()])
    wrong = {"invalid": "Skriv ett heltal.", "min_value": "Skriv 0 eller mer.", "max_value": "Talet är för stort."}
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=10**8, error_messages=wrong)
