"""Each clinic's months summed up: rows are only counted, and kronor multiplied afterwards, since engines count fastest.

What a visit is paid may go by its clinic's standing on the day. Instead of looking that up for every visit, each
stretch of days within a month counts what would be paid at each standing, and looks up its own afterwards. The day
from which the scheme's source applies begins a stretch too.
"""

from collections.abc import Mapping
from datetime import date

import ibis
import ibis.expr.types as ir

from statsbidrag.exchange.settlement.judging import ColumnJudge, all_of
from statsbidrag.exchange.settlement.register import Standing, with_standing

# What a clinic's month is settled to, named as in the core and in its order.
FIGURES = ("visits", "payable", "extended", "kronor", "ordinary", "charged", "to_be_coded", "by_assumption")


def settled(judge: ColumnJudge, visits: ir.Table) -> ir.Table:
    """Sums up each clinic's months over the rows of a table, every row counted."""
    table = judge.with_conditions(visits)
    keys = {"clinic": table.clinic, "month": table.date.month().cast("int32"), "stretch": _stretch(judge, table)}
    counted = table.group_by(**keys).agg(
        date=table.date.min(),
        visits=table.count(),
        extended=_count(table, judge.extended(table)),
        to_be_coded=_count(table, judge.to_be_coded(table)),
        **_counts(judge, table),
    )
    standing = with_standing(counted, judge.listed)
    figures = _figures(judge, standing)
    stretches = standing.select("clinic", "month", **{name: figures[name].cast("int64") for name in FIGURES})
    return summed(stretches)


def summed(rows: ir.Table, names: tuple[str, ...] = FIGURES) -> ir.Table:
    """Adds up rows that are already sums, by clinic and month."""
    return rows.group_by("clinic", "month").agg(**{name: rows[name].sum().cast("int64") for name in names})


def _stretch(judge: ColumnJudge, table: ir.Table) -> ir.IntegerValue:
    """How many of the days within a month on which a stretch begins have come; 0 where none does."""
    stretch = ibis.literal(0, "int32")
    pay = judge.scheme.visit_pay
    applies = {pay.valid_from.value} if pay and pay.valid_from.value.day > 1 else set[date]()
    for day in sorted(applies | judge.register.turns):
        stretch += (table.date >= ibis.literal(day)).cast("int32")
    return stretch


def _counts(judge: ColumnJudge, table: ir.Table) -> dict[str, ir.IntegerScalar]:
    """How many rows each rate would pay at each standing, and how many of them are charged."""
    counts: dict[str, ir.IntegerScalar] = {}
    for number, standing in enumerate(judge.register.standings):
        for id, paid in judge.paid(table, standing).items():
            counts[f"paid_{number}_{id}"] = _count(table, paid)
            if judge.beyond[id]:
                counts[f"charged_{number}_{id}"] = _count(table, paid & judge.chargeable(table))
    return counts


def _count(table: ir.Table, condition: ir.BooleanValue) -> ir.IntegerScalar:
    """The number of rows for which it holds; what holds of all or of none is no column of theirs."""
    return condition.sum() if isinstance(condition, ir.Column) else ibis.ifelse(condition, table.count(), 0)


def _figures(judge: ColumnJudge, months: ir.Table) -> Mapping[str, ir.Value]:
    """Kronor from the counts of each stretch's own standing: each rate's visits times what it pays."""
    figures = {name: months[name] for name in ("visits", "extended", "to_be_coded")}
    rates = {rate.id: rate for rate in judge.rates}
    paid = {id: _own(judge, months, f"paid_{{}}_{id}") for id in rates}
    zero = ibis.literal(0, "int64")
    payable = sum(paid.values(), zero)
    return figures | {
        "payable": payable,
        "kronor": sum((paid[id] * rate.kronor.value for id, rate in rates.items()), zero),
        "ordinary": sum((paid[id] * rate.ordinary.value for id, rate in rates.items()), zero),
        "charged": sum((_own(judge, months, f"charged_{{}}_{id}") * judge.beyond[id] for id in rates), zero),
        "by_assumption": ibis.ifelse(judge.is_early(months), payable, zero),
    }


def _own(judge: ColumnJudge, months: ir.Table, name: str) -> ir.IntegerValue:
    """The count of that name for the standing that each stretch's clinic has, and 0 where it was not counted."""
    standings: list[tuple[str, Standing]] = [
        (name.format(number), standing) for number, standing in enumerate(judge.register.standings)
    ]
    cases = [
        (all_of([months.supported == standing.supported, months.pay_class == standing.pay_class]), months[counted])
        for counted, standing in standings
        if counted in months.columns
    ]
    zero = ibis.literal(0, "int64")
    return ibis.cases(*((when, count.cast("int64")) for when, count in cases), else_=zero) if cases else zero
