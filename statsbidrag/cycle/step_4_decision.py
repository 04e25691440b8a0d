"""Step 4, decision (beslut, §§ 8-9 and 15): what was decided, by whom, on which grounds and conditions.

A decision is never altered. A correction or a change is a decision of its own that replaces the earlier one, and
only the difference is paid or claimed. One approval may cover the whole list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from statsbidrag.cycle.step_4_authority import DECISION_KINDS, Approval, DecisionKind, Register
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.sources import Stated

_REPLACING: frozenset[DecisionKind] = frozenset({"correction", "change"})
_CONCERNING: frozenset[DecisionKind] = frozenset({"withholding", "claim", "waiver"})
_GIVING: frozenset[DecisionKind] = frozenset({"grant", "reallocation"})


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a statement that something rests on."""

    cites: str
    quote: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the grant, in the words of the decision, with everything that it rests on.

    point   where it stands in the source: ``§ 2 p 4``
    """

    point: str
    text: str
    rests_on: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class DecisionRules:
    """What every decision of the round says: section [decision] of the round's file."""

    decided_by: Stated[str]
    one_year: Stated[bool]
    calendar_year: Stated[int]
    use_from: Stated[date]
    use_to: Stated[date]
    purpose: Stated[str]
    may_use: Stated[str]
    may_not_use: Stated[str]
    within_funds: Stated[bool]
    after: Stated[Literal["reallocation"]]
    no_appeal: Stated[str]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What all decisions of a round are made on.

    pot             kronor; grants together never pass it (§ 2)
    report_by       the last day for the report, which the decision must state (§ 9)
    reallocated_on  the day the reallocation was made; None before it
    fingerprint     the fingerprint of the round's rules, which every decision keeps
    """

    rules: DecisionRules
    pot: int
    report_by: date
    reallocated_on: date | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the presenter puts before the decision-maker.

    reference      the decision's number, unique in the round
    diary_number   the number of the case
    kronor         what is granted, withheld, claimed or waived; a replacing decision states the whole new sum
    reallocated    what is granted beyond the recipient's own requisition (§ 6)
    earlier        the number of the decision that it replaces or concerns
    """

    kind: DecisionKind
    reference: str
    diary_number: str
    recipient: str
    because: Because
    kronor: int = 0
    reallocated: int = 0
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, with everything that the ordinance and förvaltningslagen ask it to show."""

    proposal: Proposal
    approval: Approval
    basis: Basis
    earlier: "Decision | None" = None

    @property
    def reference(self) -> str:
        """The decision's number."""
        return self.proposal.reference

    @property
    def recipient(self) -> str:
        """The key of the recipient."""
        return self.proposal.recipient

    @property
    def total(self) -> int:
        """The whole sum in kronor: what was requisitioned and what was reallocated."""
        return self.proposal.kronor + self.proposal.reallocated

    @property
    def replaces(self) -> "Decision | None":
        """The decision that this one replaces, where it is a correction or a change."""
        return self.earlier if self.proposal.kind in _REPLACING else None

    @property
    def subject(self) -> DecisionKind:
        """What is decided on: a correction of a grant is about a grant."""
        return self.replaces.subject if self.replaces else self.proposal.kind

    @property
    def difference(self) -> int:
        """What the decision adds (or, below 0, takes away), in kronor, compared with the one it replaces."""
        return self.total - (self.replaces.total if self.replaces else 0)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions, which must stand in the decision where it gives money (§ 9)."""
        return self.basis.rules.conditions if self.subject in _GIVING else ()

    @property
    def report_by(self) -> date | None:
        """The last day for the report, where the decision gives money (§ 9); it governs over all other papers."""
        return self.basis.report_by if self.subject in _GIVING else None

    def because(self) -> Because:
        """Why it was decided so, and what else the decision says."""
        rules, day = self.basis.rules, day_in_words(self.approval.day)
        year = rules.calendar_year.value
        steps = [self.proposal.because, resting_on(rules.one_year, f"Beslutet avser kalenderåret {year}")]
        if self.replaces:
            says = f"Det ersätter beslut {self.replaces.reference}; skillnaden är {in_words(self.difference)}"
            steps.append(Because(says, self.difference, "kr"))
        if self.report_by:
            steps.append(Because(f"Ni ska redovisa senast den {day_in_words(self.report_by)}", self.report_by))
        steps.append(resting_on(rules.no_appeal, rules.no_appeal.value))
        says = f"{rules.decided_by.value} beslutade den {day} om {DECISION_KINDS[self.proposal.kind]}"
        return resting_on(rules.decided_by, says, self.total, "kr", steps=tuple(steps))


def decide(
    basis: Basis,
    proposals: Iterable[Proposal],
    approval: Approval,
    register: Register,
    *,
    earlier: Iterable[Decision] = (),
) -> tuple[Decision, ...]:
    """Makes the decisions of a list by one approval, all of them or none (§§ 8-9).

    ``earlier`` is every decision of the round so far. Raises Fault where the approval cannot carry a decision, a
    decision does not fit what was decided before, or the grants together would pass the pot.
    """
    made = {decision.reference: decision for decision in earlier}
    new: list[Decision] = []
    for proposal in proposals:
        _refuse_misfit(basis, proposal, approval, made)
        sum_ = proposal.kronor + proposal.reallocated
        approval.refuse_unauthorised(register, proposal.kind, proposal.recipient, sum_)
        decision = Decision(proposal, approval, basis, made.get(proposal.earlier))
        made[decision.reference] = decision
        new.append(decision)
    given = sum(decision.total for decision in standing(made.values()) if decision.subject in _GIVING)
    if given > basis.pot:
        why = f"Bidragen blir {in_words(given)}, men det finns {in_words(basis.pot)}."
        raise Fault(f"beslut {basis.rules.calendar_year.value}", why, "Sänk beloppen; bidrag lämnas i mån av medel.")
    return tuple(new)


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Gives the decisions that stand: those that no other has replaced."""
    known = list(decisions)
    replaced = {decision.replaces.reference for decision in known if decision.replaces}
    return tuple(decision for decision in known if decision.reference not in replaced)


def _refuse_misfit(basis: Basis, proposal: Proposal, approval: Approval, made: Mapping[str, Decision]) -> None:
    where = f"beslut {proposal.reference}, {proposal.recipient}"
    if proposal.reference in made:
        raise Fault(where, "Numret är redan använt.", "Ge beslutet ett eget nummer.")
    if min(proposal.kronor, proposal.reallocated) < 0:
        raise Fault(where, "Beloppet är mindre än 0.", "Ange det nya beloppet; skillnaden räknas ut.")
    if proposal.kind in _GIVING:
        if basis.reallocated_on is None or approval.day < basis.reallocated_on:
            raise Fault(where, "Omfördelningen är inte gjord.", "Besluta när den är gjord; då får alla ett beslut.")
        if proposal.kind == "grant" and _has_grant(proposal.recipient, made):
            raise Fault(where, "Mottagaren har redan ett beslut om bidrag.", "Gör en ändring av det beslutet.")
    _refuse_broken_link(where, proposal, made)


def _refuse_broken_link(where: str, proposal: Proposal, made: Mapping[str, Decision]) -> None:
    needed = proposal.kind in _REPLACING | _CONCERNING
    if not proposal.earlier and not needed:
        return
    earlier = made.get(proposal.earlier)
    if earlier is None or earlier.recipient != proposal.recipient:
        why = f"Det finns inget tidigare beslut ”{proposal.earlier}” för mottagaren."
        raise Fault(where, why, "Ange numret på beslutet som det ersätter eller gäller.")
    later = [decision.reference for decision in made.values() if decision.replaces is earlier]
    if later:
        raise Fault(where, f"Beslut {proposal.earlier} är ersatt av {later[0]}.", "Utgå från det beslut som gäller.")


def _has_grant(recipient: str, made: Mapping[str, Decision]) -> bool:
    return any(decision.recipient == recipient and decision.proposal.kind == "grant" for decision in made.values())
