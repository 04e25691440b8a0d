"""The list of requisitions: everyone in the round, to filter, search, sort and take along as a file."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from statsbidrag.portal import access, rules
from statsbidrag.portal.lists import Ending, download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.requisition_choice import ORDERS, Wanted, table
from statsbidrag.portal.queries.requisition_list import STATES, TONES, counts, rows
from statsbidrag.portal.views.officer.round.desk import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.parties import IN_SWEDISH

# What the address calls each part of what is asked for, in Swedish as all addresses are.
_ASKED = {
    "text": "sok",
    "state": "lage",
    "kind": "slag",
    "county": "lan",
    "agent": "ombud",
    "order": "ordning",
}
_ENDINGS: dict[str, Ending] = {"csv": "csv", "xlsx": "xlsx"}


def requisitions(request: Request, *, year: int) -> HttpResponse:
    """Shows the list, or the part of it that is asked for."""
    known_round(year)
    wanted, all_rows = _wanted(request), rows(year, request.now.date())
    found = wanted.of(all_rows)
    asked = {_ASKED[name]: value for name in _ASKED if (value := getattr(wanted, name))}
    return show(
        request,
        "officer/round/requisitions.html",
        year=year,
        rows=found,
        total=len(all_rows),
        counts=counts(all_rows),
        to_reject=sum(row.rejected for row in all_rows),
        ceiling=sum(row.ceiling for row in found),
        amount=sum(row.amount or 0 for row in found if row.state != "rejected"),
        wanted=wanted,
        query=urlencode(asked),
        states=STATES,
        tones=TONES,
        kinds=IN_SWEDISH,
        counties=_counties(),
        orders=ORDERS,
        may_register=access.may(request.visitor, "register"),
        dates=rules.round_rules(year).requisition,
    )


def requisitions_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives exactly what is asked for as a file."""
    known_round(year)
    if ending not in _ENDINGS:
        raise Http404
    today, wanted = request.now.date(), _wanted(request)
    listed = table(year, wanted.of(rows(year, today)), wanted, today)
    return download(listed, f"rekvisitioner-{year}", _ENDINGS[ending], today)


def _wanted(request: Request) -> Wanted:
    asked = {name: request.GET.get(word, "") for name, word in _ASKED.items()}
    return Wanted(**{**asked, "order": asked["order"] or "name"})


def _counties() -> list[str]:
    return list(dict.fromkeys(party.county for party in rules.recipients().values()))
