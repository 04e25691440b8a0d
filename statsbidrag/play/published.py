"""A played round as a folder: 1-allocation to 9-account, the ledger, and a manifest of every file."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from statsbidrag.exchange.files import write_whole
from statsbidrag.exchange.letters import Press
from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.exchange.tables import Column, Table, as_csv
from statsbidrag.play.papers import (
    account,
    allocation,
    decision,
    distribution,
    payment,
    reallocation,
    repayment,
    report,
    requisition,
)
from statsbidrag.play.papers.desk import Desk, Paper
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.made_up import MADE_UP

MANIFEST = "MANIFEST.sha256"
FACTS = "play.json"
FOLDERS: Mapping[str, Callable[[Desk], Iterable[Paper]]] = {
    "1-allocation": allocation.papers,
    "2-requisition": requisition.papers,
    "3-reallocation": reallocation.papers,
    "4-decision": decision.papers,
    "5-payment": payment.papers,
    "6-distribution": distribution.papers,
    "7-report": report.papers,
    "8-repayment": repayment.papers,
    "9-account": account.papers,
}
_LEDGER = (
    Column("day", "Dag", "date"),
    Column("recipient", "Mottagare"),
    Column("cause", "Händelse"),
    Column("moved_from", "Från"),
    Column("moved_to", "Till"),
    Column("kronor", "Belopp (kr)", "kronor"),
    Column("reference", "Underlag"),
    Column("fingerprint", "Reglernas fingeravtryck"),
)
_AT_ONCE = 128


def papers(desk: Desk) -> list[Paper]:
    """Gives every paper of the round with its path in the folder; letters are not set yet."""
    stage = desk.stage
    facts = {"note": MADE_UP, "year": stage.year, "seed": stage.seed, "rules": stage.fingerprint}
    made: list[Paper] = [(FACTS, _json(facts)), ("ledger.csv", _ledger(desk))]
    for folder, papers_of in FOLDERS.items():
        made += [(f"{folder}/{name}", content) for name, content in papers_of(desk)]
    return made


def printed(desk: Desk, made: Iterable[Paper]) -> Iterator[tuple[str, bytes]]:
    """Sets the letters among the papers and gives every paper as the bytes of its file, in the same order."""
    book = desk.stage.book
    press = Press(book.folder, book.library.place)
    waiting = list(made)
    for start in range(0, len(waiting), _AT_ONCE):
        some = waiting[start : start + _AT_ONCE]
        pdfs = press.render_all(content for _, content in some if isinstance(content, Letter))
        for path, content in some:
            yield path, next(pdfs) if isinstance(content, Letter) else content


def publish(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Writes the files and their manifest, the whole folder or nothing; an earlier play in the same place is replaced.

    Raises Fault where the folder cannot be written, or holds something that is not of a play, so that nobody's own
    files are lost.
    """
    place = folder.resolve()
    try:
        _refuse_others(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
        try:
            _write(files, unfinished)
            _put_in_place(unfinished, place)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    except OSError:
        remedy = "Kontrollera sökvägen, att det går att skriva där och att disken inte är full."
        raise Fault(str(folder), "Mappen går inte att skriva.", remedy) from None


def sums(folder: Path) -> dict[str, str]:
    """Gives the SHA-256 of each file that a play's manifest names, by its path; none where there is no manifest."""
    manifest = folder / MANIFEST
    lines = manifest.read_text(encoding="utf-8", errors="replace").splitlines() if manifest.is_file() else ()
    return {path: sum_ for sum_, _, path in (line.partition("  ") for line in lines)}


def strangers(folder: Path, known: Iterable[str]) -> list[str]:
    """Gives every file in a folder that is not among the known paths."""
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()}
    return sorted(found.difference(known))


def _refuse_others(folder: Path) -> None:
    for path in strangers(folder, (*sums(folder), MANIFEST)):
        raise Fault(str(folder), f"Mappen innehåller annat än ett spel: {path}.", "Ange en tom eller ny mapp.")


def _write(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Writes every file and their manifest into a folder that nobody sees before it is whole."""
    written = {path: _written(folder / path, content) for path, content in files}
    lines = "".join(f"{sum_}  {path}\n" for path, sum_ in sorted(written.items()))
    write_whole(folder / MANIFEST, lines.encode())
    folder.chmod(0o755)


def _put_in_place(finished: Path, place: Path) -> None:
    """Moves a whole folder to its place; an earlier one is deleted only when that has succeeded."""
    if not place.exists():
        finished.rename(place)
        return
    earlier = place.rename(finished.with_name(f"{finished.name}.earlier"))
    try:
        finished.rename(place)
    except BaseException:
        earlier.rename(place)
        raise
    shutil.rmtree(earlier)


def _written(path: Path, content: bytes) -> str:
    """Writes one file and gives its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _ledger(desk: Desk) -> bytes:
    rows = tuple(
        (one.day, one.recipient, one.cause, one.moved_from, one.moved_to, one.kronor, one.reference, one.fingerprint)
        for one in desk.returning.ledger.postings
    )
    return as_csv(Table(f"Huvudbok {desk.stage.year}", _LEDGER, rows))


def _json(facts: Mapping[str, object]) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
