"""A visit that several clinics have is taken back at one of them by the region's planner, with the reason."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle.step_6_visit_pay import Claim
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.taking_back import take_back
from statsbidrag.region.queries.claims import claimed_visit, elsewhere, settled_first
from statsbidrag.region.views.visits.at import at
from statsbidrag.region.views.visits.visit_form import RemovalForm
from statsbidrag.region.views.visits.words import profession_words, short
from statsbidrag.region.writing import sent


def take_back_visit(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Shows what each clinic has written of the visit, and removes it at one of them."""
    place, _, pages = at(recipient, year)
    row = claimed_visit(place.region, year, number)
    if row is None:
        raise Http404
    form = filled(request, RemovalForm)

    def done() -> str:
        take_back(request.visitor, row, form.cleaned_data["why"], now=request.now)
        return reverse("region_visits", args=[recipient, year])

    if answer := sent(request, form, done, field="why"):
        return answer
    return show(
        request,
        "region/visits/take_back.html",
        **place.shown,
        pages=pages,
        form=form,
        row=row,
        is_paid=Claim(row.child, row.date, row.clinic.name) in settled_first(place.region, year),
        records=[row, *elsewhere([row])],
        professions=profession_words(),
        short=short,
    )
