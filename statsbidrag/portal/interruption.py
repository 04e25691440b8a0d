"""What someone had filled in when its session ran out is kept a short while, and is there after signing in again."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Interrupted
from statsbidrag.terms.personal_numbers import holds_number

_COOKIE = "interrupted"
KEPT = timedelta(hours=2)
_MOST_CHARACTERS = 100_000
_LONGEST_PATH = 500
_NOT_KEPT = frozenset({"csrfmiddlewaretoken"})


def ask_to_sign_in(request: Request) -> HttpResponse:
    """Sends someone to the sign-in page and remembers where it was going, and what it had filled in."""
    response = redirect(f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}")
    if request.method == "POST" and _can_be_kept(request):
        token = secrets.token_urlsafe(24)
        values = {name: _kept(request.POST.getlist(name)) for name in request.POST if name not in _NOT_KEPT}
        Interrupted.objects.filter(at__lt=request.now - KEPT).delete()
        Interrupted.objects.create(token_hash=_hash(token), path=request.path, values=values, at=request.now)
        response.set_cookie(
            _COOKIE,
            token,
            max_age=int(KEPT.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def restored(request: Request) -> QueryDict | None:
    """Gives what was filled in on this page before the session ran out, once; None where nothing was."""
    token = request.COOKIES.get(_COOKIE)
    if request.method != "GET" or not token:
        return None
    kept = Interrupted.objects.filter(token_hash=_hash(token), path=request.path, at__gte=request.now - KEPT).first()
    if kept is None:
        return None
    kept.delete()
    values = QueryDict(mutable=True)
    for name, sent in kept.values.items():
        values.setlist(name, sent)
    return values


def _kept(written: Sequence[object]) -> list[object]:
    """What is kept of a field: all but what looks like a personal number, which is stored nowhere."""
    return [text for text in written if not holds_number(str(text))]


def _can_be_kept(request: Request) -> bool:
    return len(request.path) <= _LONGEST_PATH and len(request.POST.urlencode()) <= _MOST_CHARACTERS


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
