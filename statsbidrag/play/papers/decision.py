"""Folder 4-decision: the decisions of the round by one approval, as a list and as a letter to each registry."""

from collections.abc import Iterator

from statsbidrag.cycle import DECISION_KINDS, Decision
from statsbidrag.exchange.letters.decisions import GrantDecision, RejectionDecision, WithholdingDecision
from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.exchange.tables import Column, Table
from statsbidrag.play.papers.desk import Desk, Paper

_COLUMNS = (
    Column("reference", "Beslut"),
    Column("diary_number", "Dnr"),
    Column("kind", "Beslut om", words=dict(DECISION_KINDS.items())),
    Column("recipient", "Mottagare"),
    Column("name", "Namn"),
    Column("granted", "Beviljat (kr)", "kronor"),
    Column("reallocated", "Omfördelat (kr)", "kronor"),
    Column("total", "Summa (kr)", "kronor"),
    Column("fingerprint", "Reglernas fingeravtryck"),
)


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives the list of decisions and the letters."""
    rows = tuple(_row(desk, decision) for decision in desk.giving.decisions)
    about = (("Beslutade på en gång", f"{len(rows)} beslut genom ett godkännande"),)
    table = Table(f"Beslut {desk.stage.year}", _COLUMNS, rows, about)
    yield from desk.list_papers("decisions", table, desk.stage.decided_on)
    for decision in desk.giving.decisions:
        yield f"letters/{decision.recipient}-{decision.proposal.kind}.pdf", _letter(desk, decision)


def _row(desk: Desk, decision: Decision) -> tuple[str | int, ...]:
    proposal = decision.proposal
    gives = proposal.kind == "grant"
    return (
        decision.reference,
        proposal.diary_number,
        proposal.kind,
        decision.recipient,
        desk.stage.recipients[decision.recipient].name,
        proposal.kronor if gives else 0,
        proposal.reallocated,
        decision.total,
        decision.basis.fingerprint,
    )


def _letter(desk: Desk, decision: Decision) -> Letter:
    match decision.proposal.kind:
        case "grant":
            return _grant(desk, decision)
        case "withholding":
            return _withholding(desk, decision)
        case _:
            return _rejection(desk, decision)


def _grant(desk: Desk, decision: Decision) -> GrantDecision:
    round_, rules, approval = desk.stage.round, decision.basis.rules, decision.approval
    return GrantDecision(
        head=desk.head(decision.recipient, "grant", approval.day),
        reasons=tuple(_grounds(desk, decision)),
        appeal=decision.basis.rules.no_appeal.value,
        decision_maker=approval.decision_maker,
        presenter=approval.presenter,
        others=approval.took_part,
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


def _grounds(desk: Desk, decision: Decision) -> Iterator[str]:
    """Why the grant was given, a sentence or two each."""
    completed = any(
        one.requisition.completes
        for one in desk.giving.intake.reviews
        if one.requisition.recipient == decision.recipient
    )
    if completed:
        yield "Rekvisitionen och er komplettering kom in i tid, och beloppet ryms inom ert högsta belopp."
    else:
        yield "Rekvisitionen kom in i tid, och beloppet ryms inom ert högsta belopp."
    if decision.proposal.reallocated:
        yield "Ni har angett att ni vill ta del av medel som inte har rekvirerats, och sådana medel finns."


def _withholding(desk: Desk, decision: Decision) -> WithholdingDecision:
    approval, earlier = decision.approval, decision.earlier
    assert earlier is not None, "a withholding always concerns an earlier decision"
    return WithholdingDecision(
        head=desk.head(decision.recipient, "withholding", approval.day),
        reasons=(decision.proposal.because.says,),
        appeal=decision.basis.rules.no_appeal.value,
        decision_maker=approval.decision_maker,
        presenter=approval.presenter,
        others=approval.took_part,
        of=desk.entered(decision.recipient, "grant"),
        decided=earlier.total,
        withheld=decision.total,
        ground=desk.stage.round.repayment.grounds[0].text.value,
    )


def _rejection(desk: Desk, decision: Decision) -> RejectionDecision:
    approval, key = decision.approval, decision.recipient
    [review] = [
        one for one in desk.giving.intake.reviews if one.requisition.recipient == key and one.state == "rejected"
    ]
    asked = review.requisition
    return RejectionDecision(
        head=desk.head(key, "rejection", approval.day),
        reasons=tuple(found.says for found in review.findings if found.weight in ("rejects", "essential")),
        appeal=decision.basis.rules.no_appeal.value,
        decision_maker=approval.decision_maker,
        presenter=approval.presenter,
        others=approval.took_part,
        requested=asked.amount or 0,
        arrived=asked.arrived,
        last_day=desk.stage.round.requisition.last_day.value,
        requisition=desk.entered(key, f"requisition {asked.reference}"),
    )
