"""Step 8 as it stands: who may have to pay back, each matter of repayment, and what it comes to (§§ 13-14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Sum

from statsbidrag.cycle import Claim, Communication, Holdings, Liability, ObviouslyUnnecessary, Owed, claim
from statsbidrag.cycle.ledger import MOVES
from statsbidrag.cycle.step_8_repayment import RepaymentRules
from statsbidrag.portal import models, rules
from statsbidrag.portal.models import LedgerEntry, Repayment
from statsbidrag.portal.queries.report_list import RowState, report_rows
from statsbidrag.terms.dates import day_of_arrival

MatterState = Literal["opened", "heard", "answered", "prepared", "decided", "closed"]
STATES: dict[MatterState, tuple[str, str]] = {
    "opened": ("Öppnat", "neutral"),
    "heard": ("Väntar på yttrande", "wait"),
    "answered": ("Att avgöra", "wait"),
    "prepared": ("Väntar på beslutsfattare", "wait"),
    "decided": ("Beslutat", "good"),
    "closed": ("Avslutat utan krav", "neutral"),
}
_ALONG = ("case", "communication__document__entry", "communication__answer__entry", "opened_by")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recipient with money that may have to be paid back, and why; kronor.

    unused   paid and not reported as used; ``used`` what is reported as used
    report   how far its report has come
    """

    key: str
    name: str
    unused: int
    used: int
    report: RowState
    flags: tuple[str, ...]
    matters: tuple[Repayment, ...]

    @property
    def open_matter(self) -> Repayment | None:
        """The matter that is looked into now, or None."""
        return next((one for one in self.matters if state_of(one) not in ("decided", "closed")), None)


def repayment_rules(year: int) -> RepaymentRules:
    """Gives what the round says of repayment."""
    return rules.round_rules(year).repayment


def holdings(year: int, recipient: str) -> Holdings:
    """Gives what the ledger says a recipient holds: what is not used, and what is; kronor."""
    return _holdings(year).get(recipient, Holdings(recipient, 0, 0))


def candidates(year: int, today: date) -> tuple[Candidate, ...]:
    """Gives everyone that has unused money or has not reported in time or is flagged, or has a matter."""
    held, matters = _holdings(year), _matters(year)
    found = []
    for row in report_rows(year, today):
        own = held.get(row.key, Holdings(row.key, 0, 0))
        unused = own.unused if row.number or row.state == "overdue" else 0
        if unused or row.flags or row.key in matters or row.state == "overdue":
            found.append(Candidate(row.key, row.name, unused, own.used, row.state, row.flags, matters.get(row.key, ())))
    return tuple(found)


def matter(year: int, recipient: str, number: int) -> Repayment | None:
    """Gives a matter by its number, or None."""
    rows = Repayment.objects.filter(year=year, recipient=recipient).select_related(*_ALONG)
    return rows.prefetch_related("decisions__approval").filter(pk=number).first()


def state_of(row: Repayment) -> MatterState:
    """Says how far a matter has come."""
    decisions = list(row.decisions.all())
    if row.closed:
        return "closed"
    if decisions:
        return "decided" if all(one.approval_id for one in decisions) else "prepared"
    heard = heard_in(row)
    if heard is None:
        return "answered" if row.unnecessary else "opened"
    return "answered" if heard.answered else "heard"


def heard_in(row: Repayment) -> models.Communication | None:
    """Gives the letter that let the recipient answer, or None."""
    return getattr(row, "communication", None)


def liabilities_of(row: Repayment) -> tuple[Liability, ...]:
    """Gives the grounds of a matter as the steps know them."""
    known = repayment_rules(row.year)
    return tuple(
        Liability(known.ground(one["ground"]), one["money"], one["kronor"], one["why"]) for one in row.liabilities
    )


def owed_in(row: Repayment) -> Owed:
    """Gives what a matter comes to."""
    return Owed(row.recipient, liabilities_of(row))


def claim_in(row: Repayment, day: date) -> Claim:
    """Gives what a matter is decided as; raises Fault for what is missing (§ 14)."""
    heard = heard_in(row)
    told: Communication | ObviouslyUnnecessary = ObviouslyUnnecessary(row.unnecessary)
    if heard is not None:
        answered = day_of_arrival(heard.answered) if heard.answered else None
        told = Communication(day_of_arrival(heard.sent), heard.answer_by, answered, heard.arguments)
    return claim(
        repayment_rules(row.year),
        owed_in(row),
        told,
        day=day,
        waived=row.waived,
        special_reasons=row.special_reasons,
        reply=row.reply,
    )


def own_matters(year: int, recipient: str) -> tuple[Repayment, ...]:
    """Gives the matters in which a recipient has been written to, the latest first."""
    rows = Repayment.objects.filter(year=year, recipient=recipient, communication__isnull=False)
    return tuple(rows.select_related(*_ALONG).prefetch_related("decisions").order_by("-id"))


def _matters(year: int) -> Mapping[str, tuple[Repayment, ...]]:
    found: dict[str, tuple[Repayment, ...]] = {}
    rows = Repayment.objects.filter(year=year).select_related("communication").prefetch_related("decisions")
    for row in rows:
        found[row.recipient] = (*found.get(row.recipient, ()), row)
    return found


def _holdings(year: int) -> Mapping[str, Holdings]:
    sums: dict[str, dict[str, int]] = {}
    moved = LedgerEntry.objects.filter(year=year).order_by().values_list("recipient", "cause")
    for recipient, cause, kronor in moved.annotate(total=Sum("kronor")):
        own = sums.setdefault(recipient, {"paid": 0, "used": 0})
        move = MOVES[cause]
        for account, sign in ((move.moved_to, 1), (move.moved_from, -1)):
            if account in own:
                own[account] += sign * kronor
    return {key: Holdings(key, own["paid"], own["used"]) for key, own in sums.items()}
