"""The start page: what the system is, and in the demonstration the way in as anyone."""

from django.conf import settings
from django.http import HttpResponse

from statsbidrag.portal import rules
from statsbidrag.portal.demonstration.people import CHARACTERS
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.rendering import show


def front(request: Request) -> HttpResponse:
    """Explains the system in three sentences and shows the rounds."""
    characters = CHARACTERS if settings.DEMONSTRATION else ()
    return show(request, "public/front.html", characters=characters, years=rules.years())
