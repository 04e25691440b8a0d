"""The end of the play: what is owed is communicated, claimed or waived, invoiced and repaid; then the account."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from statsbidrag.cycle import (
    Account,
    Claim,
    Communication,
    Decision,
    Holdings,
    Invoice,
    Liability,
    ObviouslyUnnecessary,
    Owed,
    Proposal,
    Repaid,
    Respite,
    Settlement,
    account,
    claim,
    decide,
    invoice,
    owed,
    settle_invoice,
    unreported,
    unused_in_batch,
)
from statsbidrag.cycle.grounds import Reach
from statsbidrag.cycle.ledger import Cause, Ledger, Posting
from statsbidrag.play.giving import Giving
from statsbidrag.play.stage import Stage
from statsbidrag.play.using import Using
from statsbidrag.terms.bank_days import bank_day_from
from statsbidrag.terms.giro import ocr_reference

_OWES: dict[Reach, Cause] = {"unused": "owed of unused", "used": "owed of used"}
_ASSESSMENT = (
    "Bidraget har gjort det möjligt att erbjuda fler hembesök i områden där utanförskapet är stort. De flesta "
    "mottagare redovisar att besöken har gjorts av två personer och regelbundet (påhittad bedömning)."
)
_ARGUMENTS = "Vi hann inte anställa familjestödjare före sommaren och ber att få behålla halva beloppet (påhittat)."
_REPLY = "Personalbrist under en del av året är inget särskilt skäl i sig (påhittat)."
_ARGUMENTS_TO_KEEP = (
    "Mottagningen var stängd under hösten efter en vattenskada. Vi ber att få behålla beloppet (påhittat)."
)
_REPLY_TO_KEEP = "Stängningen är ett särskilt skäl för halva beloppet, som avser hösten (påhittat)."
_SPECIAL_REASONS = (
    "En vattenskada stängde mottagningen under hösten, och familjerna fick besök av grannkommunen (påhittat)."
)


@dataclass(frozen=True, slots=True)
class Returned:
    """One recipient's repayment: what was claimed and why, the decisions, the invoice and where it stands."""

    claim: Claim
    decisions: tuple[Decision, ...]
    invoice: Invoice | None
    settlement: Settlement | None


@dataclass(frozen=True, slots=True)
class Returning:
    """What the end came to."""

    returned: Mapping[str, Returned]
    account: Account
    ledger: Ledger


def give_back(stage: Stage, giving: Giving, using: Using) -> Returning:
    """Plays steps 8 and 9, up to the day of the joint account."""
    claims = {each.owed.recipient: each for each in _claims(stage, giving, using)}
    returned = {key: _returned(stage, giving, each) for key, each in claims.items()}
    ledger = using.ledger.add(_postings(stage, returned))
    given = account(stage.round.account, stage.recipients.values(), ledger, using.reported, assessment=_ASSESSMENT)
    return Returning(returned, given, ledger)


def communicated_on(stage: Stage) -> date:
    """When the agency writes to those it considers claiming from: after the late reports have come in."""
    return bank_day_from(stage.round.report.last_day.value + timedelta(days=21))


def claimed_on(stage: Stage) -> date:
    """When it decides: after the last day to answer."""
    return bank_day_from(communicated_on(stage) + timedelta(days=stage.round.repayment.answer_days.value + 3))


def _claims(stage: Stage, giving: Giving, using: Using) -> Iterator[Claim]:
    """What each recipient reported as unused, in one batch; then the cases that have to be heard first."""
    rules, day = stage.round.repayment, claimed_on(stage)
    used = {report.recipient: report.used for report in using.reported}
    holdings = [Holdings(key, paid - used.get(key, 0), used.get(key, 0)) for key, paid in giving.paid.items()]
    reported = [held for held in holdings if held.recipient in used]
    unnecessary = ObviouslyUnnecessary("Beloppet är det ni själva har redovisat som oanvänt.")
    batch = unused_in_batch(rules, reported)
    for place, repayable in enumerate(batch):
        if place == 0 and rules.waiver.value != "none":
            yield _partly_waived(stage, repayable, day)
        else:
            yield claim(rules, repayable, unnecessary, day=day)
    own = {repayable.recipient for repayable in batch}
    for held in holdings:
        spoke = stage.behaviours[held.recipient].spoke
        repayable = _other_ground(stage, held, using, is_claimed=held.recipient in own, day=day)
        if repayable.total:
            heard, reply = _heard(stage, _ARGUMENTS if spoke else ""), _REPLY if spoke else ""
            yield claim(rules, repayable, heard, day=day, reply=reply)


def _partly_waived(stage: Stage, repayable: Owed, day: date) -> Claim:
    """Half of what is owed is waived, once the recipient has told why it wants to keep it."""
    return claim(
        stage.round.repayment,
        repayable,
        _heard(stage, _ARGUMENTS_TO_KEEP),
        day=day,
        waived=repayable.total // 2,
        special_reasons=_SPECIAL_REASONS,
        reply=_REPLY_TO_KEEP,
    )


def _other_ground(stage: Stage, held: Holdings, using: Using, *, is_claimed: bool, day: date) -> Owed:
    """Nothing was reported (ground 4), or a part was used against the conditions (ground 5, reaches used money)."""
    rules = stage.round.repayment
    reported = {report.recipient for report in using.reported}
    if held.recipient not in reported:
        return unreported(rules, held, report_by=stage.round.report.last_day.value, reported=None, today=day)
    if not is_claimed and held.recipient == _against_conditions(using, reported):
        part = held.used // 20
        why = "En tjugondel av besöken gjordes av en person (påhittat)."
        return owed(rules, held, [Liability(rules.ground("conditions broken"), "used", part, why)])
    return Owed(held.recipient, ())


def _against_conditions(using: Using, reported: set[str]) -> str:
    """The first recipient with nothing left whose own report says that visits were not made by two persons."""
    for key in (key for key in using.reports if key in reported):
        values = using.standing(key).values
        if values.get("ensured.two_persons") == "no" and values.get("unused") == 0:
            return key
    return ""


def _heard(stage: Stage, arguments: str) -> Communication:
    """A letter before the decision, and the recipient's answer where it gives one."""
    sent = communicated_on(stage)
    answer_by = sent + timedelta(days=stage.round.repayment.answer_days.value)
    if not arguments:
        return Communication(sent, answer_by)
    return Communication(sent, answer_by, answer_by - timedelta(days=4), arguments)


def _returned(stage: Stage, giving: Giving, decided: Claim) -> Returned:
    recipient, day = decided.owed.recipient, claimed_on(stage)
    [grant] = [decision for decision in giving.grants if decision.recipient == recipient]
    proposals = [_proposal(stage, grant, "claim", decided)] if decided.claimed else []
    proposals += [_proposal(stage, grant, "waiver", decided)] if decided.waived else []
    decisions = decide(stage.basis, proposals, stage.approval(day), stage.register, earlier=giving.decisions)
    if not decided.claimed:
        return Returned(decided, decisions, None, None)
    number = ocr_reference(f"{stage.year}{stage.numbers[recipient]:03d}")
    sent = invoice(stage.round.repayment, decided, number, day)
    until = stage.round.account.last_day.value
    settlement = settle_invoice(stage.round.repayment, sent, list(_events(stage, sent)), until)
    return Returned(decided, decisions, sent, settlement)


def _proposal(stage: Stage, grant: Decision, kind: Literal["claim", "waiver"], decided: Claim) -> Proposal:
    recipient = grant.recipient
    return Proposal(
        kind,
        f"{grant.reference}-{'Å' if kind == 'claim' else 'E'}1",
        stage.diary_number(recipient),
        recipient,
        decided.because(),
        decided.claimed if kind == "claim" else decided.waived,
        earlier=grant.reference,
    )


def _events(stage: Stage, sent: Invoice) -> Iterator[Repaid | Respite]:
    """Most pay before the due day, a few after it, and a few get respite and have not paid yet."""
    chance = random.Random(f"{stage.seed} {sent.recipient} repays")
    pays = stage.behaviours[sent.recipient].pays
    if pays == "in time":
        yield Repaid(sent.due - timedelta(days=chance.randint(1, 20)), sent.kronor)
    elif pays == "late":
        yield Repaid(sent.due + timedelta(days=chance.randint(1, 10)), sent.kronor)
    else:
        yield Respite(sent.issued + timedelta(days=10), sent.due + timedelta(days=90))


def _postings(stage: Stage, returned: Mapping[str, Returned]) -> Iterator[Posting]:
    day, until = claimed_on(stage), stage.round.account.last_day.value
    for recipient, each in returned.items():
        reference = each.decisions[0].reference
        for money, cause in _OWES.items():
            taken = each.claim.owed.taken_from(money)
            yield from stage.posting(cause, recipient, taken, reference, day=day)
        yield from stage.posting("waived", recipient, each.claim.waived, reference, day=day)
        if each.invoice and each.settlement:
            yield from stage.posting("repaid", recipient, each.settlement.repaid, each.invoice.reference, day=until)
