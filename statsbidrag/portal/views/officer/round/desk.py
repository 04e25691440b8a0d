"""The agency's first page, and the desk of a round: nine stations, its sums, and the deeds that belong there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.cycle.ledger import LedgerAccount
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import ROLES
from statsbidrag.portal.actions.allocation import allocate_and_publish, open_round
from statsbidrag.portal.guards import GUARDS
from statsbidrag.portal.jinja import url
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.later_stations import Station
from statsbidrag.portal.queries.public import public_rounds
from statsbidrag.portal.queries.stations import Desk, desk
from statsbidrag.portal.queries.waiting import waiting
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.because import Because

_SUMS: tuple[tuple[LedgerAccount, str], ...] = (
    ("pot", "Kvar i potten"),
    ("ceiling", "Högsta belopp, inte beslutat än"),
    ("left", "Kvar att omfördela"),
    ("granted", "Beviljat, att betala ut"),
    ("withheld", "Innehållet"),
    ("paid", "Utbetalt"),
    ("used", "Använt enligt redovisningarna"),
    ("owed", "Att återbetala"),
    ("repaid", "Återbetalt"),
    ("waived", "Avstått från återkrav"),
)
_ELSEWHERE = {
    "diary": "Diariet",
    "outbox": "Utkorgen, all e-post",
    "agent_applications": "Ansökningar om att bli ombud",
    "delegations": "Delegationsordningen",
    "staff": "Medarbetare och roller",
    "forget_people": "Gallring av personuppgifter",
    "record_check": "Kontroll av diarium och huvudbok",
}
_IN_THE_ROUND = {
    "round_page": "Utlysningen, som alla ser den",
    "allocation_list": "Fördelningslistan",
    "register_requisition": "Registrera det som kom på papper eller med e-post",
    "prepare_decisions": "Bered beslut",
    "bank_answers": "Svar från banken och ekonomisystemet",
    "vouchers": "Verifikationer till ekonomisystemet",
}
# The later accounts are shown once something has come to them.
_ALWAYS = frozenset({"pot", "ceiling", "left", "granted", "withheld", "paid"})


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of the round, and why it is what it is."""

    name: str
    kronor: int
    because: Because


@dataclass(frozen=True, slots=True)
class Linked:
    """A station as the line shows it."""

    text: str
    state: str
    note: str
    link: str


def agency_desk(request: Request) -> HttpResponse:
    """Shows what waits for whoever is signed in, and the rounds."""
    visitor = access.require(request.visitor, "see agency")
    today = request.now.date()
    return show(
        request,
        "officer/round/agency_desk.html",
        tasks=waiting(visitor, today),
        rounds=public_rounds(today),
        roles=[ROLES[kind] for kind in sorted(visitor.kinds())],
        links=_links(request, _ELSEWHERE),
    )


def round_desk(request: Request, *, year: int) -> HttpResponse:
    """Shows a round's stations and sums; what an officer does at them is sent here."""
    known_round(year)
    form = filled(request, Form)
    deeds = {"publish": allocate_and_publish, "open": open_round}
    deed = deeds.get(request.POST.get("deed", ""))

    def done() -> str:
        if deed:
            deed(request.visitor, year, request.now)
        return reverse("round_desk", args=[year])

    if answer := sent(request, form, done):
        return answer
    seen = desk(year, request.now.date())
    return show(
        request,
        "officer/round/round_desk.html",
        form=form,
        desk=seen,
        year=year,
        stations=[_linked(station, year) for station in seen.stations()],
        sums=_sums(seen),
        may_run=access.may(request.visitor, "run round"),
        links=_links(request, _IN_THE_ROUND, year),
        library=rules.book().library,
    )


def _links(request: Request, pages: Mapping[str, str], *places: int) -> list[tuple[str, str]]:
    """The addresses and names of the pages that whoever asks may open."""
    return [(url(name, *places), text) for name, text in pages.items() if GUARDS[name].lets_in(request.visitor, "")]


def _linked(station: Station, year: int) -> Linked:
    return Linked(station.text, station.state, station.note, url(station.page, year) if station.page else "")


def _sums(seen: Desk) -> list[Sum]:
    """Where the kronor of the round are: account by account, and together they are the pot."""
    book = seen.moved
    shown = [(account, name) for account, name in _SUMS if account in _ALWAYS or book.balance(account)]
    return [Sum(name, book.balance(account), book.because(account)) for account, name in shown]
