"""What a clinic has before it: each child's next visit of the programme, and what families have been offered."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.offers import note_offer
from statsbidrag.region.queries.offers import latest_offers, offer_counts
from statsbidrag.region.queries.visits import due_visits
from statsbidrag.region.views.visits.at import at, clinic_at
from statsbidrag.region.views.visits.visit_form import WithoutNumbers
from statsbidrag.region.views.visits.words import OUTCOME_WORDS, short
from statsbidrag.region.writing import sent

_MOST_SHOWN = 200


class OfferForm(WithoutNumbers):
    """A family, by the clinic's own number; what became of the offer is the button that is pressed."""

    family = forms.CharField(
        label="Familjens lokala nummer", max_length=40, error_messages={"required": "Skriv familjens nummer."}
    )


def due_visits_page(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows each child's next visit of the programme, those that are late first."""
    place, desk, pages = at(recipient, year)
    today = request.now.date()
    due = due_visits(clinic_at(place), place.scheme, today)
    return show(
        request,
        "region/visits/due.html",
        **place.shown,
        pages=pages,
        due=due[:_MOST_SHOWN],
        total=len(due),
        late=sum(one.is_late(today) for one in due),
        programme=place.scheme.programme,
        short=short,
        may_write=desk.may_write(request.visitor),
    )


def offers_page(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows what families have been offered, and takes what became of it: a number and one button."""
    place, desk, pages = at(recipient, year)
    clinic = clinic_at(place)
    form = filled(request, OfferForm)

    def done() -> str:
        note_offer(request.visitor, desk, form.cleaned_data["family"], request.POST.get("outcome", ""), now=request.now)
        return f"{reverse('offers', args=[recipient, year])}?sparat=1"

    if answer := sent(request, form, done, field="family"):
        return answer
    return show(
        request,
        "region/visits/offers.html",
        **place.shown,
        pages=pages,
        form=form,
        saved=request.GET.get("sparat") == "1",
        offers=latest_offers(place.region, year, clinic)[:_MOST_SHOWN],
        counts=offer_counts(place.region, year, clinic),
        outcomes=OUTCOME_WORDS,
        short=short,
        may_write=desk.may_write(request.visitor),
    )
