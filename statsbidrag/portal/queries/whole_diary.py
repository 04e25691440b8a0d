"""The whole diary as the agency sees it: every document of every case, the newest first, to search."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Q, QuerySet

from statsbidrag.portal import rules
from statsbidrag.portal.models import DiaryEntry
from statsbidrag.portal.papers import DIRECTIONS
from statsbidrag.portal.queries.prepared import Prepared
from statsbidrag.portal.queries.words import containing

PAGE = 50
_FIELDS = (
    "id",
    "number",
    "at",
    "case__number",
    "case__kind",
    "case__year",
    "case__recipient",
    "document__direction",
    "document__party",
    "document__matter",
    "document__secret",
    "document__erased_by",
)
_NEWEST = Prepared(lambda: DiaryEntry.objects.order_by("-id").values_list(*_FIELDS)[:PAGE])
# The links of the chain are numbered from 1 without a gap.
_LAST = Prepared(lambda: DiaryEntry.objects.order_by("-id").values_list("id")[:1])


class Search(TypedDict):
    """What is asked of the diary; empty is everything."""

    text: str
    direction: str
    year: int | None
    secret: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One document as the agency sees it.

    recipient   the key of the recipient whose case it is in, or empty
    erased      the number of the decision by which it was erased; empty while it stands
    """

    id: int
    number: int
    at: datetime
    case: str
    kind: str
    year: int
    recipient: str
    direction: str
    party: str
    matter: str
    secret: bool
    erased: str


def whole_diary(search: Search, page: int) -> tuple[list[Listed], int]:
    """Gives one page of the documents that fit, the newest first, and how many fit in all."""
    if page == 1 and not any(search.values()):
        [(entries,)] = _LAST.rows({}) or [(0,)]
        return [_listed(row) for row in _NEWEST.rows({})], entries
    found = _fitting(search)
    start = (page - 1) * PAGE
    rows = found.order_by("-id").values_list(*_FIELDS)[start : start + PAGE]
    return [_listed(row) for row in rows], found.count()


def _listed(row: tuple[Any, ...]) -> Listed:
    in_words = (*row[:7], DIRECTIONS.get(row[7], "–"), *row[8:])
    return Listed(*in_words)


def _fitting(search: Search) -> QuerySet[DiaryEntry]:
    found = DiaryEntry.objects.all()
    if text := search["text"].strip():
        asked = text.casefold()
        keys = [key for key, party in rules.recipients().items() if asked in party.name.casefold()]
        said = containing(text, "document__party", "document__matter", "case__number", "case__their_number")
        found = found.filter(said | Q(case__recipient__in=keys))
    if search["direction"]:
        found = found.filter(document__direction=search["direction"])
    if search["year"]:
        found = found.filter(case__year=search["year"])
    return found.filter(document__secret=True) if search["secret"] else found
