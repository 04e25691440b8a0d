"""A form as text: its questions with their conditions as sentences, or what a set of answers leads to."""

import textwrap
from collections.abc import Iterator

from statsbidrag.cycle import Outcome, why, why_fired
from statsbidrag.cycle.answers import in_words
from statsbidrag.cycle.form import Field, FieldKind, Form, Format, Page, Question
from statsbidrag.cycle.form_checks import Check, Level
from statsbidrag.terms.because import Because
from statsbidrag.terms.kronor import grouped
from statsbidrag.terms.language import shown_when

_WIDTH = 100
_STEP = "    "
_LEVELS: dict[Level, str] = {"error": "fel", "warning": "varning", "flag": "flagga"}
_KINDS: dict[FieldKind, str] = {
    "text": "text",
    "long_text": "lång text",
    "whole_number": "heltal",
    "kronor": "hela kronor",
    "computed": "räknas ut",
    "choice": "ett val",
    "choices": "ett eller flera val",
    "tick": "kryssruta",
}
_FORMATS: dict[Format, str] = {
    "postcode": "postnummer",
    "email": "e-postadress",
    "phone": "telefonnummer",
    "organisation_number": "organisationsnummer",
    "date": "dag (ÅÅÅÅ-MM-DD)",
}


def outline(form: Form) -> str:
    """Gives the whole form to read: pages, questions, limits, conditions, checks and departures from its source."""
    return "\n".join(_outline(form))


def outline_of_answers(outcome: Outcome) -> str:
    """Gives what a set of answers leads to: what shows with which values, what is missing, and which checks fire."""
    return "\n".join(_outline_of_answers(outcome))


def _outline(form: Form) -> Iterator[str]:
    yield from _wrapped(form.title, 0)
    yield f"{form.id}: {len(form.pages)} sidor, {len(list(form.fields))} fält, {len(form.checks)} kontroller"
    yield from _wrapped(f"I alla fritexter: {form.free_text_note.value}", 0)
    yield from _section("Känt i förväg", (line for field in form.background for line in _known_before(field)))
    for number, page in enumerate(form.pages, 1):
        yield from _page(page, number)
    yield from _section("Kontroller", (line for check in form.checks for line in _check_with_rules(check)))
    measures = (f"{each.text} [{each.id}] – räknas ut som {each.computes.sentence()}" for each in form.measures)
    yield from _listed("Bara för handläggaren", measures)
    departures = (f"{each.at}: ”{each.original}” har blivit ”{each.shown}” – {each.why}" for each in form.departures)
    yield from _listed("Avvikelser från källan", departures)
    yield from _listed("Antaganden", iter(form.assumptions))


def _known_before(field: Field) -> Iterator[str]:
    yield from _field(field, 1)
    yield from _options(field, 2)


def _page(page: Page, number: int) -> Iterator[str]:
    by = " (fylls i av behörig företrädare)" if page.by == "signatory" else ""
    yield from _headed(f"{number}. {page.heading} [{page.id}]{by}")
    if page.shown:
        yield from _wrapped(f"Hela sidan visas när {page.shown.sentence()}.", 1)
    for paragraph in page.intro:
        yield from _wrapped(paragraph, 1)
    for question in page.questions:
        yield ""
        yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    if question.heading:
        yield from _wrapped(question.heading, 1)
    if question.layout == "single":
        yield from _field(question.fields[0], 1)
    else:
        yield from _wrapped(question.text, 1)
    for line in (question.help, shown_when(question.shown) if question.shown else ""):
        if line:
            yield from _wrapped(line, 2)
    if question.assumption:
        yield from _wrapped(f"Antagande: {question.assumption}", 2)
    if question.layout == "single":
        yield from _options(question.fields[0], 2)
    else:
        for field in question.fields:
            yield from _field(field, 2)
        yield from _options(question.fields[0], 3) if question.layout == "matrix" else ()


def _field(field: Field, depth: int) -> Iterator[str]:
    optional = " (frivilligt)" if not field.required and not field.computes else ""
    yield from _wrapped(f"{field.text}{optional} [{field.id}] – {_asks_for(field)}", depth)


def _asks_for(field: Field) -> str:
    """Says what kind of answer it is, and within which limits."""
    if field.computes:
        return f"räknas ut som {field.computes.sentence()}"
    if field.format:
        return _FORMATS[field.format]
    if field.kind in ("text", "long_text"):
        return f"{_KINDS[field.kind]}, högst {grouped(field.most or 0)} tecken"
    if field.most is not None:
        return f"{_KINDS[field.kind]} från {grouped(field.least or 0)} till {grouped(field.most)} {field.unit}".rstrip()
    return _KINDS[field.kind]


def _options(field: Field, depth: int) -> Iterator[str]:
    for option in field.options:
        alone = " (utesluter de andra)" if option.exclusive else ""
        asks = f" – {_asks_for(option.input)} [{option.input.id}]" if option.input else ""
        yield from _wrapped(f"○ {option.text} [{option.id}]{alone}{asks}", depth)


def _check_with_rules(check: Check) -> Iterator[str]:
    yield from _check(check)
    when = f", om {check.when.sentence()}" if check.when else ""
    yield from _wrapped(f"Ska gälla: {check.requires.sentence()}{when}.", 2)


def _check(check: Check) -> Iterator[str]:
    yield from _wrapped(f"{_LEVELS[check.level]} [{check.id}] {check.says}", 1)


def _outline_of_answers(outcome: Outcome) -> Iterator[str]:
    yield from _wrapped(outcome.form.title, 0)
    for number, page in enumerate(outcome.form.pages, 1):
        shown = [each for field in _fields(page) for each in (field, *field.inputs) if each.id in outcome.shows]
        if shown:
            yield from _headed(f"{number}. {page.heading} [{page.id}]")
        for field in shown:
            yield from _wrapped(f"{field.text} [{field.id}] {_answer(outcome, field)}", 1)
    names = {field.id: f"{field.text} [{field.id}]" for field in outcome.form.by_id().values()}
    wrong = (f"{names[id]} {fault.why} {fault.remedy}" for id, fault in outcome.mistakes.items())
    yield from _section("Visas inte", _hidden(outcome))
    yield from _listed("Saknar svar", (names[id] for id in outcome.missing))
    yield from _listed("Går inte att lämna in", wrong)
    yield from _section("Kontroller som slår till", _fired(outcome))


def _hidden(outcome: Outcome) -> Iterator[str]:
    for field in outcome.form.fields:
        if field.id not in outcome.shows:
            yield from _wrapped(f"{field.text} [{field.id}]", 1)
            yield from _steps(why(outcome, field.id))


def _fired(outcome: Outcome) -> Iterator[str]:
    for check in outcome.checks:
        yield from _check(check)
        yield from _steps(why_fired(outcome, check))


def _steps(because: Because) -> Iterator[str]:
    for depth, step in because.walk():
        if depth:
            yield from _wrapped(step.says, depth + 1)


def _answer(outcome: Outcome, field: Field) -> str:
    if field.id in outcome.mistakes:
        return "= (går inte att lämna in)"
    return f"= {in_words(field, outcome.values[field.id])}" if field.id in outcome.values else "= (inget svar)"


def _fields(page: Page) -> Iterator[Field]:
    return (field for question in page.questions for field in question.fields)


def _listed(heading: str, things: Iterator[str]) -> Iterator[str]:
    yield from _section(heading, (line for thing in things for line in _wrapped(thing, 1)))


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    """Gives a heading and its lines, or nothing where there are none."""
    first = next(lines, None)
    if first is not None:
        yield from _headed(heading)
        yield first
        yield from lines


def _headed(heading: str) -> Iterator[str]:
    yield ""
    yield from _wrapped(heading, 0)


def _wrapped(text: str, depth: int) -> Iterator[str]:
    indent = _STEP * depth
    yield from textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ") or [""]
