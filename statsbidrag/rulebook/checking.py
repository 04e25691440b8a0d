"""Reads every rule file there is and gathers all that is wrong, so that it can be mended in one go."""

from collections.abc import Callable, Iterator
from pathlib import Path

from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.grounds import check_ground, grounds
from statsbidrag.terms.faults import Fault


def check_rules(book: Rulebook) -> tuple[list[str], list[Fault]]:
    """Gives the names of the files that were read, and every fault in them.

    Each round, scheme, form and table is read whole; then every citation is held against its statement.
    """
    faults: list[Fault] = []
    names: list[str] = []
    for name, read in _readings(book):
        names.append(name)
        faults += _fault_of(read)
    for file in sorted(book.folder.rglob("*.toml")):
        for ground in _grounds_of(file, faults):
            faults += _fault_of(lambda ground=ground: check_ground(ground, book.library))  # type: ignore[misc]
    return names, faults


def _readings(book: Rulebook) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "statements.csv", lambda: book.library
    yield "recipients.csv", lambda: book.recipients
    yield "agency.toml", lambda: book.agency
    yield "visits.toml", lambda: book.visit_columns
    for table in sorted((book.folder / "children").glob("*.csv")):
        yield f"children/{table.name}", lambda table=table: book.children(f"children/{table.name}")
    for kind, read in (("rounds", book.round), ("schemes", book.scheme), ("forms", book.form)):
        for name in book.names(kind):
            yield f"{kind}/{name}.toml", lambda read=read, name=name: read(name)


def _fault_of(read: Callable[[], object]) -> list[Fault]:
    try:
        read()
    except Fault as fault:
        return [fault]
    return []


def _grounds_of(file: Path, faults: list[Fault]) -> list[object]:
    try:
        return list(grounds(file))
    except Fault as fault:
        faults.append(fault)
        return []
