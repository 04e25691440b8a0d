"""The scheme as columns: what :mod:`statsbidrag.cycle.step_6_visit_pay` says of one visit, for millions at once.

Every condition is the scheme's own rule, turned into a column; what is unknown does not hold, as in the core.
"""

import functools
import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from statsbidrag.cycle.scheme import Rate, Scheme
from statsbidrag.cycle.visits import Condition, VisitColumns
from statsbidrag.exchange.columns import column
from statsbidrag.exchange.settlement.register import Register, Standing, with_standing
from statsbidrag.terms.language import Rule

NOT_PAID = "Ersätts inte enligt ordningen"
# What is added to every row, as in the core: answers that are true or false, and kronor.
ANSWERS = ("payable", "extended", "to_be_coded", "by_assumption")
SUMS = ("kronor", "ordinary", "charged")


@dataclass(frozen=True, slots=True)
class ColumnJudge:
    """Judges a table of visits by one scheme; ``listed`` is the register as a table of the engine, if it has rows."""

    scheme: Scheme
    columns: VisitColumns
    register: Register
    listed: ir.Table | None

    def judged(self, visits: ir.Table) -> ir.Table:
        """Adds to every row the answers, the kronor and the reason in Swedish; never NULL."""
        table = with_standing(self.with_conditions(visits), self.listed)
        paid = {rate.id: any_of(self._paid_here(rate, table)) for rate in self.rates}
        return table.select(
            *(table[name] for name in visits.columns),
            payable=any_of(paid.values()),
            extended=self.extended(table),
            kronor=_amount(paid, {rate.id: rate.kronor.value for rate in self.rates}),
            ordinary=_amount(paid, {rate.id: rate.ordinary.value for rate in self.rates}),
            charged=ibis.ifelse(self.chargeable(table), _amount(paid, self.beyond), 0),
            to_be_coded=self.to_be_coded(table),
            by_assumption=any_of(paid.values()) & self.is_early(table),
            reason=self._reason(table, paid),
        )

    @property
    def rates(self) -> tuple[Rate, ...]:
        """The scheme's rates, in its order."""
        return self.scheme.visit_pay.rates if self.scheme.visit_pay else ()

    @property
    def beyond(self) -> Mapping[str, int]:
        """What each rate pays beyond ordinary pay, in kronor."""
        return {rate.id: rate.kronor.value - rate.ordinary.value for rate in self.rates}

    def with_conditions(self, visits: ir.Table) -> ir.Table:
        """Adds one column for each rule, never NULL, while engines still see that texts are few."""
        always = {each.id for each in self.columns.columns if each.needed == "value"}
        holds = {text: column(rule, visits) for text, rule in self._rules.items()}
        return visits.mutate(
            **{
                self._place[text]: condition if self._rules[text].names <= always else condition.fill_null(False)
                for text, condition in holds.items()
            }
        )

    def paid(self, table: ir.Table, standing: Standing) -> dict[str, ir.BooleanValue]:
        """For each rate that is open to clinics of a standing: which rows would be paid by it there."""
        fits = {rate.id: all_of(self._terms(rate, table)) for rate in self.rates if standing.is_open_to(rate)}
        return {id: all_of([fits[id], *(~fits[other] for other in _before(id, fits))]) for id in fits}

    def extended(self, table: ir.Table) -> ir.BooleanValue:
        """Tells of every row whether it is an extended visit (§ 2)."""
        return all_of(self._holds(condition, table) for condition in self.columns.extended)

    def chargeable(self, table: ir.Table) -> ir.BooleanValue:
        """Tells of every row whether what it is paid beyond ordinary pay is charged to the grant."""
        return self.extended(table) & ~any_of(self._holds(condition, table) for condition in self.columns.barred)

    def to_be_coded(self, table: ir.Table) -> ir.BooleanValue:
        """Tells of every row whether only one of social services and their code is there."""
        pay = self.scheme.visit_pay
        if pay is None or pay.coding is None:
            return ibis.literal(False)
        return self._holds(pay.coding.when, table) != self._holds(pay.coding.coded, table)

    def is_early(self, table: ir.Table) -> ir.BooleanValue:
        """Tells of every row whether it is from before the scheme's source begins to apply."""
        pay = self.scheme.visit_pay
        return table.date < ibis.literal(pay.valid_from.value) if pay else ibis.literal(False)

    @property
    def _rules(self) -> Mapping[str, Rule]:
        """Every rule that a visit is held against, the law's and the scheme's, by its text."""
        texts = sorted({condition.rule.value for condition in _conditions(self.scheme)})
        return {**self.columns.rules, **{text: self.scheme.rules[text] for text in texts}}

    @property
    def _place(self) -> Mapping[str, str]:
        """The column that each rule's truth stands in."""
        return {text: f"holds_{place}" for place, text in enumerate(self._rules)}

    def _holds(self, condition: Condition, table: ir.Table) -> ir.BooleanValue:
        return table[self._place[condition.rule.value]]

    def _terms(self, rate: Rate, table: ir.Table) -> Iterator[ir.BooleanValue]:
        """What a rate asks of the visit and the day, clinics apart."""
        pay = self.scheme.visit_pay
        if pay and pay.earlier.value == "unpaid":
            yield ~self.is_early(table)
        if rate.first_day:
            yield table.date >= ibis.literal(rate.first_day)
        if rate.last_day:
            yield table.date <= ibis.literal(rate.last_day)
        if rate.when:
            yield self._holds(rate.when, table)
        if pay and pay.coding and rate.coded:
            yield self._holds(pay.coding.coded, table)

    def _paid_here(self, rate: Rate, table: ir.Table) -> Iterator[ir.BooleanValue]:
        """For each standing that the rate is open to: which rows' clinics have it, and are paid by the rate."""
        for standing in self.register.standings:
            if standing.is_open_to(rate):
                is_here = (table.supported == standing.supported) & (table.pay_class == standing.pay_class)
                yield is_here & self.paid(table, standing)[rate.id]

    def _reason(self, table: ir.Table, paid: Mapping[str, ir.BooleanValue]) -> ir.StringValue:
        """Says in Swedish of every row what it is paid for, or what keeps it from being paid."""
        cases = [(paid[rate.id], rate.says) for rate in self.rates]
        if self.scheme.visit_pay and self.scheme.visit_pay.coding:
            coding, wrong = self.scheme.visit_pay.coding, self.to_be_coded(table)
            is_coded = self._holds(coding.coded, table)
            cases = [(wrong & is_coded, coding.unfounded), (wrong, coding.uncoded), *cases]
        return ibis.cases(*cases, else_=NOT_PAID) if cases else ibis.literal(NOT_PAID)


def all_of(terms: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    """All of the terms; true where there are none."""
    found = list(terms)
    return functools.reduce(operator.and_, found) if found else ibis.literal(True)


def any_of(terms: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    """Any of the terms; false where there are none."""
    found = list(terms)
    return functools.reduce(operator.or_, found) if found else ibis.literal(False)


def _conditions(scheme: Scheme) -> Iterator[Condition]:
    pay = scheme.visit_pay
    if pay and pay.coding:
        yield from (pay.coding.when, pay.coding.coded)
    for rate in pay.rates if pay else ():
        if rate.when:
            yield rate.when


def _before(id: str, fits: Mapping[str, ir.BooleanValue]) -> list[str]:
    order = list(fits)
    return order[: order.index(id)]


def _amount(paid: Mapping[str, ir.BooleanValue], kronor: Mapping[str, int]) -> ir.IntegerValue:
    """The kronor of the rate that each row is paid by, and 0 where there is none."""
    cases = [(is_paid, ibis.literal(kronor[id], "int64")) for id, is_paid in paid.items()]
    nothing = ibis.literal(0, "int64")
    return ibis.cases(*cases, else_=nothing) if cases else nothing
