"""What every request carries: the moment, and who is asking with every role held right now.

The roles are read anew for every request, so that a leaver's rights end at once.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from csp.constants import HEADER
from csp.utils import build_policy
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve

from statsbidrag.portal import clock
from statsbidrag.portal.access import AGENCY, RoleKind, Visitor

_View = TypeVar("_View", bound=Callable[..., HttpResponse])

SESSION_KEY = "person"
# More than twice the largest file that any form takes, which says for itself what is wrong with one that is too large.
_MOST_BYTES = 25 * 1024 * 1024
_LONGEST_LENGTH = 18
_WHO = """
    SELECT person.name, role.kind, role.recipient, NULL
      FROM portal_person person LEFT JOIN portal_role role ON role.person_id = person.id AND role.ended IS NULL
     WHERE person.id = %s
    UNION ALL SELECT NULL, NULL, NULL, recipient FROM portal_bias WHERE officer_id = %s
"""


def takes_files(most_bytes: int) -> Callable[[_View], _View]:
    """Lets a page take larger files than others do, from someone who has signed in; they go straight to the disk."""

    def mark(view: _View) -> _View:
        cast(Any, view).most_bytes = most_bytes
        return view

    return mark


class Request(HttpRequest):
    """A request as the pages know it.

    now       the moment of the request, by Swedish time; the same all through it
    visitor   who is asking, or None for someone who has not signed in
    """

    now: datetime
    visitor: Visitor | None


class PolicyMiddleware:
    """Tells the browser what our pages may load and where they may send; the same for all, so it is made once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the request."""
        response = self.get_response(request)
        response.headers[HEADER] = self._policy
        return response


class VisitorMiddleware:
    """Gives every request its moment and its visitor, and keeps what only that visitor may see out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the request."""
        _refuse_unreadable(request)
        visited = cast(Request, request)
        visited.now = clock.now()
        person = request.session.get(SESSION_KEY)
        visited.visitor = visitor_of(person) if person else None
        response = self.get_response(request)
        if visited.visitor:  # what someone who has signed in sees is kept nowhere, not even by its own browser
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Takes the mark that no database column can hold out of what was written, before any page reads it.

        A form would refuse it with words nobody understands, and what is read outside a form would not refuse it.
        """
        if any("\0" in name or any("\0" in text for text in texts) for name, texts in request.POST.lists()):
            request.POST = cast(Any, _without_nul(request.POST))


def visitor_of(person: int) -> Visitor | None:
    """Reads who a person is and every role that it holds right now, in one question to the database."""
    with connection.cursor() as cursor:
        cursor.execute(_WHO, [person, person])
        rows = cursor.fetchall()
    names = [name for name, *_ in rows if name is not None]
    if not names:
        return None
    roles = frozenset((cast(RoleKind, kind), recipient) for _, kind, recipient, _ in rows if kind)
    biased = frozenset(biased for *_, biased in rows if biased)
    return Visitor(person, names[0], roles, biased if any(kind in AGENCY for kind, _ in roles) else frozenset())


def _most_bytes(request: HttpRequest) -> int:
    """How large a request the page takes; only those who have signed in may send more than any form needs."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return _MOST_BYTES
    return getattr(view, "most_bytes", _MOST_BYTES) if request.session.get(SESSION_KEY) else _MOST_BYTES


def _without_nul(written: QueryDict) -> QueryDict:
    """Gives the same names and texts without the mark NUL."""
    clean = QueryDict(mutable=True)
    for name, texts in written.lists():
        for text in texts:
            clean.appendlist(name.replace("\0", ""), str(text).replace("\0", ""))
    clean._mutable = False
    return clean


def _refuse_unreadable(request: HttpRequest) -> None:
    """Refuses what is far too large before a byte of it is read, and what no page of ours has written.

    The mark NUL, which PostgreSQL cannot hold, is taken out of what is asked in the address.
    """
    length = request.META.get("CONTENT_LENGTH") or ""
    if len(length) > _LONGEST_LENGTH:
        raise RequestDataTooBig
    if length.isdecimal() and int(length) > _MOST_BYTES and int(length) > _most_bytes(request):
        raise RequestDataTooBig
    if "\0" in request.path or any("\0" in text for text in request.COOKIES.values()):
        raise BadRequest
    while "%00" in request.META.get("QUERY_STRING", ""):
        request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
