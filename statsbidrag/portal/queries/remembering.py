"""Readings that are done once for each thing that happens, since what they rest on only grows.

Whether anything has happened is asked of the database every time, in one short question; nothing goes out of date.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

from django.db import connection

_Asked = ParamSpec("_Asked")
_Read = TypeVar("_Read")

# The diary's last link is unlike every other, and most of what happens is entered there; the rest is counted.
_MOMENT = """
    SELECT (SELECT hash FROM portal_diaryentry ORDER BY id DESC LIMIT 1),
           (SELECT COUNT(*) FROM portal_receivedrequisition),
           (SELECT COUNT(approval_id) FROM portal_decision),
           (SELECT COUNT(*) FROM portal_girocheck),
           (SELECT COUNT(*) FROM portal_paymentbatch),
           (SELECT COUNT(handed_over) FROM portal_paymentbatch),
           (SELECT COUNT(withdrawn) FROM portal_paymentbatch),
           (SELECT COUNT(notice_id) FROM portal_payment),
           (SELECT COUNT(*) FROM portal_bankanswer),
           (SELECT COUNT(looked_at) FROM portal_bankanswer)
"""


def remembered(read: Callable[_Asked, _Read]) -> Callable[_Asked, _Read]:
    """Gives a reading that is done once for each moment of the payments; within a deed it is always done anew.

    What a deed has written but may still take back is thus never remembered.
    """

    read_again = cast(Callable[..., _Read], read)

    @lru_cache(maxsize=16)
    def kept(moment: tuple[object, ...], *args: object) -> _Read:
        del moment  # tells one from another, and nothing else
        return read_again(*args)

    @wraps(read)
    def recalled(*args: _Asked.args, **kwargs: _Asked.kwargs) -> _Read:
        if kwargs or within_a_deed():
            return read(*args, **kwargs)
        return kept(_moment(), *args)

    return recalled


def within_a_deed() -> bool:
    """Whether something is being written right now."""
    return bool(connection.in_atomic_block)


def _moment() -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_MOMENT)
        found: tuple[object, ...] = cursor.fetchone()
    return found
