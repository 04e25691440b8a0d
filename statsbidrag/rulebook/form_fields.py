"""Makes the fields of a form out of what its file has, and refuses those that nobody could answer."""

import re
from collections.abc import Iterator
from dataclasses import replace

from statsbidrag.cycle.answers import read_answer
from statsbidrag.cycle.form import Field, FieldKind, Layout, Option
from statsbidrag.rulebook.written_form import WrittenField, WrittenOption, WrittenQuestion
from statsbidrag.terms.faults import Fault, suggestion

_ID = re.compile(r"[a-z][a-z0-9_]*")
_RULE_WORDS = frozenset({"and", "or", "not", "is", "in", "has", "count", "round"})
_NUMBERS: tuple[FieldKind, ...] = ("whole_number", "kronor")
_TEXTS: tuple[FieldKind, ...] = ("text", "long_text")
_FEWEST_OPTIONS: dict[FieldKind, int] = {"choice": 2, "choices": 2, "tick": 1}


def layout_of(written: WrittenQuestion) -> Layout:
    """Tells a group and a matrix from a question of one field."""
    if written.fields:
        return "group"
    return "matrix" if written.rows else "single"


def fields_of(written: WrittenQuestion, where: str) -> tuple[Field, ...]:
    """Gives the fields of a question in their order; raises Fault for one that cannot be."""
    if written.fields and (written.kind or written.rows):
        raise Fault(where, "Frågan har både egna fält och ett slag.", "Ta bort kind och rows, eller fields.")
    if written.fields:
        return tuple(field_of(each, f"{where}, fältet ”{each.id}”") for each in written.fields)
    if not written.rows:
        return (field_of(written, where),)
    if written.kind != "choice" or any(option.input for option in written.options):
        raise Fault(where, "En matris är ett enkelval utan egna fält.", 'Skriv kind = "choice" utan input.')
    cell = field_of(written, where)
    return tuple(
        replace(cell, id=f"{written.id}.{_checked_id(row.id, where)}", text=row.text, prefill=row.prefill)
        for row in written.rows
    )


def field_of(written: WrittenField, where: str) -> Field:
    """Gives one field; raises Fault where its id, kind, options or limits cannot be."""
    _checked_id(written.id, where)
    if written.kind is None:
        raise Fault(where, "Slaget (kind) saknas.", "Skriv till exempel kind = ”kronor” eller kind = ”choice”.")
    _check_options(written, where)
    _check_limits(written, where)
    if bool(written.computes) != (written.kind == "computed"):
        raise Fault(
            where, "Bara ett värde som räknas ut har en regel, och det måste ha en.", "Rätta kind eller computes."
        )
    field = Field(
        id=written.id,
        text=written.text,
        kind=written.kind,
        required=not written.optional and written.kind != "computed",
        options=tuple(_option_of(option, written.id, where) for option in written.options),
        least=written.min,
        most=written.max,
        format=written.format,
        unit=written.unit,
        decimals=written.decimals,
        prefill=written.prefill,
        assumption=written.assumption,
    )
    return _with_default(field, written.default, where)


def doubles(ids: list[str]) -> Iterator[str]:
    """Gives each id that has stood before."""
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            yield id
        seen.add(id)


def check_prefill(field: Field, background: dict[str, Field], where: str) -> None:
    """Refuses a locked answer that comes from no background value, or from one of another kind."""
    how = field.prefill
    if how is None:
        return
    if bool(how.background) != (how.level == "locked"):
        raise Fault(where, "Ett låst svar kommer från ett bakgrundsvärde, och inget annat gör det.", "Rätta prefill.")
    if how.background and how.background not in background:
        hint = suggestion(how.background, background)
        raise Fault(where, f"Bakgrundsvärdet ”{how.background}” finns inte.", f"{hint}Rätta prefill.")
    if how.background and background[how.background].kind != field.kind:
        raise Fault(where, f"Bakgrundsvärdet ”{how.background}” är av ett annat slag.", "Ge dem samma kind.")


def _checked_id(id: str, where: str) -> str:
    if not _ID.fullmatch(id):
        raise Fault(where, f"Namnet ”{id}” går inte att använda i en regel.", "Skriv det med a–z, siffror och _.")
    if id in _RULE_WORDS:
        raise Fault(where, f"”{id}” är ett ord i regelspråket.", "Välj ett annat namn.")
    return id


def _option_of(written: WrittenOption, field: str, where: str) -> Option:
    _checked_id(written.id, where)
    asked = written.input
    if asked is None:
        return Option(written.id, written.text, written.exclusive)
    if written.exclusive:
        raise Fault(where, f"Alternativet ”{written.id}” utesluter andra och har ett eget fält.", "Ta bort det ena.")
    keys = {name: getattr(asked, name) for name in ("kind", "max", "min", "unit", "optional", "prefill")}
    inner = field_of(WrittenField(id=written.id, text=written.text, **keys), f"{where}, alternativet ”{written.id}”")
    return Option(written.id, written.text, input=replace(inner, id=f"{field}.{written.id}"))


def _check_options(written: WrittenField, where: str) -> None:
    fewest = _FEWEST_OPTIONS.get(written.kind or "computed", 0)
    if bool(written.options) != bool(fewest) or len(written.options) < fewest:
        raise Fault(where, "Svarsalternativen passar inte frågans slag.", "Ett val har minst två, annat har inga.")
    if written.kind == "tick" and len(written.options) > 1:
        raise Fault(where, "En kryssruta har bara ett svarsalternativ.", "Ta bort de andra, eller skriv choices.")
    if written.kind != "choices" and any(option.exclusive for option in written.options):
        raise Fault(where, "I ett enkelval utesluter alternativen redan varandra.", "Ta bort exclusive.")
    _refuse_doubles([option.id for option in written.options], "Alternativet", where)


def _check_limits(written: WrittenField, where: str) -> None:
    limits = [limit for limit in (written.min, written.max) if limit is not None]
    if any(limit < 0 for limit in limits):
        raise Fault(where, "En gräns är mindre än 0.", "Skriv 0 eller ett större tal.")
    if written.min is not None and written.max is not None and written.min > written.max:
        raise Fault(where, "Den minsta gränsen är större än den största.", "Byt plats på min och max.")
    if written.kind in _NUMBERS and len(limits) < 2:
        raise Fault(where, "Ett tal behöver båda gränserna.", "Skriv min och max.")
    if written.kind in _TEXTS and (not written.max or written.min is not None):
        raise Fault(where, "En text behöver en gräns för antalet tecken, och bara den.", "Skriv max.")
    if written.kind not in (*_NUMBERS, *_TEXTS) and limits:
        raise Fault(where, "Gränser finns bara för tal och texter.", "Ta bort min och max.")
    if written.format and written.kind != "text":
        raise Fault(where, "Bara en text på en rad har ett format.", "Ta bort format.")


def _with_default(field: Field, default: str, where: str) -> Field:
    if not default:
        return field
    try:
        return replace(field, default=read_answer(field, default))
    except Fault as fault:
        raise Fault(where, f"Utgångsvärdet kan inte vara ett svar: {fault.why}", fault.remedy) from None


def _refuse_doubles(ids: list[str], what: str, where: str) -> None:
    for id in doubles(ids):
        raise Fault(where, f"{what} ”{id}” finns två gånger.", "Ge det ena ett annat namn.")
