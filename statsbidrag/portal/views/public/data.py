"""Open data: the same figures as the pages show, at addresses that stay, for anyone and without signing in."""

from django.http import Http404, HttpResponse

from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries import public_list
from statsbidrag.portal.queries.public import public_round, public_rounds
from statsbidrag.portal.queries.public_list import Wanted
from statsbidrag.portal.views.public.allocation import file_of
from statsbidrag.portal.views.rendering import show


def open_data(request: Request) -> HttpResponse:
    """Shows which files there are, and what their columns mean."""
    rounds = public_rounds(request.now.date())
    return show(request, "public/open_data.html", rounds=rounds)


def open_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives a round's whole list at its stable address."""
    round_ = public_round(year, request.now.date())
    if round_ is None:
        raise Http404
    answer = file_of(round_, public_list.chosen(year, Wanted()), ending, compared=False)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Link"] = '<https://creativecommons.org/publicdomain/zero/1.0/deed.sv>; rel="license"'
    return answer
