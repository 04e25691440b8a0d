"""What is wrong, where, and what to do about it: one error for everything a person can put right."""

import difflib
from collections.abc import Iterable


class Fault(Exception):
    """Tells what is wrong, where, and what to do; all three in plain Swedish.

    where    the file, place, row or field, e.g. ``rules/rounds/2025.toml, [requisition.last_day]``
    why      what is wrong there, as a sentence
    remedy   what the reader should do, as a sentence
    """

    def __init__(self, where: str, why: str, remedy: str) -> None:
        super().__init__(where, why, remedy)
        self.where = where
        self.why = why
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.where}: {self.why} {self.remedy}"


class Faults(Fault):
    """Several faults found in one reading, so that nobody has to mend them one run at a time."""

    def __init__(self, faults: list[Fault]) -> None:
        first = faults[0]
        super().__init__(first.where, first.why, first.remedy)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Gives ”Menade du ”unused”? ” for the nearest known name, or nothing where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Menade du ”{near[0]}”? " if near else ""
