"""Reads one answer to a form as people write it, holds it to its limits, and writes it as people read it.

An answer is a whole number, a text, the id of an option, or a set of such ids; what is empty is unanswered, None.
Text is kept in one way of writing (Unicode NFC, line breaks as one character), so that a limit counts the same
characters everywhere.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from statsbidrag.cycle.form import Field, FieldKind, Format
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.kronor import NO_BREAK_SPACE, decimal_comma, grouped, read_kronor
from statsbidrag.terms.language import Answer
from statsbidrag.terms.parties import organisation_number

_LONGEST_NUMBER = 40
_COUNT = re.compile(r"[-−]?[\d\s]+")
_POSTCODE = re.compile(r"([0-9]{3}) ?([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FEWEST_PHONE_DIGITS = 5


def read_answer(field: Field, raw: object) -> Answer:
    """Gives the answer as its field's kind has it, or None where nothing is answered.

    An amount may be written ``16 259 682 kr``; several choices come as a list. Raises Fault where it cannot be read
    as that kind, or where an option is not one of the field's.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    return _READERS[field.kind](field, raw)


def within_limits(field: Field, answer: Answer) -> Answer:
    """Holds an answer to its field's limits and format, and gives it written the usual way; raises Fault."""
    if isinstance(answer, frozenset):
        _check_exclusive(field, answer)
    elif isinstance(answer, int):
        _check_size(field, answer)
    elif isinstance(answer, str) and not field.options:
        if field.most is not None and len(answer) > field.most:
            raise Fault(field.label, f"Texten är {len(answer)} tecken.", f"Korta den till högst {field.most} tecken.")
        return _FORMATS[field.format](answer, field.label) if field.format else answer
    return answer


def in_words(field: Field, answer: Answer) -> str:
    """Writes an answer as a person reads it: ``16 259 682 kr``, ``Ja, delvis``, ``okänt``."""
    if answer is None:
        return "okänt"
    if isinstance(answer, frozenset):
        return "; ".join(option.text for option in field.options if option.id in answer)
    if isinstance(answer, str):
        return field.option(answer).text if field.options else answer
    unit = "kr" if field.kind == "kronor" else field.unit
    return f"{decimal_comma(answer, field.decimals)}{NO_BREAK_SPACE}{unit}".rstrip(NO_BREAK_SPACE)


def _read_text(field: Field, raw: object) -> Answer:
    if not isinstance(raw, str):
        raise Fault(field.label, f"Svaret {raw} är ingen text.", "Skriv svaret som en text.")
    try:
        raw.encode()
    except UnicodeEncodeError:  # half a character, as a broken copy and paste may leave
        raise Fault(field.label, "Texten har tecken som inte går att läsa.", "Skriv om texten.") from None
    text = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").strip()
    return " ".join(text.split()) if field.kind == "text" else text


def _read_number(field: Field, raw: object) -> Answer:
    if isinstance(raw, str) and len(raw) <= _LONGEST_NUMBER and (field.kind == "kronor" or _COUNT.fullmatch(raw)):
        return read_kronor(raw, field.label)
    if isinstance(raw, int | Fraction) and not isinstance(raw, bool) and raw == int(raw):
        return int(raw)
    example = "16 259 682 kr" if field.kind == "kronor" else "0 eller 1 250"
    raise Fault(field.label, f"”{str(raw)[:_LONGEST_NUMBER]}” är inget heltal.", f"Skriv till exempel {example}.")


def _read_choice(field: Field, raw: object) -> Answer:
    if not isinstance(raw, str):
        raise Fault(field.label, f"Svaret {raw} är inget svarsalternativ.", f"Välj ett av: {_options(field)}.")
    return _option(field, raw)


def _read_tick(field: Field, raw: object) -> Answer:
    if isinstance(raw, bool):
        return field.options[0].id if raw else None
    return _read_choice(field, raw)


def _read_choices(field: Field, raw: object) -> Answer:
    if not isinstance(raw, list | tuple | set | frozenset) or not all(isinstance(each, str) for each in raw):
        raise Fault(field.label, "Svaret är ingen lista med svarsalternativ.", f"Välj bland: {_options(field)}.")
    return frozenset(_option(field, each) for each in raw) or None


def _read_computed(field: Field, _raw: object) -> Answer:
    raise Fault(field.label, "Värdet räknas ut och kan inte anges.", "Ta bort svaret.")


def _option(field: Field, chosen: str) -> str:
    known = [option.id for option in field.options]
    if chosen not in known:
        hint = f"{suggestion(chosen, known)}Välj bland: {_options(field)}."
        raise Fault(field.label, f"”{chosen}” är inget av svarsalternativen.", hint)
    return chosen


def _options(field: Field) -> str:
    return ", ".join(option.id for option in field.options)


def _check_exclusive(field: Field, chosen: frozenset[str]) -> None:
    alone = [option.text for option in field.options if option.exclusive and option.id in chosen]
    if alone and len(chosen) > 1:
        raise Fault(
            field.label,
            f"”{alone[0]}” kan inte väljas tillsammans med något annat.",
            "Ta bort det ena eller det andra.",
        )


def _check_size(field: Field, number: int) -> None:
    too_small = field.least is not None and number < field.least
    too_large = field.most is not None and number > field.most
    if too_small or too_large:
        wrong = "mindre" if too_small else "större"
        limits = f"mellan {grouped(field.least or 0)} och {grouped(field.most or 0)}"
        raise Fault(field.label, f"{grouped(number)} är {wrong} än formuläret tillåter.", f"Skriv ett tal {limits}.")


def _postcode(text: str, where: str) -> str:
    found = _POSTCODE.fullmatch(text)
    if not found:
        raise Fault(where, f"”{text}” är inget postnummer.", "Skriv fem siffror, till exempel 123 45.")
    return f"{found[1]} {found[2]}"


def _email(text: str, where: str) -> str:
    """Asks for one @ with something on both sides, and is no stricter: real addresses look stranger than rules do."""
    before, _, after = text.partition("@")
    if not before or not after or "@" in after or " " in text:
        raise Fault(where, f"”{text}” är ingen e-postadress.", "Skriv den med ett @, till exempel namn@kommun.example.")
    return text


def _phone(text: str, where: str) -> str:
    if sum(char.isdigit() for char in text) < _FEWEST_PHONE_DIGITS:
        raise Fault(where, f"”{text}” är inget telefonnummer.", f"Skriv minst {_FEWEST_PHONE_DIGITS} siffror.")
    return text


def _day(text: str, where: str) -> str:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise Fault(where, f"”{text}” är ingen dag.", "Skriv år, månad och dag, till exempel 2025-10-01.")


_READERS: dict[FieldKind, Callable[[Field, object], Answer]] = {
    "text": _read_text,
    "long_text": _read_text,
    "whole_number": _read_number,
    "kronor": _read_number,
    "computed": _read_computed,
    "choice": _read_choice,
    "tick": _read_tick,
    "choices": _read_choices,
}

_FORMATS: dict[Format, Callable[[str, str], str]] = {
    "postcode": _postcode,
    "email": _email,
    "phone": _phone,
    "organisation_number": organisation_number,
    "date": _day,
}
