"""The first half of the play: the list, the requisitions, the reallocation, the decisions and the payments."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from statsbidrag.cycle import (
    BankAnswer,
    Batch,
    Decision,
    GiroAccount,
    History,
    Intake,
    Payable,
    Proposal,
    Reallocation,
    Requisition,
    Withholding,
    decide,
    gather,
    pay,
    reallocate,
)
from statsbidrag.cycle.ledger import Ledger, Posting
from statsbidrag.play.behaviour import Behaviour, percent_of
from statsbidrag.play.stage import AGENT, Stage
from statsbidrag.terms.because import Because
from statsbidrag.terms.kronor import in_words

_REJECTED_BY_BANK_PER_MILLE = 10
_WITHHELD_PART = 10


@dataclass(frozen=True, slots=True)
class Giving:
    """What the first half came to."""

    intake: Intake
    reallocation: Reallocation
    decisions: tuple[Decision, ...]
    batches: tuple[Batch, ...]
    history: History
    ledger: Ledger

    @property
    def grants(self) -> tuple[Decision, ...]:
        """The decisions that give money."""
        return tuple(decision for decision in self.decisions if decision.proposal.kind == "grant")

    @property
    def paid(self) -> dict[str, int]:
        """The kronor that each recipient was paid."""
        states = self.history.states()
        paid: dict[str, int] = {}
        for payment in self.history.payments:
            if states[payment.reference] == "paid":
                paid[payment.recipient] = paid.get(payment.recipient, 0) + payment.kronor
        return paid


def give(stage: Stage) -> Giving:
    """Plays steps 1 to 5."""
    intake = gather(requisitions(stage), stage.round.requisition, stage.ceilings, stage.reallocated_on)
    shared = reallocate(stage.round.reallocation, stage.ceilings, intake.requested, intake.willing)
    approval = stage.approval(stage.decided_on)
    grants = decide(stage.basis, _grants(stage, intake, shared), approval, stage.register)
    further = [*_rejections(stage, intake), *_withholdings(stage, grants)]
    others = decide(stage.basis, further, approval, stage.register, earlier=grants)
    decisions = (*grants, *others)
    batches, history = _payments(stage, decisions)
    ledger = Ledger(stage.year, stage.round.allocation.pot.value)
    giving = Giving(intake, shared, decisions, batches, history, ledger)
    return replace(giving, ledger=ledger.add(_postings(stage, giving)))


def requisitions(stage: Stage) -> Iterator[Requisition]:
    """Gives everything that the recipients send in, in the order of the list."""
    for key, behaviour in stage.behaviours.items():
        chance = random.Random(f"{stage.seed} {key} requisition")
        yield from _requisitions_of(stage, key, behaviour, chance)


def _requisitions_of(stage: Stage, key: str, behaviour: Behaviour, chance: random.Random) -> Iterator[Requisition]:
    """A recipient's requisition and, where something was lacking, its completion in the e-service."""
    rules, ceiling = stage.round.requisition, stage.ceilings[key]
    amounts = {
        "ceiling": ceiling,
        "late": ceiling,
        "above first": ceiling + 1000,
        "less": percent_of(ceiling, behaviour.part),
    }
    open_days = (rules.last_day.value - rules.opens.value).days
    first_day = max(0, open_days - 28)
    offset = open_days + chance.randint(1, 9) if behaviour.asks == "late" else chance.randint(first_day, open_days)
    asked = Requisition(
        reference=f"R-{stage.year}-{stage.numbers[key]:03d}",
        recipient=key,
        arrived=stage.moment(rules.opens.value + timedelta(days=offset), chance.randint(8, 16), chance.randint(0, 59)),
        amount=amounts.get(behaviour.asks),
        wants_more=behaviour.wants_more,
        at_most=behaviour.at_most_part and percent_of(ceiling, behaviour.at_most_part),
        other_support=False,
        giro=f"{behaviour.giro.kind} {behaviour.giro}",
        agent=AGENT,
        channel="paper" if behaviour.paper else "e-service",
    )
    if key in stage.published:
        asked = replace(asked, amount=stage.published[key], wants_more=False, at_most=None, channel="e-service")
    elif behaviour.asks == "abstains":
        asked = replace(asked, abstains=True, wants_more=None, channel="e-service")
    if not asked.wants_more:
        asked = replace(asked, at_most=None)
    yield asked
    lacking = behaviour.paper or behaviour.asks == "above first"
    if lacking and key not in stage.published and behaviour.asks not in ("late", "abstains"):
        completed = min(asked.amount or 0, ceiling)
        arrived = stage.moment(rules.last_day.value + timedelta(days=chance.randint(1, 7)))
        number = f"{asked.reference}-K1"
        yield replace(
            asked, reference=number, arrived=arrived, amount=completed, channel="e-service", completes=asked.reference
        )


def _grants(stage: Stage, intake: Intake, shared: Reallocation) -> Iterator[Proposal]:
    for review in intake.reviews:
        if review.counts:
            key = review.requisition.recipient
            more = shared.shares.get(key, 0)
            steps = [review.because(), *([shared.because(key)] if more else [])]
            amount = intake.requested[key]
            because = Because(f"Bidraget är {in_words(amount + more)}", amount + more, "kr", steps=tuple(steps))
            yield Proposal(
                "grant", f"B-{stage.year}-{stage.numbers[key]:03d}", stage.diary_number(key), key, because, amount, more
            )


def _rejections(stage: Stage, intake: Intake) -> Iterator[Proposal]:
    for review in intake.reviews:
        if review.state == "rejected":
            key = review.requisition.recipient
            yield Proposal(
                "rejection", f"B-{stage.year}-{stage.numbers[key]:03d}", stage.diary_number(key), key, review.because()
            )


def _withholdings(stage: Stage, grants: tuple[Decision, ...]) -> Iterator[Proposal]:
    """A tenth of one grant is not paid: it turned out to count an effort that has other public support."""
    if not stage.round.payment.withhold.value:
        return
    decision = next(grant for grant in grants if grant.recipient not in stage.published)
    withheld = percent_of(decision.total, _WITHHELD_PART)
    ground = stage.round.repayment.ground("given wrongly")
    because = Because(
        "En insats i rekvisitionen har annat offentligt stöd (påhittat).", withheld, "kr", ground.text.cites
    )
    yield Proposal(
        "withholding",
        f"{decision.reference}-I1",
        stage.diary_number(decision.recipient),
        decision.recipient,
        because,
        withheld,
        earlier=decision.reference,
    )


def _payments(stage: Stage, decisions: tuple[Decision, ...]) -> tuple[tuple[Batch, ...], History]:
    """Two batches: the first pays most, the second what had to wait and what came back from the bank."""
    payables = [
        Payable(decision.reference, decision.recipient, decision.total, stage.decided_on)
        for decision in decisions
        if decision.proposal.kind == "grant"
    ]
    history, batches = History(), []
    for number, day in enumerate((stage.paid_on, stage.paid_again_on), 1):
        giros = {
            key: GiroAccount(str(behaviour.giro), not behaviour.new_giro, owner_checked=number == 2)
            for key, behaviour in stage.behaviours.items()
        }
        batch = pay(
            stage.round.payment,
            payables,
            giros,
            history,
            day=day,
            requisition_closed=stage.round.requisition.last_day.value,
            withholdings=_withheld(stage, decisions),
        )
        batches.append(batch)
        answers = tuple(_answers(stage, batch, first=number == 1))
        history = History(history.payments + batch.payments, history.answers + answers)
    return tuple(batches), history


def _withheld(stage: Stage, decisions: tuple[Decision, ...]) -> list[Withholding]:
    ground = stage.round.repayment.grounds[0]
    return [
        Withholding(decision.reference, decision.proposal.earlier, decision.total, ground, stage.decided_on)
        for decision in decisions
        if decision.proposal.kind == "withholding"
    ]


def _answers(stage: Stage, batch: Batch, *, first: bool) -> Iterator[BankAnswer]:
    """The bank pays all but a few of the first batch, whose giro numbers turn out to be closed."""
    for payment in batch.payments:
        closed = random.Random(f"{stage.seed} {payment.recipient} bank").randrange(1000) < _REJECTED_BY_BANK_PER_MILLE
        if closed and first and payment.recipient not in stage.published:
            yield BankAnswer(payment.reference, "rejected", batch.day, payment.kronor, "AC04")
        else:
            yield BankAnswer(payment.reference, "paid", batch.day, payment.kronor)


def _postings(stage: Stage, giving: Giving) -> Iterator[Posting]:
    """Every move of the first half, in the order in which it happened."""
    opens, left_on, decided = stage.round.requisition.opens.value, stage.reallocated_on, stage.decided_on
    for key, ceiling in stage.ceilings.items():
        yield from stage.posting("allocated", key, ceiling, "fördelningslistan", day=opens)
    for key, ceiling in stage.ceilings.items():
        unclaimed = ceiling - giving.intake.requested.get(key, 0)
        yield from stage.posting("unclaimed", key, unclaimed, "rekvisitionerna", day=left_on)
    for decision in giving.grants:
        key, reference = decision.recipient, decision.reference
        yield from stage.posting("granted", key, decision.proposal.kronor, reference, day=decided)
        yield from stage.posting("reallocated", key, decision.proposal.reallocated, reference, day=decided)
    for decision in giving.decisions:
        if decision.proposal.kind == "withholding":
            yield from stage.posting("withheld", decision.recipient, decision.total, decision.reference, day=decided)
    states = giving.history.states()
    for payment in giving.history.payments:
        if states[payment.reference] == "paid":
            yield from stage.posting("paid", payment.recipient, payment.kronor, payment.reference, day=payment.day)
