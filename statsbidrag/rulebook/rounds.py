"""Reads a round's file, and refuses it where its parts do not fit together."""

from pathlib import Path

from statsbidrag.cycle.round import Round
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.rulebook.round_misfits import misfits
from statsbidrag.terms.faults import Fault, Faults


def read_round(path: Path) -> Round:
    """Gives the rules of one year's round, checked so that days follow each other and parts add up.

    Raises Fault, or Faults where several things are wrong, each with its place, reason and remedy.
    """
    round_ = read_table(Round, read_toml(path), str(path))
    faults = [Fault(f"{path}, {found.place}", found.why, found.remedy) for found in misfits(round_, path.stem)]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return round_
