"""A file of visits is handed in, its columns are explained, and its good rows are kept, or all of it is thrown away.

Reading and storing are jobs of their own; someone watches how far they have come.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from statsbidrag.cycle.visit_mapping import VisitMapping, folded
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.jinja import moment
from statsbidrag.region import handed_in
from statsbidrag.region.actions.visit_checking import check_file, clearly_personal
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.actions.visit_jobs import order_after, order_lacking
from statsbidrag.region.actions.visit_storing import keep_file
from statsbidrag.region.models import ColumnMapping, VisitFile
from statsbidrag.region.queries.retention import forgotten_through
from statsbidrag.region.queries.visit_files import AT_WORK, same_file
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.personal_numbers import holds_number

MOST_BYTES = 100 * 1024 * 1024
_WHERE = "filen"
_LONGEST_NAME = 100


def hand_in(visitor: Visitor | None, desk: VisitDesk, upload: UploadedFile[Any], now: datetime) -> VisitFile:
    """Takes a file in and orders that it is looked through; raises Fault where it is the same as one before it.

    Nor is one taken in for a year whose pseudonyms are dropped: its visits could not be told from those that are here.
    Of a file that is refused at once nothing is kept, and not that it came.
    """
    by = desk.require(visitor)
    _refuse_forgotten(desk)
    _refuse_at_once(upload)
    sha256 = _sha256(upload)
    with writing():
        known = same_file(desk.region, desk.year, sha256)
        if known:
            why = f"Samma fil lämnades in {moment(known.at)} under namnet {known.name}. Inget har ändrats."
            raise Fault(_WHERE, why, "Välj en annan fil om det finns nya besök.")
        file = VisitFile.objects.create(
            region=desk.region,
            year=desk.year,
            clinic=desk.clinic,
            name=_plain_name(upload.name or ""),
            sha256=sha256,
            state="checking",
            at=now,
            by=by.name,
        )
        handed_in.put(file.pk, upload.chunks())
        order_after(check_file, file.pk)
        return file


def explain(
    visitor: Visitor | None, desk: VisitDesk, file: VisitFile, mapping: VisitMapping, *, now: datetime
) -> VisitFile:
    """Remembers what the columns and words of a file are, and orders that it is looked through by that."""
    by = desk.require(visitor)
    if not handed_in.original(file.pk).exists():
        raise Fault(_WHERE, "Filen är inte kvar.", "Lämna in den igen. Vad ni har valt för kolumnerna är sparat.")
    with writing():
        row = _in_state(file, "mapping", "waiting")
        ColumnMapping.objects.update_or_create(
            region=desk.region,
            clinic=desk.clinic,
            header=header_of(heading for heading, _ in row.says.get("columns", [])),
            defaults={"mapping": mapping.as_dict(), "at": now, "by": by.name},
        )
        row.state, row.done = "checking", 0
        row.save(update_fields=["state", "done"])
        order_after(check_file, row.pk)
        return row


def keep(visitor: Visitor | None, desk: VisitDesk, file: VisitFile) -> VisitFile:
    """Orders that the good rows of a file become visits."""
    desk.require(visitor)
    with writing():
        row = _in_state(file, "waiting")
        if row.rows == row.refused:
            raise Fault(_WHERE, "Ingen rad går att spara.", "Säg vad orden betyder, eller rätta filen.")
        row.state, row.done, row.kept, row.same = "keeping", 0, 0, 0
        row.save(update_fields=["state", "done", "kept", "same"])
        order_after(keep_file, row.pk)
        return row


def throw_away(visitor: Visitor | None, desk: VisitDesk, file: VisitFile) -> VisitFile:
    """Throws a file away that has not been kept; nothing of its rows is left."""
    by = desk.require(visitor)
    with writing():
        row = _in_state(file, "mapping", "waiting")
        row.state, row.refusals = "refused", b""
        row.says = {"thrown": by.name}
        row.save(update_fields=["state", "says", "refusals"])
        handed_in.drop(row.pk)
        return row


def take_up_files() -> int:
    """Orders what a killed process left: files to look through or to store; and drops what lies there of no file."""
    with writing():  # so that no file is just being handed in
        states = dict(VisitFile.objects.exclude(state__in=("kept", "refused")).values_list("pk", "state"))
        handed_in.drop_others(set(states))
    at_work = {state: [pk for pk, other in states.items() if other == state] for state in AT_WORK}
    return order_lacking(check_file, at_work["checking"]) + order_lacking(keep_file, at_work["keeping"])


def header_of(headings: Iterable[str]) -> str:
    """Gives what the heading of a file is found again by, whatever the order of its columns."""
    return hashlib.sha256("\n".join(sorted(map(folded, headings))).encode()).hexdigest()


def _in_state(file: VisitFile, *states: str) -> VisitFile:
    """Gives the row as it is now; raises Fault where a colleague has already gone on with it."""
    row = VisitFile.objects.select_for_update().get(pk=file.pk)
    if row.state not in states:
        raise Fault(_WHERE, "Filen är redan behandlad.", "Läs in sidan på nytt.")
    return row


def _refuse_forgotten(desk: VisitDesk) -> None:
    forgotten = forgotten_through(desk.region)
    if forgotten and forgotten.year >= desk.year:
        raise Fault(_WHERE, f"Besöken {desk.year} är gallrade.", "Inget kan ändras i dem.")


def _refuse_at_once(upload: UploadedFile[Any]) -> None:
    """Refuses what nobody need look through: too large, empty, or clearly with personal numbers from its first rows."""
    size = upload.size or 0
    if not size:
        raise Fault(_WHERE, "Filen är tom.", "Välj en annan fil.")
    if size > MOST_BYTES:
        raise Fault(_WHERE, "Filen är större än 100 MB.", "Dela upp den i flera, till exempel en per månad.")
    row = clearly_personal(next(iter(upload.chunks())))
    upload.seek(0)
    if row:
        why = f"Rad {row} har något som ser ut som ett personnummer. Inget av filen är sparat."
        raise Fault(_WHERE, why, "Gör pseudonymer med ”statsbidrag pseudonymise” hos er, och lämna in den nya filen.")


def _sha256(upload: UploadedFile[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _plain_name(name: str) -> str:
    """A file's own name, but for one that tells whose it is."""
    plain = PurePath(name.replace("\\", "/")).name[-_LONGEST_NAME:]
    return "besöksfil" if not plain or holds_number(plain) else plain
