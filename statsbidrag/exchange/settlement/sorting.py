"""Which of many millions of numbers stand more than once, found within a fixed memory.

A grouping in a database keeps every number in a table of its own, and 50 million of them take gigabytes or much
writing to disk. Here they are split by their high bits into files as they come, and each file is sorted and compared with
itself: every number is written once and read once.
"""

import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]

# The high bits tell which file a number stands in, so that only the low 32 need to be kept there.
BITS = 38
_LOW = np.uint64(32)
_FILES = 2 ** (BITS - 32)
_BOUNDS = np.arange(1, _FILES, dtype=np.uint64) << _LOW


def repeated(batches: Iterable[Keys], folder: Path) -> Keys:
    """Gives every number, of at most ``BITS`` bits, that stands at least twice, each once, in order.

    Uses files in the folder meanwhile, four bytes for each number.
    """
    with ExitStack() as open_files:
        files = [open_files.enter_context(tempfile.TemporaryFile(dir=folder)) for _ in range(_FILES)]
        for batch in batches:
            numbers = np.sort(batch)
            places = np.searchsorted(numbers, _BOUNDS)
            for file, part in zip(files, np.split(numbers.astype(np.uint32), places), strict=True):
                part.tofile(file)
        found = [_repeated_in(file).astype(np.uint64) | np.uint64(high) << _LOW for high, file in enumerate(files)]
        return np.concatenate(found)


def _repeated_in(file: IO[bytes]) -> npt.NDArray[np.uint32]:
    file.seek(0)
    numbers = np.fromfile(file, np.uint32)
    numbers.sort()
    return np.unique(numbers[1:][numbers[1:] == numbers[:-1]])
