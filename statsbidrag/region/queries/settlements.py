"""Settlements as they have been made: what each clinic's months have come to, run by run."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Sum

from statsbidrag.region.models import SettledLine, SettlementRun

# What a clinic's month is settled to, named as in the core.
FIGURES = (
    "visits", "payable", "extended", "kronor", "ordinary", "charged", "to_be_coded", "by_assumption", "duplicates",
    "claimed_twice", "together",
)  # fmt: skip
Month = tuple[int, int]
Figures = tuple[int, ...]


def runs(region: str, year: int) -> list[SettlementRun]:
    """Gives the settlements of a region's year, the newest first, each with its sums as ``total``."""
    found = SettlementRun.objects.filter(region=region, year=year).order_by("-number")
    return list(found.annotate(**{f"sum_{name}": Sum(f"lines__{name}") for name in ("visits", "kronor", "charged")}))


def run_of(region: str, year: int, number: int) -> SettlementRun | None:
    """Gives one settlement, or None."""
    return SettlementRun.objects.filter(region=region, year=year, number=number).first()


def settled_so_far(region: str, year: int) -> Mapping[Month, Figures]:
    """Gives what every clinic's month has come to in all settlements together, by the clinic's id and the month."""
    lines = SettledLine.objects.filter(run__region=region, run__year=year).order_by()
    sums = lines.values_list("clinic", "month").annotate(*(Sum(name) for name in FIGURES))
    return {(clinic, month): tuple(figures) for clinic, month, *figures in sums}


def lines_of(run: SettlementRun, clinic: int | None = None) -> list[SettledLine]:
    """Gives the lines of a settlement, by clinic and month; of one clinic where its id is given."""
    lines = run.lines.select_related("clinic", "run")
    return list(lines.filter(clinic=clinic) if clinic else lines)


def figures_of(line: Any) -> Figures:
    """Gives the figures of a line, or of a month of the core, in one order."""
    return tuple(getattr(line, name) for name in FIGURES)


def total(lines: Iterable[Any]) -> Mapping[str, int]:
    """Adds up lines, by the name of each figure."""
    summed = zip(*map(figures_of, lines), strict=True)
    return dict(zip(FIGURES, map(sum, summed), strict=True)) or dict.fromkeys(FIGURES, 0)
