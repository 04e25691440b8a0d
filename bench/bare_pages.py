"""A Django view with nothing in it, beside the pages of both houses."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Says hello."""
    return HttpResponse("hej")


urlpatterns = [path("bare/", bare), path("", include("statsbidrag.region.routes.under_one_roof"))]
