"""The demonstration's clock: moves the whole service to another day of the round."""

from django.http import HttpResponse

from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.rendering import show


def clock_page(request: Request) -> HttpResponse:
    """Shows the days to move to, and moves there."""
    return show(request, "demonstration/clock.html")
