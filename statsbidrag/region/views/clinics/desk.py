"""A clinic's own desk: what it has to do now, and its visits, applications, reports and statements."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.cycle.clinics import HAND_OVERS
from statsbidrag.portal.access import may, region_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.queries.clinic_desk import clinic_desk_of
from statsbidrag.region.queries.line_reports import REPORT_STATES
from statsbidrag.region.queries.years import region_year, years_of
from statsbidrag.region.views.clinics.application import own_place


def clinic_desk(_request: Request, *, recipient: str) -> HttpResponse:
    """Leads to the newest year that the region has begun."""
    region = region_of(recipient)
    begun = [year for year in years_of(region) if region_year(region, year)]
    if not begun:
        raise Http404
    return redirect("clinic_year", recipient, begun[0])


def clinic_year(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows a clinic's year: what to do now, and where its support, report and statements stand."""
    place, clinic = own_place(recipient, year)
    found, today = clinic_desk_of(place.begun, place.scheme, clinic), request.now.date()
    due = found.due(today, signs=may(request.visitor, "sign for clinic", recipient))
    return show(
        request,
        "region/clinics/own_desk.html",
        **place.shown,
        desk=found,
        hand_over=HAND_OVERS[clinic.form] if clinic.form else "",  # type: ignore[index]  # one of the two
        steps=[
            {"what": one.what, "link": reverse(one.page, args=(recipient, year)), "by": one.by, "note": one.note}
            for one in due
        ]
        if may(request.visitor, "act for clinic", recipient)
        else [],
        state=REPORT_STATES[found.reporter.state(today)] if found.reporter else None,
    )
