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
from statsbidrag.play.papers.desk import MADE_UP, Desk, Paper
from statsbidrag.terms.faults import Fault

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

    Raises Fault where the folder holds something that is not a play, so that nobody's own files are lost.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / FACTS).is_file():
        raise Fault(str(folder), "Mappen innehåller annat än ett spel.", "Ange en tom eller ny mapp.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        sums = {path: _written(unfinished / path, content) for path, content in files}
        lines = "".join(f"{sum_}  {path}\n" for path, sum_ in sorted(sums.items()))
        write_whole(unfinished / MANIFEST, lines.encode())
        unfinished.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _written(path: Path, content: bytes) -> str:
    """Writes one file of a folder that nobody sees before it is whole; gives its SHA-256."""
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
