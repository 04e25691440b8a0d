"""How soon an extract is understood, and made pseudonymous, and within what memory."""

import os
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

from stdnum import luhn

from bench.measuring import Measurement, process
from statsbidrag.exchange.pseudonyms import KEY_VARIABLE

_HUNDRED_THOUSAND = 100_000
_HUNDRED_MEGABYTES = 800_000
_MILLION = 1_000_000
_CLINICS = ("Karla vårdcentral", "Varberga vårdcentral")
_HEADINGS = "Enhet;Besöksdatum;Barn-ID;Ålder månader;Besökstyp;Yrken;KVÅ-kod;Familj;Annat statsbidrag"
_NORMALISE = """
import sys
from datetime import date
from pathlib import Path
from statsbidrag.cycle.visit_cells import Checks
from statsbidrag.cycle.visit_mapping import VisitMapping, mapped, suggest
from statsbidrag.cycle.visits import Limits
from statsbidrag.exchange.extracts.normalising import Targets, normalise
from statsbidrag.exchange.extracts.opening import open_extract
from statsbidrag.rulebook.book import Rulebook
book, path = Rulebook(), Path(sys.argv[1])
checks = Checks(book.visit_columns, book.visit_words, Limits(2025), date(2025, 12, 31))
extract = open_extract(path)
mapping = mapped(suggest(extract.headings, checks.columns, checks.words, VisitMapping()), VisitMapping())
normalise(extract, mapping, checks, to=Targets(path.with_suffix(".parquet"), path.with_suffix(".refused.csv")))
"""


def measurements() -> Iterator[Measurement]:
    """Both from the cold, in CPU seconds: what a busy server has to give for reading, checking and writing."""
    with tempfile.TemporaryDirectory(prefix="statsbidrag-bench-") as folder:
        few, many, numbered = (Path(folder) / f"{name}.csv" for name in ("few", "many", "numbered"))
        _write_visits(few, _HUNDRED_THOUSAND)
        _write_visits(many, _HUNDRED_MEGABYTES)
        _write_numbers(numbered, _MILLION)
        taken, _ = _cpu("-c", _NORMALISE, str(few))
        _, memory = _cpu("-c", _NORMALISE, str(many))
        os.environ[KEY_VARIABLE] = "0123456789abcdef" * 4
        call = ("pseudonymise", str(numbered), "--out", str(Path(folder) / "out.csv"), "--child", "Nummer")
        pseudonymised, small = _cpu("-m", "statsbidrag.cli", *call, "--visited", "Datum")
    yield Measurement("100 000 rows read, checked and normalised, CPU", taken, 5.0, "s")
    yield Measurement("an extract of a hundred megabytes: memory", memory, 500, "MB")
    yield Measurement("a million rows made pseudonymous, CPU", pseudonymised, 30.0, "s")
    yield Measurement("a million rows made pseudonymous: memory", small, 100, "MB")


def _cpu(*arguments: str) -> tuple[float, float]:
    """The CPU seconds that a process took, and its peak memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _, memory = process(*arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, memory


def _write_visits(path: Path, rows: int) -> None:
    """An extract in Windows-1252, its days and ages written as record systems write; one row in a hundred is wrong."""
    with path.open("w", encoding="cp1252") as file:
        file.write(f"{_HEADINGS}\n")
        for row in range(rows):
            child = f"{row * 7919 % (rows // 4 + 1):032b}".translate({48: "a", 49: "b"})
            kind = "Något annat" if row % 100 == 0 else "Extra"
            day = f"{row % 28 + 1}/{row % 12 + 1} 2025"
            file.write(f"{_CLINICS[row % 2]};{day};{child};4,0;{kind};Sjuksköterska, socialtjänst;zv509;{child};nej\n")


def _write_numbers(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("Enhet;Datum;Nummer;Yrken\n")
        for row in range(rows):
            nine = f"24{row // 28 % 12 + 1:02}{row % 28 + 1:02}{980 + row % 20}"
            number = f"{nine[:6]}-{nine[6:]}{luhn.calc_check_digit(nine)}"
            file.write(f"{_CLINICS[row % 2]};2025-10-02;{number};Sjuksköterska, socialtjänst\n")
