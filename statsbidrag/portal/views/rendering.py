"""How a page is set: its template with what every page shows."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject

from statsbidrag.portal.middleware import Request


def show(request: Request, template: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
    """Gives a page."""
    return render(request, template, context, status=status)


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Gives what every page shows: who is signed in, which day it is, and whether all of it is made up."""
    visited = cast(Request, request)
    now = getattr(visited, "now", None)
    return {
        "person": getattr(visited, "visitor", None),
        "today": now.date() if now else None,
        "demonstration": settings.DEMONSTRATION,
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),  # masked once a page, however many its forms
    }
