"""Folder 4-decision: the decisions of the round by one approval, as a list and as a letter to each registry."""

from collections.abc import Iterator

from statsbidrag.cycle import Decision
from statsbidrag.exchange.decision_list import decision_list
from statsbidrag.exchange.letters.deciding import (
    grant_letter,
    reasons_of_grant,
    rejection_letter,
    withholding_letter,
)
from statsbidrag.exchange.letters.decisions import GrantDecision, RejectionDecision, WithholdingDecision
from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.play.papers.desk import Desk, Paper


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives the list of decisions and the letters."""
    made = desk.giving.decisions
    about = (("Beslutade på en gång", f"{len(made)} beslut genom ett godkännande"),)
    table = decision_list(f"Beslut {desk.stage.year}", made, desk.stage.recipients, about)
    yield from desk.list_papers("decisions", table, desk.stage.decided_on)
    for decision in desk.giving.decisions:
        yield f"letters/{decision.recipient}-{decision.proposal.kind}.pdf", _letter(desk, decision)


def _letter(desk: Desk, decision: Decision) -> Letter:
    match decision.proposal.kind:
        case "grant":
            return _grant(desk, decision)
        case "withholding":
            return _withholding(desk, decision)
        case _:
            return _rejection(desk, decision)


def _grant(desk: Desk, decision: Decision) -> GrantDecision:
    completed = any(
        one.requisition.completes
        for one in desk.giving.intake.reviews
        if one.requisition.recipient == decision.recipient
    )
    reasons = reasons_of_grant(completed=completed, reallocated=decision.proposal.reallocated > 0)
    head = desk.head(decision.recipient, "grant", decision.approval.day)
    return grant_letter(decision, head, desk.stage.round, tuple(reasons))


def _withholding(desk: Desk, decision: Decision) -> WithholdingDecision:
    head = desk.head(decision.recipient, "withholding", decision.approval.day)
    return withholding_letter(
        decision,
        head,
        (decision.proposal.because.says,),
        of=desk.entered(decision.recipient, "grant"),
        ground=desk.stage.round.repayment.grounds[0].text.value,
    )


def _rejection(desk: Desk, decision: Decision) -> RejectionDecision:
    key = decision.recipient
    [review] = [
        one for one in desk.giving.intake.reviews if one.requisition.recipient == key and one.state == "rejected"
    ]
    asked = review.requisition
    return rejection_letter(
        decision,
        desk.head(key, "rejection", decision.approval.day),
        tuple(found.says for found in review.findings if found.weight in ("rejects", "essential")),
        requested=asked.amount or 0,
        arrived=asked.arrived,
        last_day=desk.stage.round.requisition.last_day.value,
        requisition=desk.entered(key, f"requisition {asked.reference}"),
    )
