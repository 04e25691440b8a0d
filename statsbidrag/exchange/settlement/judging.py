"""The scheme as columns: what :mod:`statsbidrag.cycle.step_6_visit_pay` says of one visit, for millions at once.

Every condition is the scheme's own rule, turned into a column; what is unknown does not hold, as in the core.
"""

import functools
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.scheme import Rate, Scheme
from statsbidrag.cycle.step_6_visit_pay import Verdict
from statsbidrag.cycle.visits import Condition, VisitColumns
from statsbidrag.exchange.columns import column
from statsbidrag.terms.language import Rule

REGISTER = {"name": "string", "pay_class": "string", "supported_from": "date", "supported_to": "date"}
# The figures of a settled month, in the order of the table, as they are called in the core.
FIGURES = ("visits", "payable", "extended", "kronor", "ordinary", "charged", "to_be_coded", "by_assumption")

_YES, _NO = ibis.literal(True), ibis.literal(False)


@dataclass(frozen=True, slots=True)
class ColumnJudge:
    """Judges a table of visits by one scheme.

    register   the rows of ``register_rows`` as a table, where there are any
    """

    scheme: Scheme
    columns: VisitColumns
    register: ir.Table | None

    def judged(self, visits: ir.Table) -> ir.Table:
        """Adds to every row which rate it is paid by (its place in the scheme, or NULL), and the three answers."""
        table = self._with_register(visits)
        extended = _all(self._law(condition, table) for condition in self.columns.extended)
        barred = _any(self._law(condition, table) for condition in self.columns.barred)
        return table.select(
            *(table[name] for name in visits.columns),
            rate=self._rate(table),
            extended=extended,
            chargeable=extended & ~barred,
            needs_code=self._needs_code(table),
            is_coded=self._is_coded(table),
        )

    def figures(self, judged: ir.Table) -> dict[str, ir.Value]:
        """What each row adds to its clinic's month, by the names of ``FIGURES``."""
        pay, rates, rate = self.scheme.visit_pay, self._rates, judged.rate
        payable = rate.notnull()
        early = judged.date < ibis.literal(pay.valid_from.value) if pay else _NO
        beyond = _of_rate(rate, [each.kronor.value - each.ordinary.value for each in rates])
        return {
            "visits": _YES,
            "payable": payable,
            "extended": judged.extended,
            "kronor": _of_rate(rate, [each.kronor.value for each in rates]),
            "ordinary": _of_rate(rate, [each.ordinary.value for each in rates]),
            "charged": ibis.ifelse(judged.chargeable, beyond, 0),
            "to_be_coded": judged.needs_code != judged.is_coded,
            "by_assumption": payable & early,
        }

    def settled(self, visits: ir.Table) -> ir.Table:
        """Sums up each clinic's months over the rows of a table, every row counted."""
        judged = self.judged(visits)
        figures = self.figures(judged)
        rows = judged.select(clinic=judged.clinic, month=judged.date.month().cast(dt.int32), **figures)
        return rows.group_by("clinic", "month").agg(**{name: rows[name].sum().cast(dt.int64) for name in FIGURES})

    def reasons(self, judged: ir.Table) -> ir.StringValue:
        """Says in Swedish of every row what it is paid for, or what keeps it from being paid."""
        pay, rates = self.scheme.visit_pay, self._rates
        cases = [(judged.rate == place, rate.says) for place, rate in enumerate(rates)]
        if pay and pay.coding:
            uncoded = judged.needs_code & ~judged.is_coded
            unfounded = judged.is_coded & ~judged.needs_code
            cases = [(uncoded, pay.coding.uncoded), (unfounded, pay.coding.unfounded), *cases]
        return ibis.cases(*cases, else_=NOT_PAID) if cases else ibis.literal(NOT_PAID)

    @property
    def _rates(self) -> tuple[Rate, ...]:
        return self.scheme.visit_pay.rates if self.scheme.visit_pay else ()

    def _with_register(self, visits: ir.Table) -> ir.Table:
        """Adds what the register says of the clinic on the day of the visit: an equality join and a filter."""
        if self.register is None:
            return visits.mutate(supported=_NO, pay_class=ibis.literal(""))
        register = self.register
        joined = visits.left_join(register, visits.clinic == register.name)
        supported = joined.date.between(joined.supported_from, joined.supported_to).fill_null(False)
        return joined.select(
            *(joined[name] for name in visits.columns), supported=supported, pay_class=joined.pay_class.fill_null("")
        )

    def _rate(self, table: ir.Table) -> ir.Value:
        """The place of the first rate that fits, or NULL."""
        nothing = ibis.null(dt.int8)
        fits = [(self._fits(rate, table), ibis.literal(place, dt.int8)) for place, rate in enumerate(self._rates)]
        return ibis.cases(*fits, else_=nothing) if fits else nothing

    def _fits(self, rate: Rate, table: ir.Table) -> ir.BooleanValue:
        pay = self.scheme.visit_pay
        terms = []
        if pay and pay.earlier.value == "unpaid":
            terms.append(table.date >= ibis.literal(pay.valid_from.value))
        if rate.first_day:
            terms.append(table.date >= ibis.literal(rate.first_day))
        if rate.last_day:
            terms.append(table.date <= ibis.literal(rate.last_day))
        if rate.fixed_support is not None:
            terms.append(table.supported if rate.fixed_support else ~table.supported)
        if rate.pay_class:
            terms.append(table.pay_class == rate.pay_class)
        if rate.when:
            terms.append(self._own(rate.when, table))
        if rate.coded:
            terms.append(self._is_coded(table))
        return _all(terms)

    def _needs_code(self, table: ir.Table) -> ir.BooleanValue:
        pay = self.scheme.visit_pay
        return self._own(pay.coding.when, table) if pay and pay.coding else _NO

    def _is_coded(self, table: ir.Table) -> ir.BooleanValue:
        pay = self.scheme.visit_pay
        return self._own(pay.coding.coded, table) if pay and pay.coding else _NO

    def _own(self, condition: Condition, table: ir.Table) -> ir.BooleanValue:
        return _known_to_hold(self.scheme.rules[condition.rule.value], table)

    def _law(self, condition: Condition, table: ir.Table) -> ir.BooleanValue:
        return _known_to_hold(self.columns.rules[condition.rule.value], table)


NOT_PAID = "Ersätts inte enligt ordningen"


def register_rows(scheme: Scheme, clinics: Iterable[Clinic]) -> list[tuple[str, str, date | None, date | None]]:
    """The clinics that some rate treats differently, as rows of ``REGISTER``; none where no rate goes by the clinic."""
    rates = scheme.visit_pay.rates if scheme.visit_pay else ()
    if not any(rate.fixed_support is not None or rate.pay_class for rate in rates):
        return []
    return [
        (clinic.name, clinic.pay_class, clinic.fixed_support_from, clinic.fixed_support_to or date.max)
        for clinic in clinics
        if clinic.fixed_support_from or clinic.pay_class
    ]


def _known_to_hold(rule: Rule, table: ir.Table) -> ir.BooleanValue:
    return column(rule, table).fill_null(False)


def _of_rate(rate: ir.Value, amounts: list[int]) -> ir.IntegerValue:
    """The amount of each row's rate, and 0 where there is none."""
    cases = [(rate == place, ibis.literal(kronor, dt.int64)) for place, kronor in enumerate(amounts)]
    return ibis.cases(*cases, else_=ibis.literal(0, dt.int64)) if cases else ibis.literal(0, dt.int64)


def _all(terms: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    return functools.reduce(operator.and_, terms, _YES)


def _any(terms: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    return functools.reduce(operator.or_, terms, _NO)
