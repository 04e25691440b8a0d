"""Figures from a region's visit register taken in for the reports: handed over by the region, or brought as its file.

Only sums come in, each with what it was counted from. They fill in a report that is begun after them, and stand beside
one that is begun already; nothing that someone has written is altered.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import ReleasedFigures
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

KIND = "statsbidrag: siffror ur en regions besöksregister"
_WHERE = "filen från regionen"
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Figures for one recipient's report as a region has let them out.

    number    of the region's release, never used twice
    figures   by name: the value, how many visits it was counted from, and of what
    """

    region: str
    year: int
    number: int
    recipient: str
    figures: Mapping[str, Mapping[str, Any]]
    released: datetime
    released_by: str


def take_in(handed_over: HandedOver, now: datetime) -> ReleasedFigures:
    """Takes figures in as the region hands them over, once however often it does."""
    with writing():
        row, _ = ReleasedFigures.objects.get_or_create(
            year=handed_over.year,
            recipient=handed_over.recipient,
            region=handed_over.region,
            number=handed_over.number,
            defaults={
                "figures": handed_over.figures,
                "released": handed_over.released,
                "released_by": handed_over.released_by,
                "taken_in": now,
            },
        )
        return row


def bring(visitor: Visitor | None, year: int, recipient: str, content: bytes, *, now: datetime) -> ReleasedFigures:
    """Takes figures in from the file that the region has made for a recipient.

    Raises Fault where the file cannot be read, or is for another recipient or year.
    """
    access.require(visitor, "fill in", recipient)
    handed_over = read_file(content)
    if (handed_over.year, handed_over.recipient) != (year, recipient):
        why = "Filen är gjord för en annan organisation eller ett annat år."
        raise Fault(_WHERE, why, "Be regionen om filen för er.")
    return take_in(handed_over, now)


def as_file(handed_over: HandedOver) -> bytes:
    """Gives figures as the file that a recipient brings."""
    told = {
        "kind": KIND,
        "region": handed_over.region,
        "year": handed_over.year,
        "number": handed_over.number,
        "recipient": handed_over.recipient,
        "released": handed_over.released.isoformat(),
        "released_by": handed_over.released_by,
        "figures": handed_over.figures,
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()


def read_file(content: bytes) -> HandedOver:
    """Reads such a file. Raises Fault where it is none, or has something else than figures in it."""
    try:
        if len(content) > _MOST_BYTES:
            raise ValueError
        told = json.loads(content)
        if told["kind"] != KIND:
            raise ValueError
        region, recipient = str(told["region"]), str(told["recipient"])
        if region not in rules.recipients() or recipient not in rules.recipients():
            raise ValueError
        return HandedOver(
            region,
            int(told["year"]),
            int(told["number"]),
            recipient,
            {str(name): _figure(figure) for name, figure in told["figures"].items()},
            datetime.fromisoformat(told["released"]),
            str(told["released_by"])[:200],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        why = "Den går inte att läsa som siffror ur en regions besöksregister."
        raise Fault(_WHERE, why, "Be regionen om en ny fil, och ändra inget i den.") from None


def _figure(told: Mapping[str, Any]) -> dict[str, Any]:
    """One figure with its three parts, each of its kind."""
    value, counted = told["value"], told["counted"]
    is_list = isinstance(value, list) and all(isinstance(each, str) for each in value)
    if isinstance(value, bool) or not (is_list or isinstance(value, int | str)):
        raise ValueError
    if counted is not None and (isinstance(counted, bool) or not isinstance(counted, int)):
        raise ValueError
    return {"value": value, "counted": counted, "says": str(told["says"])}
