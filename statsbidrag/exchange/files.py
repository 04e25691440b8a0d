"""Files appear whole or not at all, so that a killed process leaves nothing half written."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from statsbidrag.terms.faults import Fault


def write_whole(path: Path, content: bytes) -> Path:
    """Writes a file so that a reader sees either all of it or none; makes its folder where it is missing.

    Raises Fault where the file cannot be written.
    """
    with whole(path) as file:
        file.write(content)
    return path


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Gives a file to write to bit by bit, which appears when all of it is written, and not at all where it is not.

    Raises Fault where the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            unfinished.chmod(0o644)
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    except OSError:
        remedy = "Kontrollera sökvägen, att det går att skriva i mappen och att disken inte är full."
        raise Fault(str(path), "Filen går inte att skriva.", remedy) from None
