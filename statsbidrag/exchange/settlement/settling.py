"""A settlement, from files to each clinic's months."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.step_6_visit_pay import Claim, SettledMonth
from statsbidrag.cycle.visits import Limits, VisitColumns
from statsbidrag.exchange.settlement import register, repeats
from statsbidrag.exchange.settlement.engine import Engine
from statsbidrag.exchange.settlement.intake import Checked, Intake, Refused, checked, loose_lines, take_in, why_refused
from statsbidrag.exchange.settlement.judging import ColumnJudge
from statsbidrag.exchange.settlement.months import settled

_SUMMING = "Räknar av"


@dataclass(frozen=True, slots=True)
class Settlement:
    """Visit files settled by a scheme.

    months       each clinic's months, by name and month
    suspicious   the rows that share child or family and day with another, as they were looked at; None where nobody did
    """

    engine: Engine
    judge: ColumnJudge
    limits: Limits
    intake: Intake
    checked: Checked
    months: tuple[SettledMonth, ...]
    suspects: repeats.Suspects | None = None
    suspicious: ir.Table | None = None

    def refused(self) -> Iterator[Refused]:
        """Gives every value that kept a row from being settled, file by file; lines that are no rows come first."""
        yield from loose_lines(self.intake)
        if self.checked.refused is not None:
            columns, refused = self.judge.columns, self.checked.refused
            yield from why_refused(self.engine, refused, self.intake, columns=columns, limits=self.limits)

    @property
    def refused_rows(self) -> int:
        """How many rows could not be settled, lines that are no rows among them."""
        settled_rows = sum(month.visits + month.not_counted for month in self.months)
        return self.intake.total - settled_rows + sum(map(len, self.intake.loose))

    @property
    def not_counted(self) -> ir.Table | None:
        """Duplicates, visits that wait, and siblings' records, each with its reason; None where there are none."""
        if self.suspicious is None:
            return None
        return self.suspicious.filter(self.suspicious.status != "counted")

    @property
    def lines(self) -> ir.Table:
        """Every row that was settled, with what it came to and the reason."""
        if self.suspects is None or self.suspicious is None:
            return self.judge.judged(self.checked.visits)
        visits, suspects, suspicious = self.checked.visits, self.suspects, self.suspicious
        return repeats.lines(self.judge, visits, suspects, suspicious)


def settle_files(
    engine: Engine,
    paths: Sequence[Path],
    scheme: Scheme,
    *,
    columns: VisitColumns,
    clinics: Mapping[str, Clinic],
    duplicates: bool = True,
    settled_first: Collection[Claim] = (),
) -> Settlement:
    """Settles visit files: what each clinic is paid each month, what of it is charged, and what was not counted.

    clinics        the scheme's register by name; empty where it has none, and then any clinic is settled
    duplicates     whether records that stand twice, visits that several clinics have, and siblings are looked for
    settled_first  of the visits that several clinics have: those of a clinic that was settled before the others came

    Raises Fault where a file cannot be read or lacks a column; single rows that cannot be used are told apart.
    """
    intake = take_in(engine, paths, columns)
    limits = Limits(scheme.year, frozenset(clinics))
    listed = register.register_of(scheme, clinics.values())
    table = engine.table("register", register.COLUMNS, listed.rows) if listed.rows else None
    judge = ColumnJudge(scheme, columns, listed, table)
    families = intake.tells_families and scheme.once_per.value == "occasion"
    suspects = None
    if duplicates:
        suspects = repeats.find_suspects(engine, judge, intake, families=families)
    fit = frozenset({"child"}) if suspects and not suspects.unfit else frozenset[str]()
    good = checked(engine, intake, columns, limits, fit=fit)
    if suspects is None:
        return Settlement(engine, judge, limits, intake, good, _months(engine, settled(judge, good.visits)))
    first = engine.table("settled_first", repeats.CLAIM, sorted(settled_first)) if settled_first else None
    looked_at = repeats.looked_at(judge, good.visits, suspects, first)
    suspicious = engine.keep("suspicious", looked_at, "Granskar dubbletter")
    months = _months(engine, repeats.counted_once(judge, good.visits, suspicious))
    return Settlement(engine, judge, limits, intake, good, months, suspects, suspicious)


def _months(engine: Engine, totals: ir.Table) -> tuple[SettledMonth, ...]:
    names = totals.columns
    rows = engine.rows(totals.order_by("clinic", "month"), _SUMMING)
    return tuple(SettledMonth(**dict(zip(names, row, strict=True))) for row in rows)
