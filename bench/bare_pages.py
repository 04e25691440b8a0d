"""A Django view with nothing in it, beside the portal's own pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Says hello."""
    return HttpResponse("hej")


urlpatterns = [path("bare/", bare), path("", include("statsbidrag.portal.routes"))]
