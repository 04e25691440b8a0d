"""Step 6, pay per visit (rörlig ersättning): judges every visit by a region's scheme, and settles clinic and month.

Three questions, kept apart: is the visit paid by the scheme, is it an extended one (§ 2), and how much of what is
paid is charged to the grant? The same rules over millions of visits stand in :mod:`statsbidrag.exchange.settlement`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.scheme import Rate, Scheme
from statsbidrag.cycle.visits import Visit, VisitColumns
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import in_words

Status = Literal["counted", "duplicate", "claimed_twice", "together"]

STATUS_WORDS: dict[Status, str] = {
    "counted": "",
    "duplicate": "Dubblett: samma barn, enhet, dag och plats finns i en senare rad, som gäller",
    "claimed_twice": "Väntar: en annan enhet har besök hos samma barn samma dag; ersätts när bara en av dem har det",
    "together": "Samma tillfälle som ett syskons besök, som räknas",
}


class Claim(NamedTuple):
    """A child's visit on a day, as one clinic has it."""

    child: str
    date: date
    clinic: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scheme says of one visit.

    rate           what it is paid by, or None where it is not paid
    extended       whether it is an extended home visit by the law
    barred         whether it is known that the grant may not pay it (§ 3)
    to_be_coded    whether social services took part without the code, or the code stands without them
    by_assumption  whether it is paid for a day before the scheme's source begins to apply
    """

    visit: Visit
    rate: Rate | None
    extended: bool
    barred: bool
    to_be_coded: bool
    by_assumption: bool
    status: Status = "counted"

    @property
    def kronor(self) -> int:
        """What is paid for it."""
        return self.rate.kronor.value if self.rate else 0

    @property
    def ordinary(self) -> int:
        """How much of that is ordinary pay."""
        return self.rate.ordinary.value if self.rate else 0

    @property
    def charged(self) -> int:
        """How much is charged to the grant: what an extended visit is paid beyond ordinary pay."""
        return self.kronor - self.ordinary if self.extended and not self.barred else 0


@dataclass(frozen=True, slots=True)
class SettledMonth:
    """One clinic's month: visits counted, kronor, and the records that were not counted."""

    clinic: str
    month: int
    visits: int
    payable: int
    extended: int
    kronor: int
    ordinary: int
    charged: int
    to_be_coded: int
    by_assumption: int
    duplicates: int = 0
    claimed_twice: int = 0
    together: int = 0

    @property
    def not_counted(self) -> int:
        """How many records stand for nothing: doubles, those that wait for another clinic's, and siblings'."""
        return self.duplicates + self.claimed_twice + self.together


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges visits by one scheme.

    clinics   the register, by name; empty where the scheme has none
    """

    scheme: Scheme
    columns: VisitColumns
    clinics: Mapping[str, Clinic]

    def verdict(self, visit: Visit) -> Verdict:
        """Says what a visit is paid, whether it is extended, and what is missing; of this visit alone."""
        pay = self.scheme.visit_pay
        rate = next((rate for rate in pay.rates if self._fits(rate, visit)), None) if pay else None
        return Verdict(
            visit,
            rate,
            extended=self.columns.is_extended(visit),
            barred=self.columns.is_barred(visit),
            to_be_coded=self._needs_code(visit) != self._is_coded(visit),
            by_assumption=pay is not None and rate is not None and visit.date < pay.valid_from.value,
        )

    def reimburse(self, visits: Iterable[Visit], settled_first: Collection[Claim] = ()) -> list[Verdict]:
        """Judges visits in the order they were handed in, each counted once.

        Of two records of the same child, clinic, day and place the last one counts. A child that several clinics have
        on one day counts at none of them, but where it was ``settled_first``. Where the scheme pays once per occasion,
        of siblings seen together the one that is paid most counts, ties by pseudonym and place.
        """
        verdicts = [self.verdict(visit) for visit in visits]
        last = {_record(verdict.visit): place for place, verdict in enumerate(verdicts)}
        statuses: dict[int, Status] = dict.fromkeys(_claimed_twice(verdicts, settled_first), "claimed_twice")
        statuses |= {
            place: "duplicate" for place, verdict in enumerate(verdicts) if last[_record(verdict.visit)] != place
        }
        if self.scheme.once_per.value == "occasion":
            statuses |= dict.fromkeys(self._siblings(verdicts, statuses), "together")
        return [replace(verdict, status=statuses.get(place, "counted")) for place, verdict in enumerate(verdicts)]

    def because(self, verdict: Verdict) -> Because:
        """Why a visit is paid what it is, and how much of it is charged to the grant."""
        visit, paid = verdict.visit, verdict.kronor if verdict.status == "counted" else 0
        return Because(
            f"Besöket {day_in_words(visit.date)} på {visit.clinic}: {in_words(paid)}",
            paid,
            "kr",
            steps=tuple(self._steps(verdict)),
        )

    def _steps(self, verdict: Verdict) -> Iterator[Because]:
        rate, pay = verdict.rate, self.scheme.visit_pay
        if verdict.status != "counted":
            yield Because(STATUS_WORDS[verdict.status])
        if rate:
            yield resting_on(rate.kronor, rate.says, rate.kronor.value, "kr")
            yield resting_on(rate.ordinary, "Därav ordinarie ersättning", rate.ordinary.value, "kr")
        if pay and verdict.by_assumption:
            yield resting_on(pay.earlier, f"Besöket gjordes före den {day_in_words(pay.valid_from.value)}")
        if pay and pay.coding and verdict.to_be_coded:
            coded = self._is_coded(verdict.visit)
            yield resting_on(pay.coding.coded.rule, pay.coding.unfounded if coded else pay.coding.uncoded)
        for condition in self.columns.extended:
            holds = "ja" if self.columns.holds(condition, verdict.visit) else "nej"
            yield resting_on(condition.rule, f"{condition.says}: {holds}")
        for condition in self.columns.barred:
            if self.columns.holds(condition, verdict.visit):
                yield resting_on(condition.rule, condition.says)
        yield Because("Belastar statsbidraget", verdict.charged if verdict.status == "counted" else 0, "kr")

    def _fits(self, rate: Rate, visit: Visit) -> bool:
        pay, clinic = self.scheme.visit_pay, self.clinics.get(visit.clinic)
        if pay and visit.date < pay.valid_from.value and pay.earlier.value == "unpaid":
            return False
        return (
            (rate.first_day is None or rate.first_day <= visit.date)
            and (rate.last_day is None or visit.date <= rate.last_day)
            and (rate.fixed_support in (None, clinic is not None and clinic.has_fixed_support(visit.date)))
            and (rate.pay_class in ("", clinic.pay_class if clinic else ""))
            and (rate.when is None or self.scheme.holds(rate.when, visit))
            and (not rate.coded or self._is_coded(visit))
        )

    def _needs_code(self, visit: Visit) -> bool:
        pay = self.scheme.visit_pay
        return bool(pay and pay.coding and self.scheme.holds(pay.coding.when, visit))

    def _is_coded(self, visit: Visit) -> bool:
        pay = self.scheme.visit_pay
        return bool(pay and pay.coding and self.scheme.holds(pay.coding.coded, visit))

    @staticmethod
    def _siblings(verdicts: list[Verdict], not_counted: Mapping[int, Status]) -> Iterator[int]:
        """Gives the places of the records that another record of the same occasion stands for."""
        occasions: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for place, verdict in enumerate(verdicts):
            visit = verdict.visit
            if visit.family and place not in not_counted:
                occasions[visit.clinic, visit.date, visit.family].append(place)
        for places in occasions.values():
            yield from sorted(places, key=lambda place: _weight(verdicts[place]))[1:]


def settle(verdicts: Iterable[Verdict]) -> list[SettledMonth]:
    """Sums up each clinic's months, by name and month; records that are not counted add nothing but their number."""

    def key(verdict: Verdict) -> tuple[str, int]:
        return verdict.visit.clinic, verdict.visit.date.month

    return [_month(*place, list(group)) for place, group in groupby(sorted(verdicts, key=key), key)]


def _month(clinic: str, month: int, verdicts: list[Verdict]) -> SettledMonth:
    counted = [verdict for verdict in verdicts if verdict.status == "counted"]
    return SettledMonth(
        clinic,
        month,
        visits=len(counted),
        payable=sum(verdict.rate is not None for verdict in counted),
        extended=sum(verdict.extended for verdict in counted),
        kronor=sum(verdict.kronor for verdict in counted),
        ordinary=sum(verdict.ordinary for verdict in counted),
        charged=sum(verdict.charged for verdict in counted),
        to_be_coded=sum(verdict.to_be_coded for verdict in counted),
        by_assumption=sum(verdict.by_assumption for verdict in counted),
        duplicates=sum(verdict.status == "duplicate" for verdict in verdicts),
        claimed_twice=sum(verdict.status == "claimed_twice" for verdict in verdicts),
        together=sum(verdict.status == "together" for verdict in verdicts),
    )


def _claimed_twice(verdicts: list[Verdict], settled_first: Collection[Claim]) -> Iterator[int]:
    """Gives the places of the records whose child another clinic has on the same day too."""
    claims = [Claim(verdict.visit.child, verdict.visit.date, verdict.visit.clinic) for verdict in verdicts]
    clinics: dict[tuple[str, date], set[str]] = defaultdict(set)
    for child, day, clinic in claims:
        clinics[child, day].add(clinic)
    for place, claim in enumerate(claims):
        if len(clinics[claim.child, claim.date]) > 1 and claim not in settled_first:
            yield place


def _record(visit: Visit) -> tuple[object, ...]:
    return visit.child, visit.clinic, visit.date, visit.place


def _weight(verdict: Verdict) -> tuple[object, ...]:
    """The order in which siblings' records stand for their occasion."""
    return -verdict.kronor, verdict.visit.child, verdict.visit.place
