"""Clinics: who runs them, what is known of them, and whether they meet what a scheme asks of those it supports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import decimal_comma
from statsbidrag.terms.language import Answer, Kind, Name, Rule
from statsbidrag.terms.sources import Stated

Form = Literal["own", "private"]

HAND_OVERS: dict[Form, str] = {
    "own": "intern bokföringsorder",
    "private": "underlag till ägarens ordinarie avräkning i vårdvalet",
}
# What a scheme's criteria may speak of, beside the value of the index that it names.
FACTS = {
    "index": Name("index", Kind.NUMBER, "index"),
    "nurses": Name("nurses", Kind.NUMBER, "antal sjuksköterskor"),
    "listed": Name("listed", Kind.NUMBER, "listade barn"),
    "infants": Name("infants", Kind.NUMBER, "listade barn under ett år den 31 december"),
    "social_services": Name(
        "social_services", Kind.CHOICE, "samtal med socialtjänsten", {"begun": "inledda", "none": "inte inledda"}
    ),
}


@dataclass(frozen=True, slots=True)
class IndexValue:
    """A clinic's value of one index in one year; it says nothing about any other index.

    base   what the value is relative to (”riket”, ”länet”), or empty where that is not told
    """

    name: str
    year: int
    value: Fraction
    base: str = ""

    @property
    def of(self) -> str:
        """The index in words: ”nationellt barn-CNI (bas: riket)”."""
        return index_in_words(self.name, self.base)

    @property
    def written(self) -> str:
        """The value as it is read, with as many decimals as it takes to tell it from a threshold: ”2,31”."""
        text = decimal_comma(self.value, 4)
        return text[:-2] + text[-2:].rstrip("0")


def index_in_words(name: str, base: str) -> str:
    """Names an index with what its values are relative to, where that is told."""
    return f"{name} (bas: {base})" if base else name


@dataclass(frozen=True, slots=True)
class Clinic:
    """A health centre (vårdcentral) or child health clinic (BVC) as it stands in the region's register.

    form                 run by the region itself or privately; None where that is not known
    owner                the private owner's organisation number, or empty
    pay_class            the class that a scheme's rates may go by, or empty
    fixed_support_from   the first day for which it has been granted fixed support, and ``fixed_support_to`` the last
    facts                what else the criteria may speak of (``nurses``, ``listed`` …), where known
    """

    name: str
    municipality_code: str
    municipality: str
    form: Form | None = None
    owner: str = ""
    index: IndexValue | None = None
    pay_class: str = ""
    fixed_support_from: date | None = None
    fixed_support_to: date | None = None
    facts: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def hand_over(self) -> str:
        """How what it is paid is handed over: a booking order to the region's own, a basis of settlement to others."""
        return HAND_OVERS[self.form] if self.form else "okänd driftsform, överlämnas inte"

    def has_fixed_support(self, day: date) -> bool:
        """Tells whether it has fixed support on that day."""
        begins, ends = self.fixed_support_from, self.fixed_support_to
        return begins is not None and begins <= day and (ends is None or day <= ends)


def why_after_closing(last_day: date | None, day: date) -> str:
    """Says in Swedish why a clinic cannot have a visit on a day, since it had closed; nothing where it can."""
    return f"Enheten är stängd. Sista dagen var den {day_in_words(last_day)}." if last_day and day > last_day else ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a scheme asks of a clinic, in Swedish and as a rule over what is known of it."""

    says: str
    rule: Stated[str]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Which clinics a scheme is open to.

    index      the name of the index that the criteria call ``index``; a value of another index is unknown to them
    base       what that index is relative to; where it is told, a value with another base is unknown to them too
    criteria   all of them must hold
    named      the clinics that the source names, for those of which the criteria cannot tell
    """

    says: Stated[str]
    index: str = ""
    base: str = ""
    criteria: tuple[Criterion, ...] = ()
    named: Stated[tuple[str, ...]] | None = None

    def speaks_of(self, value: IndexValue | None) -> bool:
        """Tells whether the criteria can be held against a value: it is of their index, and relative to the same."""
        return value is not None and value.name == self.index and self.base in ("", value.base)

    def holds(self, clinic: Clinic, rules: Mapping[str, Rule]) -> bool | None:
        """Tells whether a clinic may take part, or None where not enough is known of it."""
        truths = [rules[criterion.rule.value].holds(self._answers(clinic)) for criterion in self.criteria]
        if False in truths:
            return False
        if None not in truths:
            return True
        return clinic.name in self.named.value if self.named else None

    def because(self, clinic: Clinic, rules: Mapping[str, Rule]) -> Because:
        """Why a clinic may take part or not, or what is missing to tell."""
        outcome = self.holds(clinic, rules)
        answer = {True: "Ja", False: "Nej", None: "Det går inte att säga"}[outcome]
        return Because(f"{answer}: {clinic.name}", steps=tuple(self._steps(clinic, rules)))

    def _steps(self, clinic: Clinic, rules: Mapping[str, Rule]) -> Iterator[Because]:
        yield resting_on(self.says, self.says.value)
        unknown = False
        for criterion in self.criteria:
            holds = rules[criterion.rule.value].holds(self._answers(clinic))
            unknown = unknown or holds is None
            met = {True: "uppfyllt", False: "inte uppfyllt", None: "okänt"}[holds]
            yield resting_on(criterion.rule, f"{criterion.says}: {met}{self._index_words(clinic, criterion)}")
        if unknown and self.named:
            says = "Utpekad i källan" if clinic.name in self.named.value else "Inte utpekad i källan"
            yield resting_on(self.named, f"Där villkoret inte går att pröva gäller källans lista. {says}")

    def _index_words(self, clinic: Clinic, criterion: Criterion) -> str:
        """Which value the criterion was held against, or that the one at hand is of another index."""
        value = clinic.index
        if "index" not in criterion.rule.value or value is None:
            return ""
        if not self.speaks_of(value):
            asked = index_in_words(self.index, self.base)
            return f" (registret har {value.of}, som inte går att jämföra med {asked})"
        return f" ({value.name} {value.year}: {value.written})"

    def _answers(self, clinic: Clinic) -> Mapping[str, Answer]:
        value = clinic.index
        return {**clinic.facts, "index": value.value if value and self.speaks_of(value) else None}
