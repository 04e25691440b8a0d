"""Where visits come in: the same pages at the region's desk and at a clinic's own, by the names they have there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from statsbidrag.portal.access import may, region_of
from statsbidrag.portal.middleware import Request
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.models import Clinic
from statsbidrag.region.queries.claims import ClaimedBy
from statsbidrag.region.views.place import Place, clinic_place, place_of


@dataclass(frozen=True, slots=True)
class Pages:
    """The names of the pages at one kind of desk: all files, one of them, and its refused rows."""

    all: str
    file: str
    refused: str


_AT_REGION = Pages("region_visits", "visit_file", "refused_rows")
_AT_CLINIC = Pages("clinic_visits", "own_visit_file", "own_refused_rows")


def at(recipient: str, year: int) -> tuple[Place, VisitDesk, Pages]:
    """Gives the place of a page, the desk there, and the pages beside it; 404 where there is none."""
    if region_of(recipient) == recipient:
        place = place_of(recipient, year)
        return place, VisitDesk(place.region, year), _AT_REGION
    place = clinic_place(recipient, year)
    return place, VisitDesk(place.region, year, place.clinic), _AT_CLINIC


def ways_to_remove(request: Request, place: Place) -> Callable[[ClaimedBy], str]:
    """Gives what tells where the visitor removes a clinic's visit that others have too; empty where it may not."""

    def way(one: ClaimedBy) -> str:
        if may(request.visitor, "plan region", place.region):
            return reverse("take_back_visit", args=[place.region, place.year, one.visit])
        mine = may(request.visitor, "act for clinic", one.key)
        return reverse("alter_visit", args=[one.key, place.year, one.visit]) if mine else ""

    return way


def clinic_at(place: Place) -> Clinic:
    """Gives the clinic that a page is about; 404 where it is about a whole region."""
    if place.clinic is None:
        raise Http404
    return place.clinic
