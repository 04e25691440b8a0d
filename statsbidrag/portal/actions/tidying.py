"""What the service itself has remembered long enough goes: nothing of any case, only what forms and visits needed."""

from datetime import datetime, timedelta

from statsbidrag.portal.interruption import KEPT
from statsbidrag.portal.models import Deed, Interrupted
from statsbidrag.portal.sessions import SessionStore
from statsbidrag.portal.writing import writing

_A_WEEK = timedelta(days=7)


def tidy(now: datetime) -> None:
    """Lets go of forms that were interrupted, keys of forms sent a week ago and visits that have ended."""
    with writing():
        Interrupted.objects.filter(at__lt=now - KEPT).delete()
        Deed.objects.filter(at__lt=now - _A_WEEK).delete()
    SessionStore.clear_expired()
