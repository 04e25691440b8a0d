"""Which of many millions of rows share their key with another, found within a fixed memory.

A grouping in a database keeps every key in a table of its own, and 50 million of them take gigabytes or much writing
to disk. Here keys are split by their high bits into files as they come, each beside the place of its row, and each
file is sorted and compared with itself: every key is written once and read once.
"""

import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]

MOST_ROWS = 2**32
_FILE_BITS = 6
_ALL_BITS = 64
_AT_A_TIME = 2


def places_of_repeated(batches: Iterable[tuple[Numbers, Numbers]], total: int, folder: Path) -> Numbers:
    """Gives the places of the rows that seem to share their key, in order; uses files in the folder meanwhile.

    Each batch has keys of 64 bits and, for each of them, the place of its row, below ``total`` and ``MOST_ROWS``. The
    first six bits of a key tell its file, and as many of the next as there is room for stand there before the place:
    so keys that differ only in their last bits seem the same, and a few rows too many are given, never one too few.
    """
    place_bits = np.uint64(max(total - 1, 1).bit_length())
    key_mask = ~((np.uint64(1) << place_bits) - np.uint64(1))
    with ExitStack() as open_files:
        files = [open_files.enter_context(tempfile.TemporaryFile(dir=folder)) for _ in range(2**_FILE_BITS)]
        for keys, places in batches:
            high = (keys >> np.uint64(_ALL_BITS - _FILE_BITS)).astype(np.uint8)
            numbers = keys << np.uint64(_FILE_BITS) & key_mask | places
            ends = np.cumsum(np.bincount(high, minlength=len(files)))
            parts = np.split(numbers[np.argsort(high, kind="stable")], ends[:-1])
            for file, part in zip(files, parts, strict=True):
                part.tofile(file)
        with ThreadPoolExecutor(_AT_A_TIME) as threads:
            found = list(threads.map(partial(_places_in, place_bits=place_bits), files))
        return np.sort(np.concatenate(found))


def _places_in(file: IO[bytes], place_bits: np.uint64) -> Numbers:
    file.seek(0)
    numbers = np.fromfile(file, np.uint64)
    numbers.sort()
    keys = numbers >> place_bits
    same = np.flatnonzero(keys[1:] == keys[:-1])
    return numbers[np.union1d(same, same + 1)] & ((np.uint64(1) << place_bits) - np.uint64(1))
