"""Figures on their way out of the region's house: what would leave, what has left, and each recipient's file."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.actions.region_figures import as_file
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions import releasing
from statsbidrag.region.actions.settling import refuse_partial
from statsbidrag.region.models import Release
from statsbidrag.region.queries.figures import figures_of
from statsbidrag.region.views.place import Place, place_of
from statsbidrag.region.writing import sent
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import grouped, in_words

# What each figure is called on the page; a figure that leaves and has no name here stands by its own.
_NAMES = {
    "visits": "Utökade hembesök",
    "families": "Familjer",
    "clinics": "Enheter",
    "municipalities": "Kommuner vars socialtjänst deltog",
    "nurse": "Sjuksköterska deltog",
    "social_services": "Socialtjänsten deltog",
    "two_persons": "Två personer enligt villkoret",
    "ages": "Barnens ålder",
    "contacts": "Kontakter",
    "programme": "Programmall",
    "programme_visits": "Besök i programmet",
    "used": "Använt belopp",
    "efforts": "Insatser",
    "planned": "Planerade utökade hembesök",
    "measures": "Mått",
}
_WORDS = {
    "yes": "ja",
    "before_birth": "före födseln",
    **{f"age_{age}": f"{age} år" for age in range(6)},
    "delivery": "genomförande",
    "preschool": "förskolan",
    "maternity_care": "mödrahälsovården",
    "dental": "tandvården",
    "library": "biblioteket",
    "psychologist": "psykolog",
    "physician": "läkare",
    "other": "annan",
    "visits": "antal utökade hembesök",
    "visits_per_family": "besök per familj",
    "two_professions": "andel med två professioner",
    "taking_part": "andel familjer som deltar",
    "declining": "andel som tackar nej",
}


def releases(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows what would leave the house now and what has left it, and lets the figures out."""
    place = place_of(recipient, year)
    form = filled(request, Form)

    def do() -> str:
        releasing.release(request.visitor, place.region, year, request.now)
        return f"{reverse('releases', args=[recipient, year])}#slappta"

    if answer := sent(request, form, do):
        return answer
    fault = _not_now(place)
    figures = {} if fault else {key: releasing.as_stored(told) for key, told in figures_of(place.scheme).items()}
    made = list(Release.objects.filter(region=place.region, year=year).order_by("-number"))
    return show(
        request,
        "region/settlement/releases.html",
        **place.shown,
        form=form,
        parts=[(rules.recipients()[key].name, list(_rows(told))) for key, told in figures.items()],
        fault=fault,
        changed=not fault and (not made or made[0].figures != figures),
        made=[(each, [(key, rules.recipients()[key].name) for key in each.figures]) for each in made],
        least=rules.book().small_numbers.threshold,
        may_release=may(request.visitor, "plan region", recipient),
    )


def release_file(_request: Request, *, recipient: str, year: int, number: int, receiver: str) -> HttpResponse:
    """Gives what a release has for one recipient, as the file that it brings to its report."""
    place = place_of(recipient, year)
    made = Release.objects.filter(region=place.region, year=year, number=number).first()
    found = next((each for each in releasing.handed_over(made) if each.recipient == receiver), None) if made else None
    if found is None:
        raise Http404
    response = HttpResponse(as_file(found), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="siffror-{year}-{number}-{receiver}.json"'
    return response


def _not_now(place: Place) -> Fault | None:
    """Why the figures cannot be summed up now, where that is so."""
    try:
        refuse_partial(place.region, place.year, "siffrorna")
    except Fault as fault:
        return fault
    return None


def _rows(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """Each figure in words: its name, its value, how many visits it was counted from, and of what."""
    for name, told in figures.items():
        counted = grouped(told["counted"]) if told["counted"] is not None else "–"
        yield _NAMES.get(name, name), _said(name, told["value"]), counted, told["says"]


def _said(name: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_WORDS.get(str(each), str(each)) for each in value)
    if isinstance(value, int):
        return in_words(value) if name == "used" else grouped(value)
    return _WORDS.get(str(value), str(value))
