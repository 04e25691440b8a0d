"""Holds a form's words against its sources: every statement cited is quoted, or the departure from it is listed."""

from collections.abc import Iterator

from statsbidrag.cycle.form import Field, Form, Page, Question
from statsbidrag.cycle.form_checks import Departure
from statsbidrag.rulebook.grounds import one_spaced
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.sources import Library


def check_words(form: Form, library: Library, file: str) -> None:
    """Refuses a misquoted question, an unknown statement, and a departure that is not made where it says."""
    titles = {field.id: field.text for field in form.background}
    _check(form.cites, form.title, f"{file}, rubriken", library)
    for page in form.pages:
        opening = " ".join([page.heading, *(titles[id] for id in page.opens_with), *page.intro])
        _check(page.cites, f"{opening} {_originals(form, page.id)}", f"{file}, sidan ”{page.id}”", library)
        for question in page.questions:
            words = f"{words_of(question)} {_originals(form, page.id, question.id)}"
            _check(question.cites, words, f"{file}, frågan ”{question.id}”", library)
    for departure in form.departures:
        _check_departure(form, departure, library, file)


def words_of(question: Question) -> str:
    """Gives everything that a question says, in the order that it is read."""
    said = [question.heading, question.text, question.help]
    for field in question.fields:
        said += [field.text, *(option.text for option in field.options), _counter(field)]
    return " ".join(words for words in said if words)


def _counter(field: Field) -> str:
    """Gives the line that tells how much a long text may hold, and how much is left of it."""
    return f"Du kan skriva max {field.most} tecken. {field.most} tecken kvar" if field.kind == "long_text" else ""


def _words_of_page(page: Page) -> str:
    return " ".join([page.heading, *page.intro, *(words_of(question) for question in page.questions)])


def _originals(form: Form, *places: str) -> str:
    """Gives what the source says where the form departs from it."""
    return " ".join(departure.original for departure in form.departures if departure.at in places)


def _check(cites: tuple[str, ...], words: str, where: str, library: Library) -> None:
    for id in cites:
        statement = library.statements.get(id)
        if statement is None:
            hint = suggestion(id, library.statements)
            raise Fault(where, f"Satsen ”{id}” finns inte.", f"{hint}Numren står i statements.csv.")
        if _plain(statement.quote) not in _plain(words):
            raise Fault(
                where,
                f"Orden i {id} saknas: ”{statement.quote}”.",
                "Skriv dem ord för ord, eller skriv in avvikelsen under departures.",
            )


def _check_departure(form: Form, departure: Departure, library: Library, file: str) -> None:
    where = f"{file}, avvikelsen vid ”{departure.at}”"
    _check(departure.cites, departure.original, where, library)
    places = dict(_places(form))
    if departure.at not in places:
        raise Fault(where, "Platsen finns inte i formuläret.", f"{suggestion(departure.at, places)}Rätta at.")
    if departure.at != form.id and one_spaced(departure.shown) not in one_spaced(places[departure.at]):
        raise Fault(where, f"Där står inte ”{departure.shown}”.", "Skriv shown så som det står i formuläret.")


def _places(form: Form) -> Iterator[tuple[str, str]]:
    """Gives the places that a departure may stand at, each with its words; how the whole form looks has none."""
    yield form.id, ""
    for page in form.pages:
        yield page.id, _words_of_page(page)
        for question in page.questions:
            yield question.id, words_of(question)


def _plain(words: str) -> str:
    """Drops the stars that mark what is required: how it is marked is no part of the words."""
    return one_spaced(words.replace("*", " "))
