"""The register of clinics: a clinic is added, changed and closed; values are added beside the old ones, never over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from statsbidrag.cycle.clinics import FACTS, HAND_OVERS
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.region.models import BookPosting, Clinic, ClinicFact, GrantedSupport, IndexValue, LineReport, VisitFile
from statsbidrag.region.plain_text import without_numbers
from statsbidrag.region.queries.clinics import municipality_name
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.parties import organisation_number

_WHERE = "registret över enheter"
_LARGEST_INDEX = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the region says of a clinic.

    form    ``own``, ``private`` or empty where it is not known (adm-15)
    owner   the private owner's organisation number
    cost_centre   its own code in the region's books, without which it gets no booking order
    """

    name: str
    municipality_code: str
    form: str = ""
    owner: str = ""
    cost_centre: str = ""
    pay_class: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """A clinic's value of one index in one year: by which name, and relative to what."""

    name: str
    base: str
    year: int
    value: str


def add_clinic(visitor: Visitor | None, region: str, told: Told) -> Clinic:
    """Adds a clinic to the register, with the next number; the number is never given to another."""
    access.require(visitor, "plan region", region)
    with writing():
        checked = _checked(told)
        _refuse_namesake(region, checked.name)
        last = Clinic.objects.filter(region=region).order_by("-number").values_list("number", flat=True).first()
        where = municipality_name(checked.municipality_code)
        return Clinic.objects.create(region=region, number=(last or 0) + 1, municipality=where, **asdict(checked))


def change_clinic(visitor: Visitor | None, clinic: Clinic, told: Told) -> Clinic:
    """Changes what the register says of a clinic."""
    access.require(visitor, "plan region", clinic.region)
    with writing():
        checked = _checked(told)
        _refuse_namesake(clinic.region, checked.name, but=clinic)
        if checked.name != clinic.name:
            _refuse_losing_track(clinic)
        if checked.municipality_code != clinic.municipality_code:
            clinic.municipality = municipality_name(checked.municipality_code)
        for name, value in asdict(checked).items():
            setattr(clinic, name, value)
        clinic.save()
        return clinic


def close_clinic(visitor: Visitor | None, clinic: Clinic, day: date) -> Clinic:
    """Notes the last day of a clinic; its visits, papers and number stay."""
    access.require(visitor, "plan region", clinic.region)
    clinic.closed = day
    clinic.save(update_fields=["closed"])
    return clinic


def reopen_clinic(visitor: Visitor | None, clinic: Clinic) -> Clinic:
    """Takes back that a clinic is closed."""
    access.require(visitor, "plan region", clinic.region)
    clinic.closed = None
    clinic.save(update_fields=["closed"])
    return clinic


def add_index(visitor: Visitor | None, clinic: Clinic, index: Index, now: datetime) -> IndexValue:
    """Adds a value of an index; an older one stays as history. Raises Fault where it is no number of 0 or more."""
    planner = access.require(visitor, "plan region", clinic.region)
    value = index.value.strip().replace(",", ".").replace("\u2212", "-")
    if not _is_decimal(value) or Fraction(value) > _LARGEST_INDEX:
        raise Fault("indexvärdet", "Värdet går inte att läsa.", "Skriv ett tal, till exempel 2,31.")
    name, base = (without_numbers(text, "indexet") for text in (index.name, index.base))
    return IndexValue.objects.create(
        clinic=clinic, name=name, base=base, year=index.year, value=value, at=now, by=planner.name
    )


def add_facts(visitor: Visitor | None, clinic: Clinic, year: int, facts: Mapping[str, str], *, now: datetime) -> None:
    """Adds what else is known of a clinic in a year; only what is new or changed, and the old stays as history."""
    planner = access.require(visitor, "plan region", clinic.region)
    with writing():
        known = dict(ClinicFact.objects.filter(clinic=clinic, year=year).values_list("fact", "value"))
        for fact, value in facts.items():
            _refuse_unknown(fact, value)
            if value and value != known.get(fact):
                ClinicFact.objects.create(clinic=clinic, fact=fact, year=year, value=value, at=now, by=planner.name)


def set_support(
    visitor: Visitor | None, clinic: Clinic, year: int, days: tuple[date, date | None], *, now: datetime
) -> GrantedSupport:
    """Enters for which days a clinic has fixed support by a decision made elsewhere; it stands in place of the last.

    Raises Fault where the scheme has no fixed support, or the days are not of the year or in the wrong order.
    """
    planner = access.require(visitor, "plan region", clinic.region)
    first, last = days
    if first.year != year or (last is not None and (last < first or last.year != year)):
        raise Fault("den fasta ersättningen", f"Dagarna hör inte till {year}, eller står i fel ordning.", "Rätta dem.")
    with writing():
        GrantedSupport.objects.filter(clinic=clinic, year=year, replaced=False).update(replaced=True)
        return GrantedSupport.objects.create(
            clinic=clinic, year=year, first_day=first, last_day=last, at=now, by=planner.name
        )


def _checked(told: Told) -> Told:
    """What may stand in the register, written the usual way."""
    name = " ".join(without_numbers(told.name, "namnet").split())
    if not name:
        raise Fault("namnet", "Namnet saknas.", "Skriv enhetens namn som det står i besöksfilerna.")
    if told.form and told.form not in HAND_OVERS:
        raise Fault("driftsformen", "Driftsformen finns inte.", "Välj egen regi eller privat.")
    municipality_name(told.municipality_code)
    return replace(
        told,
        name=name,
        owner=_owner(told),
        cost_centre=without_numbers(told.cost_centre, "kostnadsstället"),
        pay_class=told.pay_class.strip(),
        email=told.email.strip(),
    )


def _owner(told: Told) -> str:
    """The private owner's organisation number; one of the region's own has none but the region's (adm-15)."""
    if told.form == "own":
        return ""
    where = "ägarens organisationsnummer"
    owner = without_numbers(told.owner, where)
    if told.form == "private" and not owner:
        raise Fault(where, "En privat enhet avräknas under sin ägares nummer.", "Ange ägarens organisationsnummer.")
    return organisation_number(owner, where) if owner else ""


def _refuse_namesake(region: str, name: str, *, but: Clinic | None = None) -> None:
    others = Clinic.objects.filter(region=region, name__iexact=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise Fault("namnet", f"{name} finns redan i registret.", "Skriv ett annat namn, eller ändra den som finns.")


def _refuse_losing_track(clinic: Clinic) -> None:
    """The book, the reports and files of visits know a clinic by its name, so that one that is there keeps it."""
    if BookPosting.objects.filter(region=clinic.region, line=clinic.name).exists():
        raise Fault("namnet", "Enheten har pengar i regionens bok under sitt namn.", "Behåll namnet året ut.")
    if LineReport.objects.filter(region=clinic.region, line=clinic.name).exists():
        raise Fault("namnet", "Enheten har en redovisning under sitt namn.", "Behåll namnet året ut.")
    if VisitFile.objects.filter(region=clinic.region, state__in=("checking", "waiting", "keeping")).exists():
        raise Fault(
            "namnet", "En fil med besök som kan nämna enheten är inte sparad än.", "Spara eller släng den först."
        )


def _refuse_unknown(fact: str, value: str) -> None:
    name = FACTS.get(fact)
    if name is None or fact == "index":
        raise Fault(_WHERE, "Uppgiften finns inte.", "Läs in sidan igen.")
    fits = value in name.options if name.options else value.isascii() and value.isdigit() and len(value) < 10
    if value and not fits:
        raise Fault(name.text, "Värdet går inte att läsa.", "Skriv ett heltal, 0 eller större.")


def _is_decimal(text: str) -> bool:
    whole, point, part = text.partition(".")
    digits = whole + part
    return bool(whole) and digits.isascii() and digits.isdigit() and len(digits) <= 12 and (bool(part) or not point)
