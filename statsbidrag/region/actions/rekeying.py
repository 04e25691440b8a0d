"""Children that have got another number: their visits are moved from the old pseudonym to the new one (adm-17)."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from statsbidrag.exchange.text_files import open_text
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.keys import keyed_child, keyed_family
from statsbidrag.region.models import Visit
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.personal_numbers import holds_number

OLD, NEW = "old", "new"
_WHERE = "filen"
_MOST_BYTES = 10 * 1024 * 1024
_AT_A_TIME = 1_000
_MAKE_ONE = "Använd filen som ”statsbidrag pseudonymise --same … --rekey …” har skrivit."


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What was moved: how many visits, and how many of them turned out to be of a visit that was here already."""

    visits: int
    same: int


def rekey(visitor: Visitor | None, desk: VisitDesk, upload: UploadedFile[Any]) -> Rekeyed:
    """Moves visits to new pseudonyms by the file that was written where the old ones were made.

    Raises Fault where it is no such file, or holds a personal number; nothing is changed then. Twice changes nothing.
    """
    access.require(visitor, "plan region", desk.region)
    pairs = _read(upload)
    with writing():
        moved: set[int] = set()
        moved |= _move(
            "child", {keyed_child(desk.region, old): keyed_child(desk.region, new) for old, new in pairs}, desk
        )
        families = {keyed_family(desk.region, old): keyed_family(desk.region, new) for old, new in pairs}
        moved |= _move("family", families, desk)
        return Rekeyed(len(moved), _replace_earlier(desk.region, moved))


def _read(upload: UploadedFile[Any]) -> list[tuple[str, str]]:
    if not upload.size or upload.size > _MOST_BYTES:
        raise Fault(_WHERE, "Filen är tom eller större än 10 MB.", _MAKE_ONE)
    with tempfile.TemporaryDirectory(prefix="statsbidrag-rekey-") as folder:
        path = Path(folder) / "rekey.csv"
        with path.open("wb") as target:
            target.writelines(upload.chunks())
        return _pairs(path)


def _pairs(path: Path) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    problem = None
    try:
        file = open_text(path)
        if set(file.headings) != {OLD, NEW}:
            raise Fault(_WHERE, f"Filen ska ha två kolumner, {OLD} och {NEW}.", _MAKE_ONE)
        at = file.headings.index(OLD)
        for number, row in file.rows():
            if any(map(holds_number, row)):
                why = f"Rad {number} har något som ser ut som ett personnummer. Inget är ändrat eller sparat."
                raise Fault(_WHERE, why, _MAKE_ONE)
            if len(row) != 2 or not all(row):
                raise Fault(_WHERE, f"Rad {number} har inte två värden.", _MAKE_ONE)
            pairs.append((row[at], row[1 - at]))
    except Fault as fault:
        problem = Fault(fault.where.replace(str(path), "filen"), fault.why, fault.remedy)
    if problem:
        raise problem
    return pairs


def _move(field: str, pairs: Mapping[str, str], desk: VisitDesk) -> set[int]:
    """Moves the visits of every year from old to new, and gives their numbers."""
    old, moved = sorted(pairs), set[int]()
    for start in range(0, len(old), _AT_A_TIME):
        wanted = {f"{field}__in": old[start : start + _AT_A_TIME]}
        rows = list(Visit.objects.filter(region=desk.region, **wanted).only("pk", field))
        for row in rows:
            setattr(row, field, pairs[getattr(row, field)])
        Visit.objects.bulk_update(rows, [field], batch_size=_AT_A_TIME)
        moved |= {row.pk for row in rows}
    return moved


def _replace_earlier(region: str, moved: set[int]) -> int:
    """Lets the latest record of a visit stand where two of them turned out to be of the same one.

    Where another clinic turns out to have the visit too, both are marked.
    """
    numbers, replaced = sorted(moved), 0
    for start in range(0, len(numbers), _AT_A_TIME):
        for row in Visit.objects.filter(pk__in=numbers[start : start + _AT_A_TIME], replaced=False):
            day = Visit.objects.filter(region=region, year=row.year, child=row.child, date=row.date, replaced=False)
            if day.exclude(clinic=row.clinic_id).exists():
                day.update(also_elsewhere=True)
            ids = list(day.filter(clinic=row.clinic_id, place=row.place).values_list("pk", flat=True))
            replaced += Visit.objects.filter(pk__in=ids).exclude(pk=max(ids, default=0)).update(replaced=True)
    return replaced
