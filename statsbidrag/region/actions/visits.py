"""Visits written by hand, for what no file has: one at a time, altered by a new record, and removed again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from statsbidrag.cycle.clinics import why_after_closing
from statsbidrag.cycle.visits import Limits
from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.queries.prepared import RECIPIENT, TEXT, YEAR, Prepared
from statsbidrag.portal.storing import store
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.keys import local_child, local_family
from statsbidrag.region.models import Clinic, Visit
from statsbidrag.region.plain_text import without_numbers
from statsbidrag.region.queries.claims import is_claimed_twice
from statsbidrag.region.queries.retention import dropped_from, forgotten_through
from statsbidrag.region.queries.visits import written_codes
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.personal_numbers import holds_number

_OF_THE_CHILD = Prepared(
    lambda: Visit.objects.filter(region=RECIPIENT, year=YEAR, child=TEXT, replaced=False).values_list(
        "pk", "clinic_id", "date", "place"
    )
)
_PERSONAL = "Det ser ut som ett personnummer, som inte får stå här. Inget är sparat."
_LOCAL = "Skriv det nummer eller den beteckning som bara er enhet känner barnet under."


@dataclass(frozen=True, slots=True)
class WrittenVisit:
    """A visit as somebody writes it.

    child, family   the clinic's own numbers; empty for a child that is ``same_as`` in a visit before
    child_months    below 0 before birth
    """

    date: date
    child_months: int
    place: str
    professions: tuple[str, ...]
    kva_codes: tuple[str, ...] = ()
    child: str = ""
    family: str = ""
    municipality: str = ""
    contacts: tuple[str, ...] = ()
    other_funding: str = ""
    same_as: Visit | None = None


def write(visitor: Visitor | None, desk: VisitDesk, written: WrittenVisit, now: datetime) -> Visit:
    """Stores a visit; raises Fault where something in it cannot be used. A personal number is never repeated."""
    by, clinic = desk.require(visitor), _clinic(desk)
    _check(desk, clinic, written, now)
    with writing():
        return _store(desk, clinic, _made(clinic, written), at=now, by=by.name)


def alter(visitor: Visitor | None, desk: VisitDesk, old: Visit, written: WrittenVisit, *, now: datetime) -> Visit:
    """Stores a new record that stands instead of an old one, whose child it is; the old one stays as it was."""
    by, clinic = desk.require(visitor), _clinic(desk)
    _check(desk, clinic, written, now)
    with writing():
        _stands(old)
        Visit.objects.filter(pk=old.pk).update(replaced=True)
        return _store(desk, clinic, _made(clinic, written), at=now, by=by.name)


def remove(visitor: Visitor | None, desk: VisitDesk, row: Visit, why: str = "") -> None:
    """Removes a visit that was written by hand, and those by hand before it; a record that came in a file counts again.

    One that came in a file is removed where the record system no longer has it: it was another clinic's, or made on
    another day. The same row in a later file changes nothing; one that says something else counts again.

    Raises Fault where no reason is given though another clinic has the visit too, for then both wait to be paid.
    """
    by, reason = desk.require(visitor), without_numbers(why, "why")
    if not row.child:
        raise Fault("besöket", "Besöken från den tiden är gallrade.", "Inget kan ändras i dem.")
    with writing():
        take_away(row, by=by.name, why=reason)


def take_away(row: Visit, *, by: str, why: str) -> None:
    """Removes a visit within a deed; raises Fault where it is changed meanwhile, or is claimed and no reason given."""
    _stands(row)
    claimed = is_claimed_twice(row)
    if claimed and not why:
        raise Fault("why", "Skälet saknas.", "Skriv varför besöket inte är enhetens.")
    same = _records(row).filter(removed_by="")
    gone = same if row.file_id is not None else same.filter(file=None)
    gone.update(replaced=True, removed_by=by)
    Visit.objects.filter(pk=row.pk).update(removed_why=why)
    last = same.exclude(file=None).order_by("-id").first()
    if last:
        Visit.objects.filter(pk=last.pk).update(replaced=False, also_elsewhere=claimed)


def _check(desk: VisitDesk, clinic: Clinic, written: WrittenVisit, now: datetime) -> None:
    texts = {"child": written.child, "family": written.family}
    if any(map(holds_number, texts.values())):
        raise Fault("child", _PERSONAL, _LOCAL)
    if written.date > now.date():
        raise Fault("date", "Dagen ligger i framtiden.", "Ange dagen då besöket gjordes.")
    if why := why_after_closing(clinic.closed, written.date):
        raise Fault("date", why, "Rätta dagen, eller be regionen öppna enheten igen.")
    through = forgotten_through(desk.region) if dropped_from(written.date.year) <= now.date() else None
    if through and written.date <= through:
        raise Fault("date", "Besöken från den tiden är gallrade.", "Inget kan ändras i dem.")
    misfits = rules.book().visit_columns.misfits(_values(clinic, written), Limits(desk.year, (clinic.name,)))
    faults = [Fault(each.column, each.why, "Rätta det.") for each in misfits]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)


def _values(clinic: Clinic, written: WrittenVisit) -> Mapping[str, str]:
    return {
        "clinic": clinic.name,
        "date": written.date.isoformat(),
        "child": written.child or ("same" if written.same_as else ""),
        "child_months": str(written.child_months),
        "place": written.place,
        "professions": written_codes(written.professions),
        "kva_codes": written_codes(written.kva_codes),
        "family": written.family,
        "municipality": written.municipality,
        "contacts": written_codes(written.contacts),
        "other_funding": written.other_funding,
    }


def _made(clinic: Clinic, written: WrittenVisit) -> Visit:
    same = written.same_as
    return Visit(
        region=clinic.region,
        clinic=clinic,
        date=written.date,
        child=same.child if same else local_child(clinic.region, clinic.number, written.child),
        child_months=written.child_months,
        place=written.place,
        professions=written_codes(written.professions),
        kva_codes=written_codes(written.kva_codes),
        family=local_family(clinic.region, clinic.number, written.family) or (same.family if same else ""),
        municipality=written.municipality,
        contacts=written_codes(written.contacts),
        other_funding=written.other_funding,
    )


def _store(desk: VisitDesk, clinic: Clinic, new: Visit, *, at: datetime, by: str) -> Visit:
    """Stores a record; those before it of the same child, clinic, day and place no longer stand."""
    new.year, new.at, new.by = desk.year, at, by
    for other, at_clinic, day, place in _OF_THE_CHILD.rows({RECIPIENT: desk.region, YEAR: desk.year, TEXT: new.child}):
        if day != new.date:
            continue
        if at_clinic == clinic.pk and place == new.place:
            Visit.objects.filter(pk=other).update(replaced=True)
        elif at_clinic != clinic.pk:
            new.also_elsewhere = True
            Visit.objects.filter(pk=other).update(also_elsewhere=True)
    return store(new)


def _records(row: Visit) -> QuerySet[Visit]:
    """Every record of the same visit, whether it stands or not."""
    found = Visit.objects.filter(region=row.region, year=row.year, child=row.child)
    return found.filter(clinic=row.clinic_id, date=row.date, place=row.place)


def _stands(row: Visit) -> None:
    """Raises Fault where the record was replaced or removed meanwhile."""
    if Visit.objects.filter(pk=row.pk, replaced=True).exists():
        raise Fault("besöket", "Besöket är redan ändrat eller borttaget.", "Läs in sidan på nytt.")


def _clinic(desk: VisitDesk) -> Clinic:
    if desk.clinic is None:
        raise Fault("besöket", "Besök skrivs in på enhetens eget skrivbord.", "Gå dit.")
    return desk.clinic
