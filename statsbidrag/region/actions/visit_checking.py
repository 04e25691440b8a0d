"""A file of visits is looked through: read by its columns, its good rows laid ready, and its bad rows to be given back.

Nothing that looks like a personal number is stored or logged; a file with any of them is dropped as soon as it has been
read, and only its good rows lie ready.
"""

import logging
import zlib
from collections.abc import Sequence
from typing import Any

import pyarrow.parquet as pq
from django.db import DatabaseError
from django_tasks import task

from statsbidrag.cycle.visit_cells import Checks
from statsbidrag.cycle.visit_mapping import VisitMapping, mapped, suggest
from statsbidrag.cycle.visits import Column, Limits
from statsbidrag.exchange.extracts.normalising import Targets, normalise, undecided
from statsbidrag.exchange.extracts.opening import Extract, open_extract
from statsbidrag.portal import rules
from statsbidrag.region import handed_in
from statsbidrag.region.actions.visit_findings import findings, suggestions_said
from statsbidrag.region.models import Clinic, VisitFile
from statsbidrag.region.queries.visit_files import municipalities, remembered_mapping
from statsbidrag.region.writing import writing
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.personal_numbers import holds_number

_LOG = logging.getLogger(__name__)
_PARQUET = b"PAR1"
_LOOKED_AT = 64 * 1024
_AT_A_TIME = 1024 * 1024
_MOST_FAULTS = 20
_MOST_KEPT = 20 * 1024 * 1024
# What a Parquet file of some megabytes may say that it holds; more than any region's year.
_MOST_ROWS, _MOST_UNPACKED = 20_000_000, 4 * 1024**3
_PERSONAL = "Här står något som ser ut som ett personnummer."
_PSEUDONYMISE = "Gör pseudonymer med ”statsbidrag pseudonymise” hos er, och lämna in den nya filen."


class _OwnClinic(Limits):
    """The limits of a file that a clinic hands in itself."""

    __slots__ = ()

    def why_not(self, column: Column, value: str | None) -> str:
        """Says in Swedish why a value cannot be used; of another clinic's visit, that it is one."""
        if column.id == "clinic" and value and value not in self.clinics:
            return "Enheten är en annan än er. Er fil får bara ha era egna besök."
        return Limits.why_not(self, column, value)


@task(priority=50)  # someone is watching it; receipts and e-mail can wait
def check_file(number: int) -> None:
    """Looks through a file that has been handed in, and lays its good rows ready to be kept."""
    file = VisitFile.objects.select_related("clinic").filter(pk=number, state="checking").first()
    if file is None:
        return
    try:
        _check(file)
    except Fault as fault:
        _refuse(file, fault)
    except DatabaseError:
        raise
    except Exception as error:  # what a library says of a broken file may repeat what stands in it
        _LOG.error("a file of visits could not be read: %s", type(error).__name__)
        _refuse(file, Fault("filen", "Filen går inte att läsa.", "Hämta den igen, eller lämna den som CSV UTF-8."))


def clearly_personal(beginning: bytes) -> int:
    """Gives the first row of a text that holds a personal number, looking only at its beginning; 0 where none does."""
    head = beginning[:_LOOKED_AT]
    if head.startswith(_PARQUET):
        return 0
    lines = head.replace(b"\0", b"").decode("latin-1").replace("\t", "\0").splitlines()
    return next((number for number, line in enumerate(lines, 1) if holds_number(line)), 0)


def _check(file: VisitFile) -> None:
    path = handed_in.original(file.pk)
    if not path.exists():
        raise Fault("filen", "Filen kom aldrig fram.", "Lämna in den igen.")
    extract, checks = open_extract(path), _checks(file)
    file.rows = _rows_in(extract)
    remembered = remembered_mapping(file.region, file.clinic)
    suggested = suggest(extract.headings, checks.columns, checks.words, remembered)
    mapping = mapped(suggested, remembered)
    if faults := undecided(extract, mapping, checks):
        if personal := _personal_numbers(extract):
            raise personal[0] if len(personal) == 1 else Faults(personal)
        file.says = suggestions_said(extract, suggested, faults)
        _move(file, "mapping")
        return
    _read(file, extract, mapping, checks)


def _read(file: VisitFile, extract: Extract, mapping: VisitMapping, checks: Checks) -> None:
    to = Targets(handed_in.staged(file.pk), handed_in.refused_rows(file.pk))
    done = normalise(extract, mapping, checks, to=to, told=lambda rows: _tell(file, rows))
    file.rows, file.refused, file.done = done.total, done.refused, done.total
    file.refusals = _packed(done.refused_file.read_bytes()) if done.refused_file else b""
    file.says = findings(done, checks.columns)
    to.refused.unlink(missing_ok=True)
    handed_in.put_lines(file.pk, done.kept)
    # A row with a personal number is refused; so where none is refused there are none.
    personal = bool(done.refused) and bool(_personal_numbers(extract))
    if personal:
        handed_in.drop_original(file.pk)
    waits = done.good or (not personal and any(word.word and not word.means for word in done.words))
    if not waits:
        handed_in.drop(file.pk)
    _move(file, "waiting" if waits else "refused")


def _checks(file: VisitFile) -> Checks:
    columns, book = rules.book().visit_columns, rules.book()
    found = Clinic.objects.filter(pk=file.clinic.pk) if file.clinic else Clinic.objects.filter(region=file.region)
    clinics = dict(found.values_list("name", "closed"))
    limits = (_OwnClinic if file.clinic else Limits)(file.year, tuple(clinics))
    today = file.at.astimezone(SWEDISH_TIME).date()
    last_days = {name: closed for name, closed in clinics.items() if closed}
    return Checks(columns, book.visit_words, limits, today, municipalities(), last_days)


def _rows_in(extract: Extract) -> int:
    """About how many rows a file has, for showing how far it has come."""
    with extract.path.open("rb") as file:
        is_parquet = file.read(len(_PARQUET)) == _PARQUET
    if is_parquet:
        with pq.ParquetFile(extract.path) as parquet:
            _refuse_too_much(parquet.metadata)
            return int(parquet.metadata.num_rows)
    with extract.path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_AT_A_TIME), b""))


def _refuse_too_much(told: pq.FileMetaData) -> None:
    """Refuses a packed file that would unpack to more than there is room for. Raises Fault."""
    unpacked = sum(told.row_group(group).total_byte_size for group in range(told.num_row_groups))
    if told.num_rows > _MOST_ROWS or unpacked > _MOST_UNPACKED:
        raise Fault("filen", "Filen packas upp till mer än vad som ryms.", "Dela upp den, till exempel en per månad.")


def _personal_numbers(extract: Extract) -> list[Fault]:
    """Where personal numbers stand; each different value of some thousand rows is looked at once."""
    faults: list[Fault] = []
    for chunk in extract.chunks():
        for heading, column in zip(extract.headings, chunk.columns, strict=True):
            held = {value for value in set(column) if value and holds_number(value)}
            if held:
                faults += _told(heading, chunk.numbers, [value in held for value in column])
        faults += [
            Fault(f"Rad {number}", _PERSONAL, _PSEUDONYMISE)
            for number, row, _ in chunk.loose
            if any(map(holds_number, row))
        ]
        if len(faults) >= _MOST_FAULTS:
            break
    return faults[:_MOST_FAULTS]


def _told(heading: str, numbers: Sequence[int], held: list[bool]) -> list[Fault]:
    where = [number for number, is_held in zip(numbers, held, strict=True) if is_held][:_MOST_FAULTS]
    return [Fault(f"Rad {number}, kolumnen ”{heading}”", _PERSONAL, _PSEUDONYMISE) for number in where]


def _tell(file: VisitFile, rows: int) -> None:
    """Says how many rows have been read."""
    with writing():
        VisitFile.objects.filter(pk=file.pk, state="checking").update(done=rows, rows=max(file.rows, rows))


def _refuse(file: VisitFile, fault: Fault) -> None:
    """Says why a file is of no use; nothing of it is left."""
    faults = fault.faults if isinstance(fault, Faults) else (fault,)
    file.says = {"refused": [_said(file, each) for each in faults[:_MOST_FAULTS]]}
    file.done, file.refusals = 0, b""
    _move(file, "refused")
    handed_in.drop(file.pk)


def _said(file: VisitFile, fault: Fault) -> list[Any]:
    """What is wrong, where and what to do, with the file called by the name it came with."""
    said = [fault.where.replace(str(handed_in.original(file.pk)), file.name), fault.why, fault.remedy]
    return ["", "Filen går inte att använda.", _PSEUDONYMISE] if any(map(holds_number, said)) else said


def _move(file: VisitFile, state: str) -> None:
    """Stores what came of looking through a file, unless somebody has gone on with it meanwhile."""
    with writing():
        if VisitFile.objects.filter(pk=file.pk, state="checking").update(state=state):
            file.state = state
            file.save(update_fields=["rows", "refused", "done", "refusals", "says"])


def _packed(content: bytes) -> bytes:
    """The rows to be given back, packed; none where they are more than anyone would mend."""
    packed = zlib.compress(content)
    return packed if len(packed) <= _MOST_KEPT else b""
