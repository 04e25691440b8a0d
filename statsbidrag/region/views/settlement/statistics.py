"""The region's statistics: diagrams made on the server with the table under each, and each table as a file."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse

from statsbidrag.portal import rules
from statsbidrag.portal.lists import ENDINGS, download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.models.visits import OUTCOMES
from statsbidrag.region.queries.offers import offer_counts
from statsbidrag.region.queries.statistics import counted
from statsbidrag.region.queries.statistics_shown import Shown, shown, shown_offers
from statsbidrag.region.views.place import Place, place_of
from statsbidrag.region.views.settlement.statistics_parts import NOT_SHOWN, Part, as_list, parts


def region_statistics(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows the year's visits, children and offers in diagrams and tables, with small numbers hidden."""
    place = place_of(recipient, year)
    told, made = _statistics(place, request.now.date())
    small = rules.book().small_numbers
    return show(
        request,
        "region/settlement/statistics.html",
        **place.shown,
        told=told,
        parts=made,
        least=small.threshold,
        zero=small.zero,
        hides=hides(small.threshold.value),
        not_shown=NOT_SHOWN,
        library=rules.book().library,
    )


def statistics_file(request: Request, *, recipient: str, year: int, kind: str, ending: str) -> HttpResponse:
    """Gives one of the tables as a file, with the same numbers hidden as on the page."""
    place, today = place_of(recipient, year), request.now.date()
    if ending not in ENDINGS:
        raise Http404
    part = next((each for each in _statistics(place, today)[1] if each.kind == kind), None)
    if part is None:
        raise Http404
    least = rules.book().small_numbers.threshold
    says = [("Små tal", hides(least.value)), ("Vårt antagande", least.assumption), ("Räknat den", str(today))]
    return download(as_list(part, f"{place.name} {year}", says), f"statistik-{year}-{kind}", ENDINGS[ending], today)


def hides(least: int) -> str:
    """Says what is hidden."""
    return (
        f"Tal från 1 till {least - 1} visas inte, och inte heller andra tal som de skulle kunna räknas ut från. "
        "Ett tal som inte visas behöver alltså inte vara litet."
    )


def _statistics(place: Place, today: date) -> tuple[Shown | None, list[Part]]:
    """What may be shown; nothing at all where there are few children."""
    small = rules.book().small_numbers
    told: Any = shown(counted(place.scheme, today), small)
    offers = offer_counts(place.region, place.year)
    if told is None or not told.visits:
        return told, []
    return told, list(parts(told, shown_offers([offers[each] for each in OUTCOMES], small)))
