"""Open data: the same figures as the pages show, at addresses that stay, for anyone and without signing in."""

from django.conf import settings
from django.http import Http404, HttpResponse

from statsbidrag.exchange.joint_account import WORDS, recipients_table
from statsbidrag.exchange.tables import as_json
from statsbidrag.portal.lists import download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries import public_list
from statsbidrag.portal.queries.joint_account import account_of
from statsbidrag.portal.queries.public import public_round, public_rounds
from statsbidrag.portal.queries.public_list import Wanted
from statsbidrag.portal.queries.report_list import paid_in
from statsbidrag.portal.views.public.allocation import file_of
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.made_up import MADE_UP


def open_data(request: Request) -> HttpResponse:
    """Shows which files there are, and what their columns mean."""
    rounds = public_rounds(request.now.date())
    paid = {one.year for one in rounds if paid_in(one.year)}
    return show(request, "public/open_data.html", rounds=rounds, paid=paid, words=WORDS)


def yearly_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives what each recipient was granted, paid, used and repaid, at a stable address (adm-25).

    What is used and the visits stand there once the report has come in; contacts and free text never do.
    """
    round_ = public_round(year, request.now.date())
    if round_ is None or not paid_in(year) or ending not in ("csv", "json"):
        raise Http404
    table = recipients_table(account_of(year))
    if ending == "json":
        facts = {"round": year, **({"note": MADE_UP} if settings.DEMONSTRATION else {})}
        answer = HttpResponse(as_json(table, name="recipients", facts=facts), content_type="application/json")
    else:
        answer = download(table, f"mottagare-{year}", "csv", request.now.date())
    return _open(answer)


def open_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives a round's whole list at its stable address."""
    round_ = public_round(year, request.now.date())
    if round_ is None:
        raise Http404
    answer = file_of(round_, public_list.chosen(year, Wanted()), ending, compared=False)
    return _open(answer)


def _open(answer: HttpResponse) -> HttpResponse:
    """Lets any program read it, and says that it is free to use."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Link"] = '<https://creativecommons.org/publicdomain/zero/1.0/deed.sv>; rel="license"'
    return answer
