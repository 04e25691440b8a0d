"""The region's desk: the years there are, and the money of one year as one balance."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.years import begin
from statsbidrag.region.queries.years import region_year, years_of
from statsbidrag.region.views.place import place_of
from statsbidrag.region.writing import sent


def region_desk(request: Request, *, recipient: str) -> HttpResponse:
    """Leads to the newest year that has begun, or shows the years that may be."""
    years = years_of(recipient)
    begun = [year for year in years if region_year(recipient, year)]
    if begun:
        return redirect("region_year", recipient, begun[0])
    if recipient not in rules.recipients():
        raise Http404
    form = filled(request, Form)

    def do() -> str:
        begin(request.visitor, recipient, years[0], request.now)
        return reverse("region_year", args=[recipient, years[0]])

    if years and (answer := sent(request, form, do)):
        return answer
    return show(
        request,
        "region/desk/begin.html",
        acting_for=rules.recipients()[recipient].name,
        recipient=recipient,
        years=years,
        form=form,
        may_plan=may(request.visitor, "plan region", recipient),
    )


def region_year_page(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows a region's year: the money as one balance, what to do now, and the ways on."""
    place = place_of(recipient, year)
    return show(request, "region/desk/desk.html", **place.shown)
