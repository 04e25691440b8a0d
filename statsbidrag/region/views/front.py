"""The first page of a region's own installation: what the house is for, and the way in."""

from django.http import HttpResponse

from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.rendering import show


def own_front(request: Request) -> HttpResponse:
    """Says what the house is for, and leads to the sign-in or to one's own pages."""
    return show(request, "region/front.html")
