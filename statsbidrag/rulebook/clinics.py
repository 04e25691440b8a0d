"""Reads a region's register of clinics, each row checked, and against the scheme that supports some of them."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from statsbidrag.cycle.clinics import FACTS, HAND_OVERS, Clinic, Form, IndexValue
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.rulebook.tables import read_rows
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.language import Answer, Kind
from statsbidrag.terms.parties import organisation_number

T = TypeVar("T")

_COLUMNS = ("clinic", "municipality_code", "municipality")
_INDEX = ("index_name", "index_year", "index")
_FACTS = tuple(FACTS.keys() - {"index"})
_OPTIONAL = ("form", "owner", *_INDEX, "index_base", "pay_class", "fixed_support_from", "fixed_support_to", *_FACTS)
_FORMS: dict[str, Form] = {form: form for form in HAND_OVERS}


def read_clinics(path: Path, scheme: Scheme) -> Mapping[str, Clinic]:
    """Gives every clinic of a region's register, by name; what is not known of one is left empty in the file.

    Raises Fault where a row cannot be read, where a clinic stands twice, and where one has been granted fixed support
    without meeting what the scheme asks for it.
    """
    clinics: dict[str, Clinic] = {}
    for where, row in read_rows(path, _COLUMNS, _OPTIONAL):
        clinic = _clinic({name: text.strip() for name, text in row.items()}, where)
        if clinic.name in clinics:
            raise Fault(where, f"{clinic.name} finns redan.", "Ta bort den ena raden.")
        _refuse_unsupported(clinic, scheme, where)
        clinics[clinic.name] = clinic
    return clinics


def _clinic(row: Mapping[str, str], where: str) -> Clinic:
    code, owner = row["municipality_code"], row.get("owner", "")
    if not row["clinic"]:
        raise Fault(f"{where}, clinic", "Namnet saknas.", "Skriv enhetens namn som det står i besöksfilerna.")
    if len(code) != 4 or not (code.isascii() and code.isdigit()):
        raise Fault(f"{where}, municipality_code", f"”{code}” är ingen kommunkod.", "Skriv fyra siffror.")
    begins, ends = (_read(row, f"fixed_support_{edge}", date.fromisoformat, where) for edge in ("from", "to"))
    if ends and (begins is None or ends < begins):
        raise Fault(f"{where}, fixed_support_to", "Den fasta ersättningen slutar före den börjar.", "Rätta dagarna.")
    return Clinic(
        row["clinic"],
        code,
        row["municipality"],
        form=_read(row, "form", _FORMS.__getitem__, where),
        owner=organisation_number(owner, f"{where}, owner") if owner else "",
        index=_index(row, where),
        pay_class=row.get("pay_class", ""),
        fixed_support_from=begins,
        fixed_support_to=ends,
        facts={name: _fact(row, name, where) for name in _FACTS},
    )


def _index(row: Mapping[str, str], where: str) -> IndexValue | None:
    """An index value with its name and year; one without them says nothing."""
    given = [name for name in _INDEX if row.get(name)]
    if not given:
        return None
    if len(given) < len(_INDEX):
        raise Fault(f"{where}, index", "Ett indexvärde har namn, år och värde.", f"Fyll i {', '.join(_INDEX)}.")
    year, value = _read(row, "index_year", _whole, where), _read(row, "index", _decimal, where)
    return IndexValue(row["index_name"], year or 0, value or Fraction(0), row.get("index_base", ""))


def _fact(row: Mapping[str, str], name: str, where: str) -> Answer:
    options = FACTS[name].options
    if FACTS[name].kind is Kind.NUMBER or options is None:
        return _read(row, name, _whole, where)
    return _read(row, name, {option: option for option in options}.__getitem__, where)


def _read(row: Mapping[str, str], name: str, read: Callable[[str], T], where: str) -> T | None:
    """Reads a cell that may be empty."""
    text = row.get(name, "")
    try:
        return read(text) if text else None
    except (ValueError, KeyError, ZeroDivisionError):
        raise Fault(f"{where}, {name}", f"”{text}” går inte att läsa.", _HOW[name]) from None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise ValueError(text)
    return int(text)


def _decimal(text: str) -> Fraction:
    value = Fraction(text.replace(",", "."))
    if value < 0:
        raise ValueError(text)
    return value


def _refuse_unsupported(clinic: Clinic, scheme: Scheme, where: str) -> None:
    if clinic.fixed_support_from is None:
        return
    if scheme.fixed_support is None:
        raise Fault(f"{where}, fixed_support_from", "Ordningen har ingen fast ersättning.", "Lämna dagen tom.")
    if scheme.fixed_support.eligible.holds(clinic, scheme.rules) is False:
        wanted = " och ".join(criterion.says for criterion in scheme.fixed_support.eligible.criteria)
        raise Fault(
            f"{where}, fixed_support_from",
            f"{clinic.name} uppfyller inte villkoret för fast ersättning: {wanted}.",
            "Lämna dagen tom, eller rätta indexvärdet.",
        )


_A_DAY = "Skriv dagen som ÅÅÅÅ-MM-DD."
_A_NUMBER = "Skriv ett heltal, 0 eller större, eller lämna tomt om det inte är känt."
_HOW = {
    "form": "Skriv own (egen regi) eller private (privat), eller lämna tomt.",
    "index_year": _A_NUMBER,
    "index": "Skriv ett tal med punkt eller komma, till exempel 2,31.",
    "fixed_support_from": _A_DAY,
    "fixed_support_to": _A_DAY,
    "social_services": "Skriv begun (inledda) eller none (inte inledda), eller lämna tomt.",
    "nurses": _A_NUMBER,
    "listed": _A_NUMBER,
    "infants": _A_NUMBER,
}
