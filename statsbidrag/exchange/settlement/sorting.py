"""Which of many millions of rows share their key with another, found within a fixed memory.

A grouping in a database keeps every key in a table of its own, and 50 million of them take gigabytes or much writing
to disk. Here keys are split by their high bits into files as they come, each beside the place of its row, and each
file is sorted and compared with itself: every key is written once and read once.
"""

import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]

# A key has 38 bits: the high six tell the file, and the low 32 stand there before the 32 bits of the row's place.
KEY_BITS = 38
MOST_ROWS = 2**32
_HALF = np.uint64(32)
_LOW_HALF = np.uint64(2**32 - 1)
_FILES = 2 ** (KEY_BITS - 32)


def places_of_repeated(batches: Iterable[tuple[Numbers, Numbers]], folder: Path) -> Numbers:
    """Gives the places of the rows whose key stands more than once, in order; uses files in the folder meanwhile.

    Each batch has keys of at most ``KEY_BITS`` bits and, for each of them, the place of its row below ``MOST_ROWS``.
    """
    with ExitStack() as open_files:
        files = [open_files.enter_context(tempfile.TemporaryFile(dir=folder)) for _ in range(_FILES)]
        for keys, places in batches:
            high = (keys >> _HALF).astype(np.uint8)
            numbers = ((keys & _LOW_HALF) << _HALF | places)[np.argsort(high, kind="stable")]
            ends = np.cumsum(np.bincount(high, minlength=_FILES))
            for file, part in zip(files, np.split(numbers, ends[:-1]), strict=True):
                part.tofile(file)
        return np.sort(np.concatenate([_places_in(file) for file in files]))


def _places_in(file: IO[bytes]) -> Numbers:
    file.seek(0)
    numbers = np.fromfile(file, np.uint64)
    numbers.sort()
    keys = numbers >> _HALF
    same = np.flatnonzero(keys[1:] == keys[:-1])
    return numbers[np.union1d(same, same + 1)] & _LOW_HALF
