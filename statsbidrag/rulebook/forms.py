"""Reads a form's file into a form, or says what is wrong in it, where, and what to do."""

from pathlib import Path

from statsbidrag.cycle.form import Field, Form
from statsbidrag.rulebook.form_fields import check_prefill, doubles, field_of
from statsbidrag.rulebook.form_rules import FormRules
from statsbidrag.rulebook.form_words import check_words
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.rulebook.written_form import WrittenForm
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.sources import Library


def read_form(path: Path, library: Library) -> Form:
    """Gives one form: every rule read and looking back, every option and limit possible, every quote in its place.

    Raises Fault, naming the page, question or check, for the first thing that is wrong.
    """
    file = str(path)
    written = read_table(WrittenForm, read_toml(path), f"{file},")
    if written.id != path.stem:
        raise Fault(file, f"Formulärets id ”{written.id}” är inte filens namn.", f"Skriv id = ”{path.stem}”.")
    background = tuple(field_of(each, f"{file}, bakgrunden ”{each.id}”") for each in written.background)
    _refuse_doubles(written, background, file)
    rules = FormRules(written, background, file)
    form = Form(
        id=written.id,
        title=written.title,
        pages=tuple(rules.page(page) for page in written.pages),
        free_text_note=written.free_text_note,
        background=background,
        measures=tuple(rules.measure(measure) for measure in written.measures),
        checks=tuple(rules.check(check) for check in written.checks),
        departures=written.departures,
        cites=written.cites,
        assumptions=written.assumptions,
    )
    rules.refuse_ahead()
    _check_references(form, file)
    check_words(form, library, file)
    return form


def _refuse_doubles(written: WrittenForm, background: tuple[Field, ...], file: str) -> None:
    """Refuses two things of one name: a rule could not tell them apart, nor could a link on a page."""
    questions = [question for page in written.pages for question in page.questions]
    names = [field.id for field in background] + [page.id for page in written.pages]
    names += [question.id for question in questions]
    names += [field.id for question in questions for field in question.fields]
    names += [f"{question.id}.{row.id}" for question in questions for row in question.rows]
    names += [measure.id for measure in written.measures]
    for id in doubles(names):
        raise Fault(file, f"Namnet ”{id}” används två gånger.", "Ge det ena ett annat namn.")
    for id in doubles([check.id for check in written.checks]):
        raise Fault(file, f"Kontrollen ”{id}” finns två gånger.", "Ge den ena ett annat namn.")


def _check_references(form: Form, file: str) -> None:
    """Refuses a check that points at no field, and a background value that is not there."""
    background, fields = {field.id: field for field in form.background}, form.by_id()
    for field in fields.values():
        check_prefill(field, background, f"{file}, fältet ”{field.id}”")
    for check in form.checks:
        for id in check.at:
            if id not in fields:
                where = f"{file}, kontrollen ”{check.id}”"
                raise Fault(where, f"Den pekar på ”{id}”, som inte finns.", f"{suggestion(id, fields)}Rätta at.")
    for page in form.pages:
        for id in page.opens_with:
            if id not in background:
                where = f"{file}, sidan ”{page.id}”"
                raise Fault(where, f"Bakgrundsvärdet ”{id}” finns inte.", f"{suggestion(id, background)}Rätta det.")
