"""Where a file of visits lies while it is looked at: a folder that only the service can open, and that is emptied."""

import shutil
from array import array
from collections.abc import Collection, Iterable
from pathlib import Path

from django.conf import settings

_OWN_ONLY = 0o700


def original(file: int) -> Path:
    """Gives where a file lies as it came."""
    return _folder(file) / "extract"


def staged(file: int) -> Path:
    """Gives where its good rows lie, in the columns of the dictionary of visits."""
    return _folder(file) / "visits.parquet"


def put_lines(file: int, lines: "array[int]") -> None:
    """Puts beside them which line of the file each of them was."""
    _lines(file).write_bytes(lines.tobytes())


def lines_of(file: int) -> "array[int]":
    """Gives which line of the file each of its good rows was."""
    lines = array("L")
    lines.frombytes(_lines(file).read_bytes())
    return lines


def refused_rows(file: int) -> Path:
    """Gives where the rows that could not be used are written."""
    return _folder(file) / "refused.csv"


def put(file: int, chunks: Iterable[bytes]) -> None:
    """Puts a file as it came in its folder, some of it at a time."""
    folder = _folder(file)
    folder.parent.mkdir(mode=_OWN_ONLY, parents=True, exist_ok=True)
    folder.mkdir(mode=_OWN_ONLY, exist_ok=True)
    with original(file).open("wb") as target:
        target.writelines(chunks)


def drop_original(file: int) -> None:
    """Drops a file as it came."""
    original(file).unlink(missing_ok=True)


def drop(file: int) -> None:
    """Drops all that lies there of a file."""
    shutil.rmtree(_folder(file), ignore_errors=True)


def drop_others(in_use: Collection[int]) -> int:
    """Drops what a killed process left of files that are not in use, and gives of how many."""
    within = _folder(0).parent
    gone = [each for each in within.glob("*") if each.name not in {str(file) for file in in_use}]
    for each in gone:
        shutil.rmtree(each, ignore_errors=True)
    return len(gone)


def _lines(file: int) -> Path:
    return _folder(file) / "lines"


def _folder(file: int) -> Path:
    data: Path = settings.ENVIRONMENT.data
    return data / "handed-in" / str(file)
