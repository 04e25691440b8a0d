"""The sign-ins that this browser has begun: kept in its session until the answer comes, each used once."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from statsbidrag.portal.signing.oidc import Question

_KEY = "sign_in"
_MOST = 5  # tabs
_WAITS = timedelta(minutes=15)


def remember(session: SessionBase, question: Question, now: datetime) -> None:
    """Keeps a question until its answer comes; the oldest of very many is forgotten."""
    kept = _waiting(session, now)
    kept[question.state] = {"question": asdict(question), "at": now.timestamp()}
    newest = sorted(kept, key=lambda state: kept[state]["at"])[-_MOST:]
    session[_KEY] = {state: kept[state] for state in newest}


def take(session: SessionBase, state: str, now: datetime) -> Question | None:
    """Gives the question that an answer belongs to, once; None where this browser never asked, or long ago."""
    kept = _waiting(session, now)
    found = kept.pop(state, None)
    if found is None:
        return None
    session[_KEY] = kept
    return Question(**found["question"])


def _waiting(session: SessionBase, now: datetime) -> dict[str, Any]:
    oldest = (now - _WAITS).timestamp()
    return {state: kept for state, kept in session.get(_KEY, {}).items() if kept["at"] >= oldest}
