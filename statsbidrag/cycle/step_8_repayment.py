"""Step 8, repayment (återbetalning, § 13): what a recipient must pay back, on which grounds, of which money.

What of it is claimed or waived stands in step_8_claim; invoice, interest and instalments in step_8_settlement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from statsbidrag.cycle.grounds import Ground, GroundRule, Reach
from statsbidrag.cycle.step_8_interest import InterestRules
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.sources import Stated

MONEY: dict[Reach, str] = {"unused": "inte använt", "used": "använt"}


@dataclass(frozen=True, slots=True)
class RepaymentRules:
    """On what grounds, how and when money is paid back: section [repayment] of the round's file.

    liable        a recipient is liable as soon as a ground is at hand
    unreported    the ground that a report that never came is claimed on
    late_report   what a report that came late means; ``no ground``: only one that never came counts
    claim         the agency shall claim what is repayable
    waiver        what it takes to refrain, or ``none`` where the round has no such rule
    answer_days   how long the recipient has to answer before a decision
    due_days      how long after the invoice it is to be paid
    """

    liable: Stated[bool]
    grounds: tuple[GroundRule, ...]
    unreported: Stated[Ground]
    late_report: Stated[Literal["no ground"]]
    claim: Stated[Literal["shall"]]
    waiver: Stated[Literal["special reasons", "none"]]
    communicate: Stated[bool]
    unused_in_batch: Stated[bool]
    answer_days: Stated[int]
    repay_by: Stated[str]
    due_days: Stated[int]
    invoiced: Stated[str]
    reminder_fee: Stated[int]
    interest: InterestRules

    def ground(self, name: Ground) -> GroundRule:
        """Gives a ground by its name; raises Fault where the round does not have it."""
        for rule in self.grounds:
            if rule.ground == name:
                return rule
        raise Fault("återbetalning", f"Omgången har inte grunden ”{name}”.", "Pröva mot de grunder som omgången har.")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a recipient has been paid, parted by whether it was used by the accepted report; kronor."""

    recipient: str
    unused: int
    used: int = 0

    @property
    def parts(self) -> dict[Reach, int]:
        """The same by name."""
        return {"unused": self.unused, "used": self.used}


@dataclass(frozen=True, slots=True)
class Liability:
    """A sum that is repayable on one ground, taken from unused or used money; no krona is stated twice."""

    rule: GroundRule
    money: Reach
    kronor: int
    why: str


@dataclass(frozen=True, slots=True)
class Owed:
    """What a recipient must pay back, in kronor, and on which grounds."""

    recipient: str
    liabilities: tuple[Liability, ...]

    def taken_from(self, money: Reach) -> int:
        """How much of it is taken from unused, or from used, money."""
        return sum(liability.kronor for liability in self.liabilities if liability.money == money)

    @property
    def total(self) -> int:
        """Everything that is repayable."""
        return sum(liability.kronor for liability in self.liabilities)

    def because(self) -> Because:
        """Why it is repayable, ground by ground."""
        steps = tuple(
            resting_on(
                one.rule.text,
                f"{one.rule.text.value}: {in_words(one.kronor)} ({MONEY[one.money]}). {one.why}".strip(),
                one.kronor,
                "kr",
            )
            for one in self.liabilities
        )
        return Because(f"Att återbetala: {in_words(self.total)}", self.total, "kr", steps=steps)


def owed(rules: RepaymentRules, holdings: Holdings, liabilities: Iterable[Liability]) -> Owed:
    """Gives what a recipient must pay back on the grounds found (§ 13).

    Raises Fault where a ground does not reach the money, or more would be taken than there is of it.
    """
    found = tuple(liabilities)
    for liability in found:
        _refuse_unreachable(rules, holdings, liability)
    result = Owed(holdings.recipient, found)
    for money, kronor in holdings.parts.items():
        taken = result.taken_from(money)
        if taken > kronor:
            why = f"{in_words(taken)} skulle tas ur det som är {MONEY[money]}, men där finns {in_words(kronor)}."
            raise Fault(f"återbetalning {holdings.recipient}", why, "Ange varje krona på en grund.")
    return result


def unused_in_batch(rules: RepaymentRules, everyone: Iterable[Holdings]) -> tuple[Owed, ...]:
    """Gives what each recipient itself has reported as unused, for one decision over the whole list (§ 13 p 2)."""
    if not rules.unused_in_batch.value:
        raise Fault("återbetalning", "Omgången låter inte oanvända medel prövas samlat.", "Pröva dem var för sig.")
    why = "Beloppet är det ni själva har redovisat som oanvänt."
    rule = rules.ground("not used")
    return tuple(
        owed(rules, holdings, [Liability(rule, "unused", holdings.unused, why)])
        for holdings in everyone
        if holdings.unused
    )


def unreported(
    rules: RepaymentRules, holdings: Holdings, *, report_by: date, reported: date | None, today: date
) -> Owed:
    """Gives what is owed where no report has come: everything, on the round's ground for that (§ 13 p 4).

    A report that came late is a report, and nothing is owed while the day in the decision has not passed.
    """
    if reported is not None or today <= report_by:
        return Owed(holdings.recipient, ())
    why = f"Ingen redovisning har kommit in; sista dag var den {day_in_words(report_by)}."
    rule = rules.ground(rules.unreported.value)
    parts = {money: kronor for money, kronor in holdings.parts.items() if kronor and money in rule.reaches.value}
    return owed(rules, holdings, [Liability(rule, money, kronor, why) for money, kronor in parts.items()])


def _refuse_unreachable(rules: RepaymentRules, holdings: Holdings, liability: Liability) -> None:
    where = f"återbetalning {holdings.recipient}"
    if liability.rule not in rules.grounds or liability.money not in liability.rule.reaches.value:
        text = liability.rule.text.value
        raise Fault(where, f"Grunden ”{text}” når inte det som är {MONEY[liability.money]}.", "Pröva en annan grund.")
    if liability.kronor <= 0:
        raise Fault(where, "Beloppet är inte större än 0.", "Ange bara de grunder som ger ett belopp.")
