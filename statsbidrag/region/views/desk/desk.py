"""The region's desk: the years there are, and the money of one year as one balance."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import Right, may
from statsbidrag.portal.jinja import has_page
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.years import begin
from statsbidrag.region.queries.balance import balance_of
from statsbidrag.region.queries.plan import plan_of
from statsbidrag.region.queries.to_do import ToDo, to_do
from statsbidrag.region.queries.years import region_year, years_of
from statsbidrag.region.views.place import Place, place_of
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
    plan = plan_of(place.begun)
    return show(
        request,
        "region/desk/desk.html",
        **place.shown,
        plan=plan,
        balance=balance_of(plan),
        todo=list(_shown(request, place, to_do(plan))),
        library=rules.book().library,
    )


def _shown(request: Request, place: Place, items: Iterable[ToDo]) -> Iterable[dict[str, Any]]:
    """What this visitor can do of it, with the way there."""
    for each in items:
        right: Right = "decide in region" if each.right == "decide in region" else "plan region"
        if has_page(each.page) and may(request.visitor, right, place.region):
            link = reverse(each.page, args=[place.region, place.year]) + each.query
            yield {"what": each.what, "link": link, "by": each.by, "note": each.note}
