"""Step 8, repayment (§§ 13-14): a matter is opened on its grounds, the recipient heard, the decision prepared.

Nothing is decided before the recipient has been heard, or a reason is given why that is obviously unnecessary (adm-05).
"""

from collections.abc import Iterable
from datetime import datetime

from statsbidrag.cycle import Liability, Owed, owed, unreported, unused_in_batch
from statsbidrag.portal import access, models
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.cases import grant_case
from statsbidrag.portal.actions.proposals import prepare
from statsbidrag.portal.models import ReceivedReport, Repayment
from statsbidrag.portal.queries.decisions import basis, decided
from statsbidrag.portal.queries.repayments import candidates, claim_in, holdings, repayment_rules, state_of
from statsbidrag.portal.queries.to_decide import Proposed
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.faults import Fault

_OWN_FIGURE = "Beloppet är det som ni själva har redovisat som oanvänt."
_REASON_TO_CLAIM = "Det finns grund för återbetalning. Ni är därför skyldiga att betala tillbaka bidraget i den delen."
_NO_REASON_TO_WAIVE = "Det har inte kommit fram några särskilda skäl att avstå från återkravet."


def open_matter(
    visitor: Visitor | None, year: int, recipient: str, liabilities: Iterable[Liability], *, now: datetime
) -> Repayment:
    """Opens a matter on the grounds found. Raises Fault where a ground does not reach the money, or there is none."""
    officer = access.require(visitor, "hear", recipient)
    with writing():
        _refuse_second(year, recipient)
        found = owed(repayment_rules(year), holdings(year, recipient), liabilities)
        if not found.total:
            raise Fault(
                f"återbetalning {recipient}", "Det finns inget att återbetala.", "Ange en grund och ett belopp."
            )
        return _store(year, found, officer, now)


def open_unreported(visitor: Visitor | None, year: int, recipient: str, now: datetime) -> Repayment:
    """Opens a matter on everything that was paid, where no report has come in time (§ 13 p 4)."""
    officer = access.require(visitor, "hear", recipient)
    with writing():
        _refuse_second(year, recipient)
        reported = ReceivedReport.objects.filter(year=year, recipient=recipient).order_by("number").first()
        found = unreported(
            repayment_rules(year),
            holdings(year, recipient),
            report_by=basis(year).report_by,
            reported=day_of_arrival(reported.came_in) if reported else None,
            today=day_of_arrival(now),
        )
        if not found.total:
            why = "En redovisning har kommit in, eller dagen har inte passerat."
            raise Fault(f"återbetalning {recipient}", why, "Pröva en annan grund.")
        return _store(year, found, officer, now)


def claim_unused(visitor: Visitor | None, year: int, now: datetime) -> int:
    """Prepares, as a list, a claim on all that recipients have reported as unused; gives how many (§ 13 p 2).

    Hearing them is obviously unnecessary, since the figure is their own. A case that is biased, already looked into,
    or waits for a completion is left out.
    """
    presenter = access.require(visitor, "prepare decision")
    with writing():
        known = {one.key: one for one in candidates(year, day_of_arrival(now))}
        wanted = [
            holdings(year, key)
            for key, one in known.items()
            if one.unused and one.report in ("sent", "accepted") and not one.matters and key not in presenter.biased
        ]
        found = unused_in_batch(repayment_rules(year), wanted)
        for each in found:
            row = _store(year, each, presenter, now, in_batch=True)
            _prepare(presenter, row, now)
        return len(found)


def prepare_claim(
    visitor: Visitor | None,
    row: Repayment,
    *,
    now: datetime,
    waived: int = 0,
    special_reasons: str = "",
    reply: str = "",
    unnecessary: str = "",
) -> tuple[models.Decision, ...]:
    """Prepares the decision to claim, to waive for special reasons, or a part of each (§ 14).

    Raises Fault where the recipient may still answer, its arguments are not answered, or reasons are missing.
    """
    presenter = access.require(visitor, "prepare decision", row.recipient)
    with writing():
        if state_of(row) in ("prepared", "decided", "closed"):
            raise Fault(f"återbetalning {row.reference}", "Beslutet är redan berett.", "Ta tillbaka det först.")
        row.waived, row.special_reasons, row.reply = waived, special_reasons.strip(), reply.strip()
        row.unnecessary = unnecessary.strip()
        row.save(update_fields=["waived", "special_reasons", "reply", "unnecessary"])
        return _prepare(presenter, row, now)


def close(visitor: Visitor | None, row: Repayment, because: str, now: datetime) -> None:
    """Closes a matter without a claim, with the reason."""
    access.require(visitor, "hear", row.recipient)
    with writing():
        if not because.strip():
            raise Fault(f"återbetalning {row.reference}", "Skälet saknas.", "Skriv varför inget krävs tillbaka.")
        if state_of(row) in ("prepared", "decided"):
            raise Fault(
                f"återbetalning {row.reference}", "Ett beslut är berett eller fattat.", "Ta tillbaka det först."
            )
        row.closed, row.closed_because = now, because.strip()
        row.save(update_fields=["closed", "closed_because"])


def _prepare(presenter: Visitor, row: Repayment, now: datetime) -> tuple[models.Decision, ...]:
    """Makes the prepared decisions of a matter: a claim, a waiver, or both."""
    decided_as = claim_in(row, day_of_arrival(now))
    grant = next(one for one in decided(row.year, row.recipient, reasons=False) if one.proposal.kind == "grant")
    earlier = _standing_grant(row, grant.reference)
    made = []
    for kind, kronor in (("claim", decided_as.claimed), ("waiver", decided_as.waived)):
        if kronor:
            reasons = (_REASON_TO_CLAIM,) if row.waived else (_REASON_TO_CLAIM, _NO_REASON_TO_WAIVE)
            proposed = Proposed(
                kind=kind,  # type: ignore[arg-type]  # one of the two
                reasons=reasons,
                kronor=kronor,
                earlier=earlier,
                repayment=row.pk,
                because=decided_as.because(),
            )
            made.append(prepare(presenter, row.year, row.recipient, proposed, now=now))
    return tuple(made)


def _standing_grant(row: Repayment, grant: str) -> str:
    """The number of the decision on the grant that stands: the grant, or the last that has replaced it."""
    made = decided(row.year, row.recipient, reasons=False)
    later = {one.replaces.reference: one for one in made if one.replaces}
    while grant in later:
        grant = later[grant].reference
    return grant


def _refuse_second(year: int, recipient: str) -> None:
    for row in Repayment.objects.filter(year=year, recipient=recipient):
        if state_of(row) not in ("decided", "closed"):
            why = f"Ärendet {row.reference} pågår redan."
            raise Fault(f"återbetalning {recipient}", why, "Avgör eller avsluta det först.")


def _store(year: int, found: Owed, by: Visitor, now: datetime, *, in_batch: bool = False) -> Repayment:
    count = Repayment.objects.filter(year=year).count() + 1
    return store(
        Repayment(
            reference=f"Å-{year}-{count:04d}",
            year=year,
            recipient=found.recipient,
            case=grant_case(year, found.recipient, now),
            liabilities=[
                {"ground": one.rule.ground, "money": one.money, "kronor": one.kronor, "why": one.why}
                for one in found.liabilities
            ],
            in_batch=in_batch,
            unnecessary=_OWN_FIGURE if in_batch else "",
            opened=now,
            opened_by_id=by.id,
        )
    )
