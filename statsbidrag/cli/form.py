"""``statsbidrag form``: the rule writer's trial run of a form, with or without a set of answers."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from statsbidrag.cli import rules_option
from statsbidrag.cli.form_outline import outline, outline_of_answers
from statsbidrag.cycle import Outcome, work_through
from statsbidrag.cycle.answers import read_answer, within_limits
from statsbidrag.cycle.form import Field, Form
from statsbidrag.exchange.answers import plain_answers
from statsbidrag.exchange.plain_json import read_json
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.terms.faults import Fault, Faults, suggestion
from statsbidrag.terms.language import Answer

Json = dict[str, Any]
_PARTS = ("background", "answers")


@click.command(name="form")
@click.argument("file")
@click.option("--answers", type=click.Path(path_type=Path), help="Try the form on the answers of this JSON file.")
@click.option("--format", "as_what", type=click.Choice(["text", "json"]), default="text", show_default=True)
@rules_option
def command(file: str, answers: Path | None, as_what: str, rules: Path) -> None:
    """Try a form: its questions, or what a set of answers leads to. FILE is a path, or a name such as report-2025.

    The answers are {"background": {}, "answers": {}}: values by id, several choices as a list.
    """
    form = Rulebook(rules).form(file)
    if answers is None:
        click.echo(_written(_form_as_json(form)) if as_what == "json" else outline(form))
        return
    outcome = work_through(form, *_read_answers(form, answers))
    click.echo(_written(_outcome_as_json(outcome)) if as_what == "json" else outline_of_answers(outcome))


def _written(table: Json) -> str:
    return json.dumps(table, ensure_ascii=False, indent=2)


def _form_as_json(form: Form) -> Json:
    return {
        "id": form.id,
        "background": [_field_as_json(field) for field in form.background],
        "fields": [
            {"id": field.id, "page": page.id, **_field_as_json(field), "options": _options_as_json(field)}
            for page in form.pages
            for question in page.questions
            for field in question.fields
        ],
    }


def _field_as_json(field: Field) -> Json:
    """A field with its kind; a background value that is a choice has its options too, or nobody could set it."""
    told: Json = {"id": field.id, "text": field.text, "kind": field.kind}
    return told | ({"options": _options_as_json(field)} if field.options else {})


def _options_as_json(field: Field) -> list[Json]:
    told: list[Json] = []
    for option in field.options:
        asked = {"input": {"id": option.input.id, "kind": option.input.kind}} if option.input else {}
        told.append({"id": option.id, "text": option.text, **asked})
    return told


def _outcome_as_json(outcome: Outcome) -> Json:
    """What the answers lead to; ``errors`` stands there only where an answer breaks a limit."""
    told: Json = {
        "shows": list(outcome.shows),
        "values": plain_answers(outcome.form, outcome.values),
        "missing": list(outcome.missing),
        "checks": [{"id": check.id, "level": check.level} for check in outcome.checks],
    }
    if outcome.mistakes:
        mistakes = outcome.mistakes.items()
        told["errors"] = [{"id": id, "says": fault.why, "remedy": fault.remedy} for id, fault in mistakes]
    return told


def _read_answers(form: Form, path: Path) -> tuple[Json, Json]:
    """Reads a file of answers; raises Faults for every value that is unknown or cannot be read at all."""
    tables = _read_json(path)
    background: Json = tables.get("background", {})
    answers: Json = tables.get("answers", {})
    known = {field.id: field for field in form.background}
    faults = _unreadable(background, known, lambda field, raw: within_limits(field, read_answer(field, raw)), path)
    faults += _unreadable(answers, form.by_id(), read_answer, path)
    if faults:
        raise Faults(faults)
    return background, answers


def _unreadable(
    given: Json, known: Mapping[str, Field], read: Callable[[Field, object], Answer], path: Path
) -> list[Fault]:
    faults: list[Fault] = []
    for id, raw in given.items():
        where = f"{path}, ”{id}”"
        if id not in known:
            faults.append(Fault(where, "Formuläret har inget sådant.", f"{suggestion(id, known)}Rätta namnet."))
            continue
        try:
            read(known[id], raw)
        except Fault as fault:
            faults.append(Fault(where, fault.why, fault.remedy))
    return faults


def _read_json(path: Path) -> Json:
    try:
        content = path.read_bytes()
    except (OSError, ValueError):  # ValueError: no file can have such a name
        raise Fault(str(path), "Filen går inte att läsa.", "Kontrollera sökvägen.") from None
    tables = read_json(content, str(path), "Rätta den och försök igen.")
    shape = 'Skriv {"background": {…}, "answers": {…}}.'
    if not isinstance(tables, dict) or not all(isinstance(part, dict) for part in tables.values()):
        raise Fault(str(path), "Filen har inte rätt form.", shape)
    for part in tables:
        if part not in _PARTS:
            raise Fault(str(path), f"Okänd del ”{part}”.", f"{suggestion(part, _PARTS)}{shape}")
    return tables
