"""The register of clinics as a small table: what it says of a clinic on a day, where some rate goes by that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.scheme import Rate, Scheme

COLUMNS = {"name": "string", "pay_class": "string", "supported_from": "date", "supported_to": "date"}


class Standing(NamedTuple):
    """What rates ask of a clinic: whether it has fixed support on the day, and its class."""

    supported: bool
    pay_class: str

    def is_open_to(self, rate: Rate) -> bool:
        """Tells whether a rate is for such clinics."""
        return rate.fixed_support in (None, self.supported) and rate.pay_class in ("", self.pay_class)


@dataclass(frozen=True, slots=True)
class Register:
    """The clinics that some rate treats differently from the rest, as rows of ``COLUMNS``."""

    rows: tuple[tuple[str, str, date | None, date | None], ...]

    @property
    def standings(self) -> list[Standing]:
        """Every standing that a clinic can have on some day, that of the rest first."""
        ever = {Standing(False, pay_class) for _, pay_class, _, _ in self.rows}
        ever |= {Standing(True, pay_class) for _, pay_class, begins, _ in self.rows if begins}
        return sorted(ever | {Standing(False, "")})

    @property
    def turns(self) -> set[date]:
        """The days within a month from which some clinic's standing is another."""
        ends = [last + timedelta(1) for _, _, _, last in self.rows if last and last < date.max]
        days = {day for _, _, day, _ in self.rows if day} | set(ends)
        return {day for day in days if day.day > 1}


def register_of(scheme: Scheme, clinics: Iterable[Clinic]) -> Register:
    """Gives what a scheme's rates need of its clinics; nothing where no rate goes by the clinic."""
    rates = scheme.visit_pay.rates if scheme.visit_pay else ()
    if all(rate.fixed_support is None and not rate.pay_class for rate in rates):
        return Register(())
    return Register(
        tuple(
            (clinic.name, clinic.pay_class, clinic.fixed_support_from, clinic.fixed_support_to or date.max)
            for clinic in clinics
            if clinic.fixed_support_from or clinic.pay_class
        )
    )


def with_standing(table: ir.Table, register: ir.Table | None) -> ir.Table:
    """Adds ``supported`` and ``pay_class`` to rows that have a clinic and a date: an equality join and a filter."""
    if register is None:
        return table.mutate(supported=ibis.literal(False), pay_class=ibis.literal(""))
    joined = table.left_join(register, table.clinic == register.name)
    supported = joined.date.between(joined.supported_from, joined.supported_to).fill_null(False)
    return joined.select(
        *(joined[name] for name in table.columns), supported=supported, pay_class=joined.pay_class.fill_null("")
    )
