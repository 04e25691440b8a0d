"""Pages for what cannot be shown or done: signed out, not allowed, not there, already changed, or our own fault."""

from typing import cast

from django.http import HttpRequest, HttpResponse

from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault


def refused(request: HttpRequest, fault: Fault) -> HttpResponse:
    """Says that someone may not see or do something, why, and what to do."""
    return show(cast(Request, request), "pages_of_errors/403.html", status=403, fault=fault)


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says that what was sent cannot be read."""
    return show(cast(Request, request), "pages_of_errors/400.html", status=400)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says that there is no such page."""
    return show(cast(Request, request), "pages_of_errors/404.html", status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Says that a form did not come from our own page, or that cookies are off."""
    fault = Fault("formuläret", "Formuläret kom inte från vår egen sida.", "Öppna sidan på nytt och skicka igen.")
    return refused(request, fault)


def broken(request: HttpRequest) -> HttpResponse:
    """Says that something is wrong with the service itself."""
    return show(cast(Request, request), "pages_of_errors/500.html", status=500)
