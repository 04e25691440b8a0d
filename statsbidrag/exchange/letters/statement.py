"""The statement to a clinic (avräkningsbesked): what it is paid for its home visits, how, and why not more."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from statsbidrag.cycle.clinics import HAND_OVERS, Form
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.step_6_visit_pay import STATUS_WORDS, SettledMonth, Verdict
from statsbidrag.exchange.letters.letterhead import Count, Kronor, Letter
from statsbidrag.exchange.letters.quoted import quoted
from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import MONTHS, day_in_words
from statsbidrag.terms.faults import Fault

# A pseudonym is longer; what the clinic knows a visit by within its own house is not.
LONGEST_REFERENCE = 12
NOT_HANDED_OVER = "okänd driftsform, överlämnas inte"
_FIGURES = ("visits", "payable", "extended", "kronor", "ordinary", "charged", "to_be_coded", "by_assumption")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """What a settlement adds to one month: all of it the first time, and after that what has changed (adm-14).

    correction   whether the month was settled before; figures may then be below 0
    """

    year: int
    month: int
    correction: bool = False
    visits: Count
    payable: Count
    extended: Count
    kronor: Kronor
    ordinary: Kronor
    charged: Kronor
    to_be_coded: Count
    by_assumption: Count

    @property
    def period(self) -> str:
        """The month in words: ”oktober 2025”."""
        return f"{MONTHS[self.month - 1]} {self.year}"


@dataclass(frozen=True, slots=True)
class UnpaidVisit:
    """A visit that is not paid, and why; ``reference`` is short and local, never a child's pseudonym.

    Raises Fault where the reference could be a pseudonym.
    """

    date: date
    place: str
    reference: str
    why: str

    def __post_init__(self) -> None:
        if len(self.reference) > LONGEST_REFERENCE:
            why = f"Hänvisningen är längre än {LONGEST_REFERENCE} tecken och kan vara en pseudonym."
            raise Fault(f"besöket den {day_in_words(self.date)}", why, "Ange enhetens eget korta nummer.")


@dataclass(frozen=True, slots=True)
class ShownRate:
    """What a visit is paid by the scheme, how much of it is ordinary pay, and the words that say so."""

    says: str
    kronor: Kronor
    ordinary: Kronor
    source: Because
    ordinary_source: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicStatement(Letter):
    """A clinic's statement in one settlement; ``head.recipient`` is the clinic, with its owner's organisation number.

    number        of the statement, never used twice
    form          run by the region itself or privately; None where that is not known (adm-15)
    cost_centre   the clinic's own code in the region's books; a private one has none
    lines         by month, corrections of earlier months among them
    unpaid        the visits that are not paid, with why
    assumptions   what the figures rest on that no source says, a sentence or two each
    """

    template: ClassVar[str] = "clinic_statement"
    number: str
    form: Form | None
    cost_centre: str = ""
    lines: tuple[StatementLine, ...]
    unpaid: tuple[UnpaidVisit, ...] = ()
    rates: tuple[ShownRate, ...]
    assumptions: tuple[str, ...] = ()

    @property
    def clinic(self) -> str:
        """The clinic's name."""
        return self.head.recipient.name if self.head.recipient else ""

    @property
    def owner(self) -> str:
        """The organisation number of whoever runs the clinic."""
        return self.head.recipient.organisation_number if self.head.recipient else ""

    @property
    def total(self) -> StatementLine:
        """All lines together; its month is the last one."""
        last = max(self.lines, key=lambda line: (line.year, line.month))
        sums = {name: sum(getattr(line, name) for line in self.lines) for name in _FIGURES}
        return StatementLine(year=last.year, month=last.month, **sums)

    @property
    def period(self) -> str:
        """What it is about: the months that are settled for the first time, or only earlier ones, corrected."""
        return period_of(self.lines)

    @property
    def has_corrections(self) -> bool:
        """Whether any earlier month is corrected."""
        return any(line.correction for line in self.lines)

    @property
    def deducted(self) -> Kronor | None:
        """What is taken back, where corrections come to more than the rest; else None."""
        return -min(self.total.kronor, 0) or None

    @property
    def hand_over(self) -> str:
        """How the clinic gets the money."""
        return HAND_OVERS[self.form] if self.form else NOT_HANDED_OVER


def line_of(year: int, now: SettledMonth, before: SettledMonth | None = None) -> StatementLine:
    """Gives the line of a clinic's month; where it was settled ``before``, what has changed since, as a correction."""
    figures = {name: getattr(now, name) - (getattr(before, name) if before else 0) for name in _FIGURES}
    return StatementLine(year=year, month=now.month, correction=before is not None, **figures)


def rates_of(scheme: Scheme, *, fixed_support: bool | None = None) -> tuple[ShownRate, ...]:
    """Gives the scheme's rates with the words that say them; for clinics with fixed support or without, or all."""
    rates = scheme.visit_pay.rates if scheme.visit_pay else ()
    return tuple(
        ShownRate(rate.says, rate.kronor.value, rate.ordinary.value, quoted(rate.kronor), quoted(rate.ordinary))
        for rate in rates
        if fixed_support is None or rate.fixed_support in (None, fixed_support)
    )


def why_unpaid(verdict: Verdict, scheme: Scheme) -> str:
    """Says in Swedish why a visit is not paid, or nothing where it is."""
    pay = scheme.visit_pay
    if verdict.status != "counted":
        return STATUS_WORDS[verdict.status]
    if verdict.rate or pay is None:
        return "" if verdict.rate else "Ordningen betalar inte per besök"
    if pay.earlier.value == "unpaid" and verdict.visit.date < pay.valid_from.value:
        return f"Besöket gjordes före den {day_in_words(pay.valid_from.value)}, då ersättningen börjar"
    if pay.coding and verdict.to_be_coded:
        return pay.coding.unfounded if scheme.holds(pay.coding.coded, verdict.visit) else pay.coding.uncoded
    return "Ingen av ordningens ersättningar gäller ett sådant besök"


def period_of(lines: tuple[StatementLine, ...]) -> str:
    """Says which months lines are about: ”oktober–november 2025”; corrected ones only where there are no others."""
    told = [line for line in lines if not line.correction] or lines
    first, last = (pick(told, key=lambda line: (line.year, line.month)) for pick in (min, max))
    if first.period == last.period:
        return first.period
    return f"{MONTHS[first.month - 1] if first.year == last.year else first.period}–{last.period}"
