"""Files appear whole or not at all, so that a killed process leaves nothing half written."""

import os
import tempfile
from pathlib import Path

from statsbidrag.terms.faults import Fault


def write_whole(path: Path, content: bytes) -> Path:
    """Writes a file so that a reader sees either all of it or none; makes its folder where it is missing.

    Raises Fault where the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
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
    return path
