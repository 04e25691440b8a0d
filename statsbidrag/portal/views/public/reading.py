"""Pages to read: what the service is, what we have assumed, personal data and cookies."""

from collections.abc import Mapping
from functools import cache

from django.http import HttpResponse

from statsbidrag.portal import rules
from statsbidrag.portal.access import RIGHTS, ROLES, Right, RoleKind
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.rendering import show
from statsbidrag.rulebook.assumptions import Assumed, Disagreement, assumed, disagreements, title_of

_DEEDS: Mapping[Right, str] = {
    "see own case": "Se det egna ärendet",
    "fill in": "Fylla i",
    "submit": "Skicka in",
    "certify": "Godkänna redovisningen",
    "invite deputy": "Bjuda in representant",
    "invite coordinator": "Bjuda in uppgiftssamordnare",
    "remove organisation": "Avsluta uppdraget för organisationen",
}
_HELD: tuple[RoleKind, ...] = ("agent", "deputy", "coordinator", "signatory", "reader")


def about(request: Request) -> HttpResponse:
    """Explains what the service is, the nine steps, and who may do what for a recipient."""
    rights = [(deed, *("Ja" if kind in RIGHTS[right] else "Nej" for kind in _HELD)) for right, deed in _DEEDS.items()]
    newest = rules.years()[0]
    return show(
        request,
        "public/about.html",
        agency=rules.book().agency,
        roles=["Rätt", *(ROLES[kind].capitalize() for kind in _HELD)],
        rights=rights,
        agent_time=rules.round_rules(newest).requisition.agent_time,
        call=rules.call(newest),
        library=rules.book().library,
    )


def assumptions(request: Request) -> HttpResponse:
    """Shows every assumption of every rule file, and everything that the sources disagree on."""
    return show(
        request,
        "public/assumptions.html",
        files=_by_file(),
        differing=_disagreements(),
        titles=_titles(),
        count=sum(len(each) for each in _by_file().values()),
        library=rules.book().library,
        children={year: rules.allocation(year).table for year in rules.years()},
    )


def personal_data(request: Request) -> HttpResponse:
    """Tells whose personal data are handled, what for, on which ground and how long."""
    return show(request, "public/personal_data.html", agency=rules.book().agency)


def cookies(request: Request) -> HttpResponse:
    """Tells which cookies there are, and that none of them follows anyone."""
    return show(request, "public/cookies.html")


@cache
def _by_file() -> Mapping[str, tuple[Assumed, ...]]:
    found: dict[str, list[Assumed]] = {}
    for one in assumed(rules.book().folder):
        found.setdefault(one.file, []).append(one)
    return {file: tuple(each) for file, each in found.items()}


@cache
def _disagreements() -> tuple[Disagreement, ...]:
    return tuple(disagreements(rules.book().folder))


@cache
def _titles() -> Mapping[str, str]:
    folder = rules.book().folder
    return {file: title_of(folder, file) for file in {*_by_file(), *(one.file for one in _disagreements())}}
