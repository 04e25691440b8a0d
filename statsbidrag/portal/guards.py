"""Guards: who may open a page. Every page has one in the table of routes; without one there is no page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from statsbidrag.portal import interruption
from statsbidrag.portal.access import Right, Visitor, may, require
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views import refusals
from statsbidrag.terms.faults import Fault

View = Callable[..., HttpResponse]
_LARGEST = 2**31 - 1  # what every database holds; no number of ours is larger


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may open a page.

    rights          any one of these is enough; for a recipient's page they are held for that recipient
    anyone          also whoever has not signed in
    demonstration   the page exists only in the demonstration
    """

    rights: tuple[Right, ...] = ()
    anyone: bool = False
    demonstration: bool = False

    def lets_in(self, visitor: Visitor | None, recipient: str) -> bool:
        """Tells whether someone may open the page."""
        if self.anyone:
            return True
        if not self.rights:
            return visitor is not None
        return any(may(visitor, right, recipient) for right in self.rights)


ANYONE = Guard(anyone=True)
SIGNED_IN = Guard()
DEMONSTRATION = Guard(anyone=True, demonstration=True)


def having(*rights: Right) -> Guard:
    """Gives the guard of a page for whoever has any of the rights."""
    return Guard(rights)


GUARDS: dict[str, Guard] = {}


def page(route: str, view: View, name: str, guard: Guard) -> URLPattern:
    """One line of the table of routes: the address, the page, its name and who may open it."""
    if name in GUARDS:
        raise ValueError(f"two pages are called {name}")
    GUARDS[name] = guard
    return path(route, _guarded(view, guard), name=name)


def _guarded(view: View, guard: Guard) -> View:
    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = cast(Request, request)
        if guard.demonstration and not settings.DEMONSTRATION:
            raise Http404
        if any(isinstance(value, int) and value > _LARGEST for value in kwargs.values()):
            raise Http404
        recipient = kwargs.get("recipient", "")
        if not guard.lets_in(asked.visitor, recipient):
            if asked.visitor is None:
                return interruption.ask_to_sign_in(asked)
            return _refusal(asked, guard, recipient)
        try:
            return view(asked, **kwargs)
        except Fault as fault:
            return refusals.refused(request, fault)

    return opened


def _refusal(request: Request, guard: Guard, recipient: str) -> HttpResponse:
    try:
        require(request.visitor, guard.rights[0], recipient)
    except Fault as fault:
        return refusals.refused(request, fault)
    raise Http404
