"""What is kept of visits and for how long, and children that have got another number."""

from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.rekeying import rekey
from statsbidrag.region.queries.retention import dropped_from, forgettings, past_time, retention
from statsbidrag.region.views.visits.at import at
from statsbidrag.region.views.visits.files import FileForm
from statsbidrag.region.writing import sent


def visit_retention(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows what would be dropped today, when this year's pseudonyms will be, and what has been dropped."""
    place, _, pages = at(recipient, year)
    past = past_time(place.region, request.now)
    return show(
        request,
        "region/visits/retention.html",
        **place.shown,
        pages=pages,
        rules=retention(),
        through=past.through,
        counts=[
            ("Besök med pseudonym", past.visits.count()),
            ("Erbjudanden med pseudonym", past.offers.count()),
            ("Filer med sparade felrader", past.refusals.count()),
            ("Filer som väntar för länge", past.waiting.count()),
        ],
        this_year_from=dropped_from(year),
        done=forgettings(place.region),
    )


def rekey_page(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Takes the file that says which pseudonyms have been replaced by which."""
    place, desk, pages = at(recipient, year)
    form = filled(request, FileForm)

    def done() -> str:
        moved = rekey(request.visitor, desk, form.cleaned_data["file"])
        return f"{reverse('rekey_visits', args=[recipient, year])}?flyttade={moved.visits}&samma={moved.same}"

    if answer := sent(request, form, done, field="file"):
        return answer
    moved, same = request.GET.get("flyttade", ""), request.GET.get("samma", "")
    told = (int(moved), int(same)) if moved.isdecimal() and same.isdecimal() and len(moved + same) < 18 else None
    return show(
        request,
        "region/visits/rekey.html",
        **place.shown,
        pages=pages,
        form=form,
        told=told,
        may_write=desk.may_write(request.visitor),
    )
