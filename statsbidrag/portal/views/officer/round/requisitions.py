"""The list of requisitions: everyone in the round, to filter, search, sort and take along as a file."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.http import Http404, HttpResponse

from statsbidrag.cycle import REQUISITION_STATES, Review
from statsbidrag.portal import access, rules
from statsbidrag.portal.lists import ENDINGS, download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Round
from statsbidrag.portal.queries.requisition_choice import SORTS, Wanted, table
from statsbidrag.portal.queries.requisition_list import STATES, TONES, counts, of_nobody_known, rejections_decided, rows
from statsbidrag.portal.queries.requisitions import intake
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.portal.views.sorting import Heading, sorting
from statsbidrag.terms.parties import IN_SWEDISH

_HEADINGS = {
    "name": "Mottagare",
    "kind": "Slag",
    "ceiling": "Högsta belopp",
    "amount": "Rekvirerat",
    "more": "Vill ha mer",
    "state": "Läge och det som brister",
    "arrived": "Kom in",
    "agent": "Ombud",
}
_FIGURES = frozenset({"ceiling", "amount", "arrived"})


class Filter(forms.Form):
    """What an officer may ask of the list."""

    sok = forms.CharField(label="Sök", required=False, max_length=100)
    lage = forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla"), *STATES.items()])
    slag = forms.ChoiceField(
        label="Slag", required=False, choices=[("", "Alla"), *((kind, text) for kind, text in IN_SWEDISH.items())]
    )
    lan = forms.ChoiceField(label="Län", required=False)
    ombud = forms.ChoiceField(label="Ombud", required=False, choices=[("", "Alla"), ("yes", "Har"), ("no", "Saknar")])

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields["lan"].choices = _counties()  # type: ignore[attr-defined]  # it is a choice field


def requisitions(request: Request, *, year: int) -> HttpResponse:
    """Shows the list, or the part of it that is asked for."""
    known_round(year)
    wanted, all_rows = _wanted(request), rows(year, request.now.date())
    found = wanted.of(all_rows)
    return show(
        request,
        "officer/round/requisitions.html",
        year=year,
        rows=found,
        total=len(all_rows),
        counts=counts(all_rows),
        to_reject=sum(row.rejected for row in all_rows) - rejections_decided(year),
        nobodys=of_nobody_known(year, request.now.date()),
        ceiling=sum(row.ceiling for row in found),
        amount=sum(row.amount or 0 for row in found if row.state != "rejected"),
        filter=Filter(request.GET),
        headings=_headings(request, wanted),
        query=request.GET.urlencode(),
        states={**REQUISITION_STATES, **STATES},
        tones=TONES,
        kinds=IN_SWEDISH,
        registered=(registered := _registered(request, year)),
        too_late_to_share=bool(registered and registered.counts and _reallocated(year)),
        may_register=access.may(request.visitor, "register"),
        dates=rules.round_rules(year).requisition,
    )


def requisitions_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives exactly what is asked for as a file."""
    known_round(year)
    if ending not in ENDINGS:
        raise Http404
    today, wanted = request.now.date(), _wanted(request)
    listed = table(year, wanted.of(rows(year, today)), wanted, today)
    return download(listed, f"rekvisitioner-{year}", ENDINGS[ending], today)


def _registered(request: Request, year: int) -> Review | None:
    """What the check says of the requisition that has just been registered."""
    asked = request.GET.get("registrerad", "")
    if not asked:
        return None
    reviews = intake(year, request.now.date()).reviews
    return next((review for review in reviews if review.requisition.reference == asked), None)


def _reallocated(year: int) -> bool:
    return Round.objects.filter(pk=year, reallocated__isnull=False).exists()


def _wanted(request: Request) -> Wanted:
    asked = request.GET
    return Wanted(
        text=asked.get("sok", "")[:100],
        state=asked.get("lage", ""),
        kind=asked.get("slag", ""),
        county=asked.get("lan", ""),
        agent=asked.get("ombud", ""),
        column=column if (column := asked.get("ordna", "")) in SORTS else "name",
        falling=asked.get("fallande") == "1",
    )


def _headings(request: Request, wanted: Wanted) -> list[Heading]:
    return [
        sorting(request, column, text, by=wanted.column, falling=wanted.falling, figures=column in _FIGURES)
        for column, text in _HEADINGS.items()
    ]


@cache
def _counties() -> list[tuple[str, str]]:
    names = dict.fromkeys(party.county for party in rules.recipients().values())
    return [("", "Alla"), *((name, name) for name in names)]
