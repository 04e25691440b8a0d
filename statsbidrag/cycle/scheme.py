"""A region's scheme (ordning): how it passes the grant on, and what it pays for a visit; one file each, and no code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from statsbidrag.cycle.board_paper import BoardPaperRules
from statsbidrag.cycle.clinics import Eligibility
from statsbidrag.cycle.hand_over import HandOver
from statsbidrag.cycle.visits import Condition, Visit
from statsbidrag.terms.language import Rule
from statsbidrag.terms.sources import Stated

ReportingKind = Literal["transfer", "effort", "fixed_support"]


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a source says of the scheme and people go by, though nothing is computed from it."""

    text: str
    cites: str
    quote: str


@dataclass(frozen=True, slots=True)
class ProgrammeVisit:
    """One visit of the programme: when, in the source's words, the child's age in months, and ordinary or extra."""

    at: Stated[str]
    months: int
    place: Literal["ordinary", "extra"]


@dataclass(frozen=True, slots=True)
class Programme:
    """The visits that families are offered.

    binding         whether clinics must follow it, or it is a proposal
    more_than       the programme has more visits than this
    through_months  the last month of the child's age that it covers
    visits          each visit with its time, where the source lists them
    """

    binding: Stated[bool]
    families: Stated[str]
    ordinary: Stated[int]
    extra: Stated[int]
    more_than: Stated[int] | None = None
    through_months: Stated[int] | None = None
    visits: tuple[ProgrammeVisit, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """When a visit must be coded, and what tells that it is.

    A visit where only one of the two holds is pointed out, and a rate that needs the code waits for it.
    ``uncoded`` and ``unfounded`` are what the clinic is told where the code is missing, and where only the code stands.
    """

    when: Condition
    coded: Condition
    uncoded: str
    unfounded: str


@dataclass(frozen=True, slots=True)
class Rate:
    """What a visit is paid, by the kind of clinic, the day and the visit itself; the first rate that fits is paid.

    kronor         for one visit
    ordinary       how much of that is ordinary pay, which is never charged to the grant
    fixed_support  whether the clinic must have fixed support (true) or must not (false) on the day
    pay_class      the class of clinic, where the scheme has classes
    when           what must hold for the visit
    coded          whether the visit must also be coded
    """

    id: str
    says: str
    kronor: Stated[int]
    ordinary: Stated[int]
    first_day: date | None = None
    last_day: date | None = None
    fixed_support: bool | None = None
    pay_class: str = ""
    when: Condition | None = None
    coded: bool = False


@dataclass(frozen=True, slots=True)
class VisitPay:
    """Pay per visit: section [visit_pay].

    valid_from   the first day that the source speaks of
    earlier      what holds for visits before it: they follow the same rates, or are unpaid
    """

    valid_from: Stated[date]
    earlier: Stated[Literal["follows", "unpaid"]]
    rates: tuple[Rate, ...]
    coding: Coding | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a receiver of the region's money writes in its report."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who reports what to whom within the region, and the last day for it.

    of     which kinds of lines of the plan it is asked of
    asks   what is asked for beside the used kronor; where the file does not say, ``contents`` is asked as it stands
    """

    who: Stated[str]
    receiver: Stated[str]
    contents: Stated[str]
    last_day: Stated[date]
    of: tuple[ReportingKind, ...] = ("transfer", "effort", "fixed_support")
    asks: tuple[Asked, ...] = ()

    @property
    def questions(self) -> tuple[Asked, ...]:
        """What is asked for, at least one thing."""
        return self.asks or (Asked("contents", f"Redovisa {self.contents.value}"),)


@dataclass(frozen=True, slots=True)
class FixedSupport:
    """Support to a clinic that does not go by visits: section [fixed_support].

    kronor        to each clinic, or in all; ”unknown” where no source says, which is not 0
    divided       ``each``: every clinic gets that sum; ``index share``: it is shared by index times listed children
    application   to whom a clinic applies, with the form of that name
    meetings      who offers follow-up and support as a clinic begins, as a sentence, where somebody does
    """

    eligible: Eligibility
    kronor: Stated[int | None]
    divided: Stated[Literal["each", "index share"]]
    application: Stated[str]
    form: str = ""
    meetings: Stated[str] | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """A share of the grant that goes to another body: section [[transfers]].

    round_to    the whole number of kronor that the share is rounded to
    published   the sum that the source itself states, where it does; the two must agree
    """

    id: str
    receiver: Stated[str]
    share: Stated[Fraction]
    round_to: Stated[int]
    purpose: Stated[str]
    published: Stated[int] | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """An effort (satsning) that the region gives money to: section [[efforts]].

    since    the first year of it; it may run over several
    ends     the last day of it; where efforts must be limited in time there is one
    kronor   its budget, or ”unknown” where the source at hand does not say, which is not 0
    """

    id: str
    name: Stated[str]
    owner: Stated[str]
    since: Stated[int]
    kronor: Stated[int | None]
    ends: Stated[date] | None = None


@dataclass(frozen=True, slots=True)
class Mandate:
    """What an officer may decide alone: move money between efforts, and assign what remains."""

    holder: Stated[str]
    move: Stated[bool]
    assign_rest: Stated[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenScheme:
    """What a scheme's file says.

    region        the key of the region: ``region-18``
    once_per      ``occasion``: siblings seen at the same time are one visit; ``child``: each child's record is one
    clinics       the file of its register, within the folder of schemes; empty where it has none
    participation which clinics may take part
    """

    region: str
    year: int
    title: str
    once_per: Stated[Literal["occasion", "child"]]
    programme: Programme
    participation: Eligibility
    clinics: Stated[str] | None = None
    visit_pay: VisitPay | None = None
    fixed_support: FixedSupport | None = None
    transfers: tuple[Transfer, ...] = ()
    efforts: tuple[Effort, ...] = ()
    time_limited: Stated[bool] | None = None
    mandate: Mandate | None = None
    reports: tuple[Reporting, ...] = ()
    said: tuple[Said, ...] = ()
    board_paper: BoardPaperRules | None = None
    hand_over: Stated[HandOver] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme(WrittenScheme):
    """A region's scheme with every rule in it read; ``rules`` gives each rule by its text."""

    rules: Mapping[str, Rule]

    def holds(self, condition: Condition, visit: Visit) -> bool:
        """Tells whether a condition is known to hold for a visit."""
        return self.rules[condition.rule.value].holds(visit.answers) is True
