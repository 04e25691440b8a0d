"""Reads every rule file there is and gathers all that is wrong, so that it can be mended in one go."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.grounds import check_ground, grounds
from statsbidrag.rulebook.rounds import read_round
from statsbidrag.terms.faults import Fault, Faults, suggestion


def check_rules(book: Rulebook) -> tuple[list[str], list[Fault]]:
    """Gives the names of the files that were read, and every fault in them.

    Each round, scheme, form and table is read whole; then every citation is held against its statement.
    """
    faults: list[Fault] = []
    names: list[str] = []
    for name, read in _readings(book):
        names.append(name)
        faults += _faults_of(read)
    for file in sorted(book.folder.rglob("*.toml")):
        faults += _faults_of(partial(_check_grounds, file, book))
    return names, faults


def _readings(book: Rulebook) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every file or pair of files that the rule book reads, each with how it is read."""
    yield "statements.csv", lambda: book.library
    yield "recipients.csv", lambda: book.recipients
    yield "agency.toml", lambda: book.agency
    yield "reminders.toml", lambda: book.reminders
    yield "visits.toml", lambda: book.visit_columns
    yield "visit_words.toml", lambda: book.visit_words
    yield "pseudonyms.toml", lambda: book.pseudonyms
    yield "small_numbers.toml", lambda: book.small_numbers
    yield "retention.toml", lambda: book.retention
    for table in sorted((book.folder / "children").glob("*.csv")):
        yield f"children/{table.name}", partial(book.children, f"children/{table.name}")
    for year in book.names("rounds"):
        yield f"rounds/{year}.toml", partial(_read_round, book, year)
        yield f"calls/{year}.toml", partial(book.call, year)
    for name in book.names("schemes"):
        yield f"schemes/{name}.toml", partial(_read_scheme, book, name)
    for name in book.names("forms"):
        yield f"forms/{name}.toml", partial(book.form, name)


def _read_round(book: Rulebook, year: str) -> None:
    """Reads a round, and finds what it names: children table, recipients, form and the words of its law."""
    file = book.file("rounds", year, "ingen omgång")
    round_ = read_round(file)
    book.children_of(round_.allocation)
    known = {recipient.key for recipient in book.recipients}
    for one in round_.allocation.published:
        if one.recipient not in known:
            where = f"{file}, [[allocation.published]]"
            hint = suggestion(one.recipient, known)
            raise Fault(where, f"Mottagaren {one.recipient} finns inte.", f"{hint}Rätta den.")
    book.law(round_.law)
    if round_.report.form:
        book.file("forms", round_.report.form, "inget formulär")


def _read_scheme(book: Rulebook, name: str) -> None:
    book.clinics(name, book.scheme(name))


def _check_grounds(file: Path, book: Rulebook) -> None:
    """Holds every citation of a file against its statement, and tells all that fail."""
    found = [fault for ground in grounds(file) for fault in _faults_of(partial(check_ground, ground, book.library))]
    if found:
        raise Faults(found)


def _faults_of(read: Callable[[], object]) -> list[Fault]:
    try:
        read()
    except Faults as several:
        return list(several.faults)
    except Fault as fault:
        return [fault]
    return []
