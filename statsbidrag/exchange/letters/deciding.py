"""How a decision becomes its letter: what the step decided, in the words of the round's rules."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TypedDict

from statsbidrag.cycle import Decision
from statsbidrag.cycle.round import Round
from statsbidrag.exchange.letters.decisions import (
    AmendedAmount,
    GrantDecision,
    RejectionDecision,
    WithholdingDecision,
)
from statsbidrag.exchange.letters.letterhead import Letterhead, Reference
from statsbidrag.terms.kronor import in_words


class Signed(TypedDict):
    """What every decision says of those who made it, and of appeal (31-32 §§ FL, § 15)."""

    appeal: str
    decision_maker: str
    presenter: str
    others: tuple[str, ...]


def signed(decision: Decision) -> Signed:
    """Gives who made a decision and whether it may be appealed."""
    approval = decision.approval
    deputy = f" i stället för {approval.acting_for}" if approval.acting_for else ""
    return Signed(
        appeal=decision.basis.rules.no_appeal.value,
        decision_maker=f"{approval.decision_maker}{deputy}",
        presenter=approval.presenter,
        others=approval.took_part,
    )


def grant_letter(decision: Decision, head: Letterhead, round_: Round, reasons: tuple[str, ...]) -> GrantDecision:
    """Gives the letter of a grant, with its conditions and everything that the recipient must know (§§ 8-10, 13)."""
    rules = decision.basis.rules
    return GrantDecision(
        head=head,
        reasons=reasons,
        **signed(decision),
        requested=decision.proposal.kronor,
        granted=decision.proposal.kronor,
        reallocated=decision.proposal.reallocated,
        use_from=rules.use_from.value,
        use_to=rules.use_to.value,
        report_by=decision.basis.report_by,
        purpose=rules.purpose.value,
        may_use=rules.may_use.value,
        may_not_use=rules.may_not_use.value,
        conditions=tuple(condition.text for condition in decision.conditions),
        report_content=tuple(content.value for content in round_.report.contents),
        repayment_grounds=tuple(ground.text.value for ground in round_.repayment.grounds),
        because=decision.proposal.because,
    )


def reasons_of_grant(*, completed: bool, reallocated: bool) -> Iterator[str]:
    """Gives why a grant was given, a sentence or two each."""
    if completed:
        yield "Rekvisitionen och er komplettering kom in i tid, och beloppet ryms inom ert högsta belopp."
    else:
        yield "Rekvisitionen kom in i tid, och beloppet ryms inom ert högsta belopp."
    if reallocated:
        yield "Ni har angett att ni vill ta del av medel som inte har rekvirerats, och sådana medel finns."


def withholding_letter(
    decision: Decision, head: Letterhead, reasons: tuple[str, ...], *, of: Reference, ground: str
) -> WithholdingDecision:
    """Gives the letter that says that a grant is not paid out, wholly or in part (§ 12)."""
    assert decision.earlier is not None, "a withholding always concerns an earlier decision"
    return WithholdingDecision(
        head=head,
        reasons=reasons,
        **signed(decision),
        of=of,
        decided=decision.earlier.total,
        withheld=decision.total,
        ground=ground,
    )


def rejection_letter(
    decision: Decision,
    head: Letterhead,
    reasons: tuple[str, ...],
    *,
    requested: int,
    arrived: datetime,
    last_day: date,
    requisition: Reference,
) -> RejectionDecision:
    """Gives the letter that says that a requisition is not taken up, and why."""
    return RejectionDecision(
        head=head,
        reasons=reasons,
        **signed(decision),
        requested=requested,
        arrived=arrived,
        last_day=last_day,
        requisition=requisition,
    )


def amounts_changed(decision: Decision) -> tuple[AmendedAmount, ...]:
    """Gives the amounts that a correction or change alters."""
    now, before = decision.proposal, decision.replaces
    assert before is not None, "a correction or change always replaces an earlier decision"
    pairs = (
        ("Innehållet" if decision.subject == "withholding" else "Beviljat", before.proposal.kronor, now.kronor),
        ("Omfördelat", before.proposal.reallocated, now.reallocated),
    )
    return tuple(AmendedAmount(name, old, new) for name, old, new in pairs if old != new)


def effect_of(decision: Decision, paid_too_much: int = 0) -> tuple[str, ...]:
    """Gives what follows from a correction or change; ``paid_too_much`` is what is paid beyond the new sum."""
    difference = decision.difference
    if decision.subject == "withholding":
        more = "mindre" if difference > 0 else "mer"
        return (f"Vi betalar ut {in_words(abs(difference))} {more} än vi beslutade tidigare.",)
    if difference > 0:
        return (f"Vi betalar ut skillnaden, {in_words(difference)}.",)
    if difference == 0:
        return ("Beloppet ändras inte. Ni behöver inte göra något.",)
    if not paid_too_much:
        return (f"Bidraget blir {in_words(-difference)} lägre. Vi betalar ut det nya beloppet.",)
    return (
        f"Bidraget blir {in_words(-difference)} lägre, och {in_words(paid_too_much)} av det är redan utbetalt.",
        "Vi prövar om det ska betalas tillbaka. Ni får yttra er innan vi beslutar om det.",
    )
