"""Is a played round what its rules say? Everything is computed again from the rules and compared, file by file."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from statsbidrag.exchange.plain_json import read_json
from statsbidrag.play.papers.desk import Desk, Paper
from statsbidrag.play.published import FACTS, MANIFEST, papers, printed, strangers, sums
from statsbidrag.play.round import play
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.terms.faults import Fault


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing in a folder that is not what the rules give."""

    path: str
    why: str


def played_again(folder: Path, book: Rulebook) -> tuple[Desk, list[Paper]]:
    """Plays the round of a folder again by the rules at hand.

    Raises Fault where the folder holds no play, or the rules are others than those it was played by.
    """
    facts = _facts(folder)
    desk = play(book, facts.year, facts.seed)
    if facts.rules != desk.stage.fingerprint:
        raise Fault(
            str(folder),
            "Den är spelad med andra regler än de som finns här.",
            "Jämför med samma regler, med --rules, eller spela omgången på nytt.",
        )
    return desk, papers(desk)


def deviations(folder: Path, desk: Desk, made: Iterable[Paper]) -> Iterator[Deviation | None]:
    """Gives, for each file that there should be, what is wrong with it or None; then what should not be there."""
    manifest = sums(folder)
    known = {MANIFEST}
    for path, content in printed(desk, made):
        known.add(path)
        yield _compared(folder / path, path, content, manifest)
    for path in strangers(folder, known):
        yield Deviation(path, "Filen hör inte till omgången.")
    for path in sorted(manifest.keys() - known):
        yield Deviation(path, f"Filen står i {MANIFEST} men hör inte till omgången.")


def _compared(file: Path, path: str, content: bytes, manifest: dict[str, str]) -> Deviation | None:
    if not file.is_file():
        return Deviation(path, "Filen saknas.")
    if file.read_bytes() != content:
        return Deviation(path, "Innehållet är inte det som reglerna ger.")
    if manifest.get(path) != hashlib.sha256(content).hexdigest():
        return Deviation(path, f"Kontrollsumman i {MANIFEST} stämmer inte.")
    return None


@dataclass(frozen=True, slots=True)
class _Facts:
    year: int
    seed: int
    rules: str


def _facts(folder: Path) -> _Facts:
    file, remedy = folder / FACTS, "Ange mappen som play skrev."
    if not file.is_file():
        raise Fault(str(folder), f"Här finns ingen spelad omgång ({FACTS}).", remedy)
    facts = read_json(file.read_bytes(), str(file), remedy)
    match facts:
        case {"year": int(year), "seed": int(seed), "rules": str(rules)}:
            return _Facts(year, seed, rules)
        case _:
            raise Fault(str(file), "Filen säger inte vilken omgång som är spelad.", remedy)
