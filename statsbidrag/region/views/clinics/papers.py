"""The documents of a clinic's own case, to look at and to keep."""

from django.http import Http404, HttpResponse

from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.papers import paper
from statsbidrag.region.models import Clinic, RegionDocument
from statsbidrag.region.queries.diary import document_of
from statsbidrag.region.views.clinics.application import own_place


def clinic_document(_request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Gives a document of the clinic's own case; never one of another clinic's."""
    place, clinic = own_place(recipient, year)
    found = document_of(place.region, number)
    if found is None or not _is_of(found, clinic, year):
        raise Http404
    return paper(found)


def _is_of(document: RegionDocument, clinic: Clinic, year: int) -> bool:
    case = document.case
    return case.kind == "clinic" and case.about == clinic.number and case.year == year
