"""The scheme as columns: what :mod:`statsbidrag.cycle.step_6_visit_pay` says of one visit, for millions at once.

Every condition is the scheme's own rule, turned into a column; what is unknown does not hold, as in the core. Rows are
only counted, and kronor multiplied when clinic and month are summed up, since engines count fastest.
"""

import functools
import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.scheme import Rate, Scheme
from statsbidrag.cycle.visits import Condition, VisitColumns
from statsbidrag.exchange.columns import column
from statsbidrag.terms.language import Rule

REGISTER = {"name": "string", "pay_class": "string", "supported_from": "date", "supported_to": "date"}
# What a clinic's month is settled to, named as in the core and in its order.
FIGURES = ("visits", "payable", "extended", "kronor", "ordinary", "charged", "to_be_coded", "by_assumption")

_NO = ibis.literal(False)


@dataclass(frozen=True, slots=True)
class ColumnJudge:
    """Judges a table of visits by one scheme.

    register   the rows of ``register_rows`` as a table, where there are any
    """

    scheme: Scheme
    columns: VisitColumns
    register: ir.Table | None

    def judged(self, visits: ir.Table) -> ir.Table:
        """Adds to every row, as true or not: what it is paid by, each answer, and what is missing; never NULL."""
        known = self._with_register(self._with_conditions(visits))
        paid = self._paid(known)
        pay = self.scheme.visit_pay
        extended = _all(known[self._place[condition.rule.value]] for condition in self.columns.extended)
        barred = _any(_certain(known[self._place[condition.rule.value]]) for condition in self.columns.barred)
        early = known.date < ibis.literal(pay.valid_from.value) if pay else _NO
        return known.select(
            *(known[name] for name in visits.columns),
            **{f"paid_{place}": condition for place, condition in enumerate(paid)},
            extended=extended,
            chargeable=extended & ~barred,
            uncoded=self._needs_code(known) & ~self._is_coded(known),
            unfounded=self._is_coded(known) & ~self._needs_code(known),
            by_assumption=_any(paid) & early,
        )

    def settled(self, visits: ir.Table) -> ir.Table:
        """Sums up each clinic's months over the rows of a table, every row counted."""
        judged = self.judged(visits)
        counts = {
            "visits": judged.count(),
            "extended": judged.extended.sum(),
            "to_be_coded": (judged.uncoded | judged.unfounded).sum(),
            "by_assumption": judged.by_assumption.sum(),
        }
        for place, rate in enumerate(self._rates):
            counts[f"paid_{place}"] = judged[f"paid_{place}"].sum()
            if rate.kronor.value > rate.ordinary.value:
                counts[f"charged_{place}"] = (judged[f"paid_{place}"] & judged.chargeable).sum()
        months = judged.group_by(clinic=judged.clinic, month=judged.date.month().cast(dt.int32)).agg(**counts)
        return months.select("clinic", "month", **self._figures(months))

    def reason(self, judged: ir.Table) -> ir.StringValue:
        """Says in Swedish of every row what it is paid for, or what keeps it from being paid."""
        cases = [(judged[f"paid_{place}"], rate.says) for place, rate in enumerate(self._rates)]
        if self.scheme.visit_pay and self.scheme.visit_pay.coding:
            coding = self.scheme.visit_pay.coding
            cases = [(judged.uncoded, coding.uncoded), (judged.unfounded, coding.unfounded), *cases]
        return ibis.cases(*cases, else_=NOT_PAID) if cases else ibis.literal(NOT_PAID)

    def kronor(self, judged: ir.Table) -> Mapping[str, ir.Value]:
        """What every row is paid, how much of that is ordinary pay, and how much is charged to the grant."""
        nothing = ibis.literal(0, dt.int64)
        paid = [(judged[f"paid_{place}"], rate) for place, rate in enumerate(self._rates)]
        if not paid:
            return {"kronor": nothing, "ordinary": nothing, "charged": nothing}
        beyond = ibis.cases(*((is_paid, rate.kronor.value - rate.ordinary.value) for is_paid, rate in paid), else_=0)
        return {
            "kronor": ibis.cases(*((is_paid, rate.kronor.value) for is_paid, rate in paid), else_=0),
            "ordinary": ibis.cases(*((is_paid, rate.ordinary.value) for is_paid, rate in paid), else_=0),
            "charged": ibis.ifelse(judged.chargeable, beyond, 0),
        }

    @property
    def _rates(self) -> tuple[Rate, ...]:
        return self.scheme.visit_pay.rates if self.scheme.visit_pay else ()

    @property
    def _place(self) -> Mapping[str, str]:
        """The column that each rule's truth stands in, by the rule's text."""
        return {text: f"holds_{place}" for place, text in enumerate(self._rules)}

    @property
    def _rules(self) -> Mapping[str, Rule]:
        texts = {condition.rule.value for condition in conditions(self.scheme)}
        return {**self.columns.rules, **{text: self.scheme.rules[text] for text in sorted(texts)}}

    def _with_conditions(self, visits: ir.Table) -> ir.Table:
        """Adds one column for each rule, before any join, while engines still see few different texts."""
        return visits.mutate(**{self._place[text]: column(rule, visits) for text, rule in self._rules.items()})

    def _with_register(self, table: ir.Table) -> ir.Table:
        """Adds what the register says of the clinic on the day of the visit: an equality join and a filter."""
        if self.register is None:
            return table.mutate(supported=_NO, pay_class=ibis.literal(""))
        joined = table.left_join(self.register, table.clinic == self.register.name)
        supported = _certain(joined.date.between(joined.supported_from, joined.supported_to))
        pay_class = joined.pay_class.fill_null("")
        return joined.select(*(joined[name] for name in table.columns), supported=supported, pay_class=pay_class)

    def _paid(self, known: ir.Table) -> list[ir.BooleanValue]:
        """For each rate whether it is the first that fits; those before it need no asking where they cannot meet."""
        fits = [_certain(self._fits(rate, known)) for rate in self._rates]
        return [
            _all([fits[place], *(~fits[other] for other in range(place) if _can_meet(self._rates[other], rate))])
            for place, rate in enumerate(self._rates)
        ]

    def _fits(self, rate: Rate, known: ir.Table) -> ir.BooleanValue:
        return _all(self._terms(rate, known))

    def _terms(self, rate: Rate, known: ir.Table) -> Iterator[ir.BooleanValue]:
        pay = self.scheme.visit_pay
        if pay and pay.earlier.value == "unpaid":
            yield known.date >= ibis.literal(pay.valid_from.value)
        if rate.first_day:
            yield known.date >= ibis.literal(rate.first_day)
        if rate.last_day:
            yield known.date <= ibis.literal(rate.last_day)
        if rate.fixed_support is not None:
            yield known.supported if rate.fixed_support else ~known.supported
        if rate.pay_class:
            yield known.pay_class == rate.pay_class
        if rate.when:
            yield known[self._place[rate.when.rule.value]]
        if rate.coded:
            yield self._is_coded(known)

    def _needs_code(self, known: ir.Table) -> ir.BooleanValue:
        pay = self.scheme.visit_pay
        return _certain(known[self._place[pay.coding.when.rule.value]]) if pay and pay.coding else _NO

    def _is_coded(self, known: ir.Table) -> ir.BooleanValue:
        pay = self.scheme.visit_pay
        return _certain(known[self._place[pay.coding.coded.rule.value]]) if pay and pay.coding else _NO

    def _figures(self, months: ir.Table) -> Mapping[str, ir.Value]:
        """Kronor from counts: each rate's visits times what it pays."""
        zero = ibis.literal(0, dt.int64)
        sums = {name: zero for name in FIGURES} | {
            name: months[name].cast(dt.int64) for name in FIGURES if name in months.columns
        }
        for place, rate in enumerate(self._rates):
            visits = months[f"paid_{place}"].cast(dt.int64)
            sums["payable"] += visits
            sums["kronor"] += visits * rate.kronor.value
            sums["ordinary"] += visits * rate.ordinary.value
            if f"charged_{place}" in months.columns:
                beyond = rate.kronor.value - rate.ordinary.value
                sums["charged"] += months[f"charged_{place}"].cast(dt.int64) * beyond
        return sums


NOT_PAID = "Ersätts inte enligt ordningen"


def conditions(scheme: Scheme) -> Iterator[Condition]:
    """Every condition on a visit that a scheme has."""
    pay = scheme.visit_pay
    if pay and pay.coding:
        yield from (pay.coding.when, pay.coding.coded)
    for rate in pay.rates if pay else ():
        if rate.when:
            yield rate.when


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


def _can_meet(one: Rate, other: Rate) -> bool:
    """Tells whether a visit might fit both; not where one is for supported clinics and the other for the rest."""
    return None in (one.fixed_support, other.fixed_support) or one.fixed_support == other.fixed_support


def _certain(condition: ir.BooleanValue) -> ir.BooleanValue:
    return condition.fill_null(False)


def _all(terms: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    found = list(terms)
    return functools.reduce(operator.and_, found) if found else ibis.literal(True)


def _any(terms: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    found = list(terms)
    return functools.reduce(operator.or_, found) if found else _NO
