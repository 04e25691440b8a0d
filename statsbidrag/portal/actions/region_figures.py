"""Figures from a region's visit register taken in for the reports: handed over by the region, or brought as its file.

Only sums come in, each with what it was counted from. They fill in a report that is begun after them, and stand beside
one that is begun already; nothing that someone has written is altered.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from statsbidrag.cycle.step_7_prefill import prefill
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import ReleasedFigures
from statsbidrag.portal.queries.report_sources import of_figures
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.storing import alter, store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

KIND = "statsbidrag: siffror ur en regions besöksregister"
_WHERE = "filen från regionen"
MOST_BYTES = 100_000
_MOST = 10**12
_LONGEST_TEXT = 300
_LARGEST_NUMBER = 100_000
# How JSON writes the sign that a database does not keep.
_NO_LETTER = b"\\u0000"


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
    """Takes figures in as the region hands them over, once however often it does.

    They stand instead of a file of the same number that the recipient has brought.
    """
    with writing():
        known = _known(handed_over)
        if known is None:
            return _stored(handed_over, now, by="")
        if known.brought_by:
            known.figures, known.brought_by = dict(handed_over.figures), ""
            known.released, known.released_by, known.taken_in = handed_over.released, handed_over.released_by, now
            alter(known, "figures", "brought_by", "released", "released_by", "taken_in")
        return known


def bring(visitor: Visitor | None, year: int, recipient: str, content: bytes, *, now: datetime) -> ReleasedFigures:
    """Takes figures in from the file that the region has made for a recipient; the same file twice changes nothing.

    Raises Fault where the file cannot be read, is for another recipient or year or from another county's region, holds
    what the report cannot, or says other than what has come in under its number.
    """
    writer = access.require(visitor, "fill in", recipient)
    handed_over = read_file(content)
    if (handed_over.year, handed_over.recipient) != (year, recipient):
        why = "Filen är gjord för en annan organisation eller ett annat år."
        raise Fault(_WHERE, why, "Be regionen om filen för er.")
    if handed_over.released > now:
        raise Fault(_WHERE, "Filen säger att siffrorna är släppta senare än nu.", "Be regionen om en ny fil.")
    known = rules.recipients()
    if known[handed_over.region].county_code != known[recipient].county_code:
        raise Fault(_WHERE, "Filen är från en region i ett annat län.", "Be er egen region om filen.")
    _require_fit(handed_over, now)
    with writing():
        row = _known(handed_over)
        if row is None:
            return _stored(handed_over, now, by=writer.name)
        if row.figures != handed_over.figures:
            why = f"Siffror med nummer {row.number} har redan kommit in från regionen, och de är andra."
            raise Fault(_WHERE, why, "Be regionen släppa siffrorna på nytt, så får de ett nytt nummer.")
        return row


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
        if len(content) > MOST_BYTES:
            raise ValueError
        told = json.loads(content)
        if told["kind"] != KIND:
            raise ValueError
        region, recipient = str(told["region"]), str(told["recipient"])
        known = rules.recipients()
        if region not in known or known[region].kind != "region" or recipient not in known:
            raise ValueError
        number = told["number"]
        if not isinstance(number, int) or not 0 < number <= _LARGEST_NUMBER:
            raise ValueError
        if _NO_LETTER in json.dumps(told, ensure_ascii=False).encode():  # nor half of one, of which no text is made
            raise ValueError
        return HandedOver(
            region,
            int(told["year"]),
            number,
            recipient,
            {str(name)[:_LONGEST_TEXT]: _figure(figure) for name, figure in told["figures"].items()},
            _moment(told["released"]),
            str(told["released_by"])[:200],
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        why = "Filen går inte att läsa som siffror ur en regions besöksregister."
        raise Fault(_WHERE, why, "Be regionen om en ny fil, och ändra inget i den.") from None


def _figure(told: Mapping[str, Any]) -> dict[str, Any]:
    """One figure with its three parts, each of its kind and no longer than a figure is."""
    value, counted, says = told["value"], told["counted"], told["says"]
    texts = [says, *(value if isinstance(value, list) else [value] if isinstance(value, str) else [])]
    numbers = [each for each in (value, counted) if isinstance(each, int)]
    if not isinstance(value, list | int | str) or not isinstance(counted, int | None):
        raise ValueError
    if any(isinstance(each, bool) or not 0 <= each < _MOST for each in numbers):
        raise ValueError
    if any(not isinstance(each, str) or len(each) > _LONGEST_TEXT for each in texts):
        raise ValueError
    return {"value": value, "counted": counted, "says": says}


def _moment(told: str) -> datetime:
    """A moment with its time zone; one without could not be told from another."""
    moment = datetime.fromisoformat(told)
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _require_fit(handed_over: HandedOver, now: datetime) -> None:
    """Raises Fault where some figure is none that the report's form can take, so that no draft is stopped by it."""
    form = form_of(handed_over.year)
    if form is None:
        raise Fault(_WHERE, f"Omgång {handed_over.year} har inget formulär i tjänsten.", "Kontakta handläggaren.")
    try:
        prefill(form, of_figures(handed_over.year, handed_over.figures), at=now)
    except Fault as fault:
        why = f"Filen har ett värde som inte går att rapportera: {fault.where}. {fault.why}"
        raise Fault(_WHERE, why, "Be regionen om en ny fil, och ändra inget i den.") from None


def _known(handed_over: HandedOver) -> ReleasedFigures | None:
    return ReleasedFigures.objects.filter(
        year=handed_over.year,
        recipient=handed_over.recipient,
        region=handed_over.region,
        number=handed_over.number,
    ).first()


def _stored(handed_over: HandedOver, now: datetime, *, by: str) -> ReleasedFigures:
    return store(
        ReleasedFigures(
            year=handed_over.year,
            recipient=handed_over.recipient,
            region=handed_over.region,
            number=handed_over.number,
            figures=dict(handed_over.figures),
            released=handed_over.released,
            released_by=handed_over.released_by,
            taken_in=now,
            brought_by=by,
        )
    )
