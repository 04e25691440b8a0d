"""Step 6, distribution (vidarefördelning): how a region passes on what it has received, as a book of its own.

What is received is transfers, projects and other efforts, fixed support, pay per visit, and what is left; the parts
always add up. A sum that no source tells is unknown, never 0, and then what is left is unknown too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.scheme import Scheme, Transfer
from statsbidrag.cycle.step_6_fixed_support import DIVIDED_WORDS, divide_support
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.kronor import decimal_comma, in_words, round_to

LineKind = Literal["transfer", "effort", "fixed_support", "visit_pay"]

LINE_KINDS: dict[LineKind, str] = {
    "transfer": "överföring",
    "effort": "satsning",
    "fixed_support": "fast ersättning",
    "visit_pay": "rörlig ersättning",
}
LEFT = "left"


@dataclass(frozen=True, slots=True)
class DelegationDecision:
    """One use of the mandate: moves money between efforts, or assigns what is left; listed for report to the board.

    number       its running number in the region's register: 1, 2, 3 …
    moved_from   the effort that the money leaves, or ``left`` for what remains
    """

    number: int
    day: date
    moved_from: str
    moved_to: str
    kronor: int
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plan: to whom, for what, and how many kronor; None where that is unknown."""

    kind: LineKind
    id: str
    name: str
    kronor: int | None
    because: Because


@dataclass(frozen=True, slots=True)
class Distribution:
    """A region's distribution of what it has received: the lines, and the decisions that have changed them."""

    scheme: Scheme
    received: int
    lines: tuple[Line, ...]
    decisions: tuple[DelegationDecision, ...] = ()

    @property
    def left(self) -> int | None:
        """What is not distributed; None where some part is unknown."""
        distributed = _sum(line.kronor for line in self.lines)
        return None if distributed is None else self.received - distributed

    @property
    def known(self) -> int:
        """What is distributed in the parts whose sums are known."""
        return sum(line.kronor or 0 for line in self.lines)

    @property
    def totals(self) -> Mapping[LineKind, int | None]:
        """Each kind's kronor, in the order of the book; None where some part of it is unknown."""
        return {kind: _sum(line.kronor for line in self.lines if line.kind == kind) for kind in LINE_KINDS}

    def line(self, id: str) -> Line:
        """The line of a transfer, effort or clinic, by its id."""
        return next(line for line in self.lines if line.id == id)

    def decide(self, decision: DelegationDecision) -> "Distribution":
        """Gives the distribution after one more decision by the one who has the mandate.

        Raises Fault where the scheme gives no such mandate, the number does not follow the last one, the reason is
        missing, or there is not that much, or not known that there is that much, where the money is taken from.
        """
        self._refuse_unmandated(decision)
        self._refuse_uncovered(decision)
        changes = {decision.moved_from: -decision.kronor, decision.moved_to: decision.kronor}
        lines = tuple(_changed(line, changes.get(line.id, 0), decision) for line in self.lines)
        return replace(self, lines=lines, decisions=(*self.decisions, decision))

    def _refuse_unmandated(self, decision: DelegationDecision) -> None:
        where, mandate = _where(decision), self.scheme.mandate
        wanted = mandate and (mandate.assign_rest if decision.moved_from == LEFT else mandate.move)
        if not wanted or not wanted.value:
            raise Fault(where, "Ordningen ger inget sådant uppdrag.", "Låt nämnden besluta.")
        if decision.number != len(self.decisions) + 1:
            raise Fault(where, f"Nästa nummer är {len(self.decisions) + 1}.", "Numrera besluten i följd.")
        if not decision.reason.strip() or decision.kronor <= 0:
            raise Fault(where, "Beslutet saknar skäl eller belopp.", "Ange varför, och hur många kronor.")
        efforts = [line.id for line in self.lines if line.kind == "effort"]
        for id in {decision.moved_from, decision.moved_to} - {LEFT}:
            if id not in efforts:
                hint = suggestion(id, efforts)
                raise Fault(where, f"”{id}” är ingen satsning.", f"{hint}Satsningarna är: {', '.join(efforts)}.")
        if decision.moved_to in (LEFT, decision.moved_from):
            raise Fault(where, "Pengarna flyttas inte till någon annan satsning.", "Ange en annan satsning.")

    def _refuse_uncovered(self, decision: DelegationDecision) -> None:
        source = self.left if decision.moved_from == LEFT else self.line(decision.moved_from).kronor
        if source is None:
            raise Fault(_where(decision), "Hur mycket som finns att flytta är okänt.", "Ange först alla belopp.")
        if source < decision.kronor:
            raise Fault(_where(decision), f"Där finns {in_words(source)}.", f"Flytta högst {in_words(source)}.")
        if decision.moved_to != LEFT and self.line(decision.moved_to).kronor is None:
            raise Fault(_where(decision), "Satsningens eget belopp är okänt.", "Ange det först.")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the region itself adds to its scheme: the sums of its own decisions, which no source tells.

    efforts         kronor by effort, where the scheme says unknown
    fixed_support   kronor to each clinic, or in all where it is shared; None where it is unknown
    visit_pay       what the visits charge to the grant, or are thought to; None where that is unknown
    """

    efforts: Mapping[str, int] = field(default_factory=dict)
    fixed_support: int | None = None
    visit_pay: int | None = 0


def distribute(scheme: Scheme, received: int, clinics: Iterable[Clinic] = (), plan: Plan | None = None) -> Distribution:
    """Divides what a region has received as its scheme says: transfers, efforts, fixed support and pay per visit.

    received   kronor from the agency; clinics the scheme's register
    Raises Fault where more is distributed than was received, or the plan speaks of an effort that is not there.
    """
    distribution = outlined(scheme, received, clinics, plan)
    if distribution.known > received:
        why = f"Fördelat är {in_words(distribution.known)}, mottaget {in_words(received)}."
        raise Fault(scheme.title, why, "Minska något.")
    return distribution


def outlined(scheme: Scheme, received: int, clinics: Iterable[Clinic] = (), plan: Plan | None = None) -> Distribution:
    """Gives the same distribution even where it comes to more than was received, so that it can be seen and mended."""
    plan = plan or Plan()
    return Distribution(
        scheme,
        received,
        (
            *(_transfer(transfer, received) for transfer in scheme.transfers),
            *_efforts(scheme, plan),
            *_supported(scheme, clinics, plan),
            *_paid_visits(scheme, plan),
        ),
    )


def _transfer(transfer: Transfer, received: int) -> Line:
    exact = received * transfer.share.value
    kronor = round_to(exact, transfer.round_to.value)
    percent = decimal_comma(100 * transfer.share.value)
    steps = [
        resting_on(transfer.share, f"{percent} % av {in_words(received)} är {decimal_comma(exact, 2)} kr"),
        resting_on(transfer.round_to, f"Avrundat till närmaste {in_words(transfer.round_to.value)}", kronor, "kr"),
        resting_on(transfer.purpose, transfer.purpose.value),
    ]
    if transfer.published and transfer.published.value == kronor:
        steps.append(resting_on(transfer.published, "Samma belopp står i källan", kronor, "kr"))
    name = transfer.receiver.value
    because = resting_on(
        transfer.receiver, f"Överförs till {name}: {in_words(kronor)}", kronor, "kr", steps=tuple(steps)
    )
    return Line("transfer", transfer.id, name, kronor, because)


def _efforts(scheme: Scheme, plan: Plan) -> Iterable[Line]:
    known = [effort.id for effort in scheme.efforts]
    for id in plan.efforts:
        if id not in known:
            raise Fault(f"{scheme.title}, {id}", "Satsningen finns inte.", f"{suggestion(id, known)}Rätta namnet.")
    for effort in scheme.efforts:
        planned = plan.efforts.get(effort.id)
        kronor = effort.kronor.value if planned is None else planned
        because = (
            resting_on(effort.kronor, f"{effort.name.value}: {_said(kronor)}", kronor, "kr")
            if planned is None
            else Because(f"{effort.name.value}: {in_words(planned)} enligt regionens beslut", planned, "kr")
        )
        yield Line("effort", effort.id, effort.name.value, kronor, because)


def _supported(scheme: Scheme, clinics: Iterable[Clinic], plan: Plan) -> Iterable[Line]:
    support = scheme.fixed_support
    if support is None:
        return
    kronor = support.kronor.value if plan.fixed_support is None else plan.fixed_support
    step = resting_on(support.divided, DIVIDED_WORDS[support.divided.value])
    for name, part in divide_support(support, kronor, clinics).items():
        says = f"Fast ersättning till {name}: {_said(part)}"
        because = resting_on(support.kronor, says, part, "kr", steps=(step,))
        yield Line("fixed_support", name, name, part, because)


def _paid_visits(scheme: Scheme, plan: Plan) -> Iterable[Line]:
    if scheme.visit_pay:
        says = f"Rörlig ersättning som belastar statsbidraget: {_said(plan.visit_pay)}"
        yield Line("visit_pay", "visit_pay", "Rörlig ersättning", plan.visit_pay, Because(says, plan.visit_pay, "kr"))


def _changed(line: Line, kronor: int, decision: DelegationDecision) -> Line:
    """The line after a decision, with the decision among its reasons."""
    if not kronor or line.kronor is None:
        return line
    sign = "till" if kronor > 0 else "från"
    day = day_in_words(decision.day)
    says = f"Delegationsbeslut {decision.number} den {day}: {in_words(abs(kronor))} {sign}. {decision.reason}"
    because = replace(line.because, steps=(*line.because.steps, Because(says, kronor, "kr")))
    return replace(line, kronor=line.kronor + kronor, because=because)


def _sum(parts: Iterable[int | None]) -> int | None:
    """Adds up kronor; one unknown part makes the sum unknown."""
    total = 0
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def _said(kronor: int | None) -> str:
    return "okänt belopp" if kronor is None else in_words(kronor)


def _where(decision: DelegationDecision) -> str:
    return f"delegationsbeslut {decision.number}"
