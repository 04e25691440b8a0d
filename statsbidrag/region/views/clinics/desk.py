"""A clinic's own desk: what it has to do now, and its visits, applications, reports and statements."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from statsbidrag.portal.access import region_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.queries.years import region_year, years_of
from statsbidrag.region.views.place import clinic_place


def clinic_desk(_request: Request, *, recipient: str) -> HttpResponse:
    """Leads to the newest year that the region has begun."""
    region = region_of(recipient)
    begun = [year for year in years_of(region) if region_year(region, year)]
    if not begun:
        raise Http404
    return redirect("clinic_year", recipient, begun[0])


def clinic_year(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows a clinic's year."""
    place = clinic_place(recipient, year)
    return show(request, "region/clinics/own_desk.html", **place.shown)
