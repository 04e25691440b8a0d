"""Records that stand twice, visits that two clinics have, and siblings seen together: found cheaply, looked at closely.

A record is a child's visit to a clinic on a day, at one place of the programme. Only rows whose child has another row
on the same day, or whose family has one at the same clinic, can be any of them: those are found first among all rows,
by a number made of child and day, or family, clinic and day.
"""

from dataclasses import dataclass
from itertools import accumulate

import ibis
import ibis.expr.types as ir

from statsbidrag.cycle.step_6_visit_pay import STATUS_WORDS
from statsbidrag.cycle.visits import Limits
from statsbidrag.exchange.settlement.engine import Engine
from statsbidrag.exchange.settlement.intake import Intake
from statsbidrag.exchange.settlement.judging import ANSWERS, SUMS, ColumnJudge
from statsbidrag.exchange.settlement.months import FIGURES, settled, summed
from statsbidrag.exchange.visits import FILE, ROW, is_fit

NOT_COUNTED = ("duplicates", "claimed_twice", "together")
# How a clinic that was settled first is written as a row.
CLAIM = {"child": "string", "date": "date", "clinic": "string"}


@dataclass(frozen=True, slots=True)
class Suspects:
    """The rows that share child and day, or family, clinic and day, with another; and how many pseudonyms are unfit."""

    rows: ir.Table
    unfit: int


def find_suspects(engine: Engine, judge: ColumnJudge, intake: Intake, *, families: bool) -> Suspects:
    """Looks through every row for children, and families where the scheme asks, that are seen twice."""
    rows, starts = intake.rows, [0, *accumulate(intake.counts)][:-1]
    place = rows[ROW] + ibis.cases(*((rows[FILE] == number, start) for number, start in enumerate(starts)))
    child = next(column for column in judge.columns.columns if column.id == "child")
    fit = is_fit(rows, child, Limits(judge.scheme.year))
    child_key = engine.hash(rows.child, ibis.literal(""), rows.date)  # at whichever clinic
    keys = rows.select(key=ibis.ifelse(fit, child_key, ibis.null(child_key.type())), place=place)
    places, unfit = engine.repeated("repeated_children", keys, intake.total, "Söker dubbletter")
    if families:
        family_key = engine.hash(rows.family, rows.clinic, rows.date)
        keys = rows.select(key=ibis.ifelse(rows.family != "", family_key, ibis.null(family_key.type())), place=place)
        others, _ = engine.repeated("repeated_families", keys, intake.total, "Söker syskon vid samma tillfälle")
        places = ibis.union(places, others, distinct=True)
    found = [(places.place >= start, number, start) for number, start in reversed(list(enumerate(starts)))]
    number = ibis.cases(*((after, number) for after, number, _ in found)).cast("int64")
    row = places.place - ibis.cases(*((after, start) for after, _, start in found))
    return Suspects(engine.keep("suspects", places.select(**{FILE: number, ROW: row}), "Söker dubbletter"), unfit)


def looked_at(judge: ColumnJudge, visits: ir.Table, suspects: Suspects, settled_first: ir.Table | None) -> ir.Table:
    """Gives the judged rows under suspicion, each with its ``status``: counted, duplicate, claimed twice or together.

    As in the core: of a record's rows the last counts, by file in the order handed in, and by row. A child that several
    clinics have on one day counts only where it was settled first. Of siblings' records the one that is paid most
    counts, ties by pseudonym and place.
    """
    # By row alone first, since engines then read only those parts of a file; that row of another file goes after.
    near = visits.semi_join(suspects.rows, ROW)
    judged = judge.judged(near.semi_join(suspects.rows, [FILE, ROW]))
    record = ibis.window(
        group_by=[judged.child, judged.clinic, judged.date, judged.place],
        order_by=[judged[FILE].desc(), judged[ROW].desc()],
    )
    numbered = _with_claims(judged.mutate(is_duplicate=ibis.row_number().over(record) > 0), settled_first)
    if judge.scheme.once_per.value == "child":
        return _with_status(numbered, ibis.literal(False))
    occasion = ibis.window(
        group_by=[numbered.clinic, numbered.date, numbered.family, numbered.is_duplicate, numbered.is_claimed],
        order_by=[numbered.kronor.desc(), numbered.child, numbered.place],
    )
    has_family = numbered.family.fill_null("") != ""
    return _with_status(numbered, has_family & (ibis.row_number().over(occasion) > 0))


def counted_once(judge: ColumnJudge, visits: ir.Table, suspicious: ir.Table) -> ir.Table:
    """Settles every row, and takes back those that are not counted: each clinic's months, with their numbers."""
    surplus = suspicious.filter(suspicious.status != "counted")
    zero = ibis.literal(0, "int64")
    whole = settled(judge, visits).mutate(**dict.fromkeys(NOT_COUNTED, zero))
    back = settled(judge, surplus.select(*visits.columns))
    back = back.select("clinic", "month", **{name: -back[name] for name in FIGURES}, **dict.fromkeys(NOT_COUNTED, zero))
    keys = {"clinic": surplus.clinic, "month": surplus.date.month().cast("int32")}
    numbers = surplus.group_by(**keys).agg(
        duplicates=(surplus.status == "duplicate").sum().cast("int64"),
        claimed_twice=(surplus.status == "claimed_twice").sum().cast("int64"),
        together=(surplus.status == "together").sum().cast("int64"),
    )
    numbers = numbers.select("clinic", "month", **dict.fromkeys(FIGURES, zero), **{n: numbers[n] for n in NOT_COUNTED})
    return summed(ibis.union(whole, back, numbers, distinct=False), (*FIGURES, *NOT_COUNTED))


def lines(judge: ColumnJudge, visits: ir.Table, suspects: Suspects, suspicious: ir.Table) -> ir.Table:
    """Gives every row with what it came to: the suspicious ones as they were looked at, the others judged alone."""
    rest = judge.judged(visits.anti_join(suspects.rows, [FILE, ROW]))
    others = rest.mutate(status=ibis.literal("counted"))
    return ibis.union(others, suspicious.select(*others.columns), distinct=False)


def _with_claims(rows: ir.Table, settled_first: ir.Table | None) -> ir.Table:
    """Adds whether another clinic has a row's child on the same day too, and this one was not settled first.

    Clinics are several where the first and the last by name are not the same.
    """
    seen = ibis.window(group_by=[rows.child, rows.date])
    told = rows.mutate(is_claimed=rows.clinic.min().over(seen) != rows.clinic.max().over(seen))
    if settled_first is None:
        return told
    known = settled_first.mutate(is_first=ibis.literal(True))
    joined = told.left_join(known, list(CLAIM))
    is_claimed = joined.is_claimed & joined.is_first.isnull()
    return joined.select(*(joined[name] for name in rows.columns), is_claimed=is_claimed)


def _with_status(numbered: ir.Table, is_together: ir.BooleanValue) -> ir.Table:
    """Says what each row is, and lets those that are not counted come to nothing."""
    status = ibis.cases(
        (numbered.is_duplicate, "duplicate"),
        (numbered.is_claimed, "claimed_twice"),
        (is_together, "together"),
        else_="counted",
    )
    told = numbered.mutate(status=status).drop("is_duplicate", "is_claimed")
    is_counted = told.status == "counted"
    words = [(told.status == name, words) for name, words in STATUS_WORDS.items() if words]
    answers = {name: told[name] & is_counted for name in ANSWERS}
    sums = {name: ibis.ifelse(is_counted, told[name], 0) for name in SUMS}
    return told.mutate(reason=ibis.cases(*words, else_=told.reason), **answers, **sums)
