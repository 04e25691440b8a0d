"""The public diary (diariet): what everyone may see of each document, the newest first (OSL 5 kap.)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Q, QuerySet

from statsbidrag.portal import rules
from statsbidrag.portal.models import DiaryEntry
from statsbidrag.portal.papers import DIRECTIONS

PAGE = 50
_HELD_BACK = "Uppgiften är sekretessmarkerad"
_FIELDS = (
    "number",
    "at",
    "case__number",
    "case__kind",
    "case__recipient",
    "case__matter",
    "document__direction",
    "document__party",
    "document__matter",
    "document__sha256",
    "document__secret",
    "document__erased_by",
    "document__erased_at",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One document as the public diary shows it.

    hidden   whether party and matter are held back (OSL 5 kap. 2 §)
    erased   the number of the decision by which it was erased (gallring); empty while it stands
    """

    case: str
    number: int
    at: datetime
    direction: str
    party: str
    matter: str
    sha256: str
    hidden: bool
    erased: str
    erased_at: datetime | None


class Search(TypedDict):
    """What is asked of the diary; empty is everything."""

    number: str
    recipient: str
    year: int | None


def documents(search: Search, page: int) -> tuple[list[Listed], int]:
    """Gives one page of the documents that fit, the newest first, and how many fit in all."""
    found = _fitting(search)
    start = (page - 1) * PAGE
    rows = found.order_by("-id").values_list(*_FIELDS)[start : start + PAGE]
    return [_listed(row) for row in rows], found.count()


def _fitting(search: Search) -> QuerySet[DiaryEntry]:
    found = DiaryEntry.objects.all()
    if search["number"]:
        found = found.filter(case__number__icontains=search["number"])
    if search["year"]:
        found = found.filter(case__year=search["year"])
    if search["recipient"]:
        asked = search["recipient"].lower()
        own = [recipient for recipient in rules.recipients().values() if asked in recipient.name.lower()]
        of_case = Q(case__recipient__in=[recipient.key for recipient in own])
        of_party = Q(document__party__in=[recipient.name for recipient in own], document__secret=False)
        found = found.filter(of_case | of_party)
    return found


def _listed(row: tuple[Any, ...]) -> Listed:
    number, at, case, kind, recipient, case_matter, direction, party, matter, sha256, secret, by, when = row
    if kind == "agent" and direction != "own":
        # Who has applied is a person; the organisation says as much as everyone needs.
        known = rules.recipients().get(recipient)
        party, matter = (known.name if known else "Enskild"), case_matter
    if secret:
        party = matter = _HELD_BACK
    if by:
        party, matter = "", f"Gallrad enligt beslut {by}"
    return Listed(
        case=case,
        number=number,
        at=at,
        direction=DIRECTIONS.get(direction, ""),
        party=party,
        matter=matter,
        sha256=sha256,
        hidden=secret,
        erased=by,
        erased_at=when,
    )
