"""The region's own diary: its cases with every document, and whether anyone has altered one (adm-09)."""

from django.http import Http404, HttpResponse

from statsbidrag.portal.middleware import Request
from statsbidrag.portal.papers import DIRECTIONS
from statsbidrag.portal.views.papers import paper
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.queries.diary import cases, document_of, first_break
from statsbidrag.region.views.place import place_of


def region_diary(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows the year's cases; on request walks the whole chain of the region's diary."""
    place = place_of(recipient, year)
    checked = "kontrollera" in request.GET
    return show(
        request,
        "region/desk/diary.html",
        **place.shown,
        cases=cases(recipient, year),
        directions=DIRECTIONS,
        checked=checked,
        broken=first_break(recipient) if checked else None,
    )


def region_document(_request: Request, *, recipient: str, year: int, document: int) -> HttpResponse:
    """Gives a document of the region's own diary; another region's is not found."""
    place_of(recipient, year)
    found = document_of(recipient, document)
    if found is None:
        raise Http404
    return paper(found)
