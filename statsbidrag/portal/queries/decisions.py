"""The decisions of a round as the steps know them: made, standing, to be paid and withheld; and who may make them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q

from statsbidrag.cycle import (
    Approval,
    Basis,
    Bias,
    Decision,
    Mandate,
    Payable,
    Proposal,
    Register,
    Withholding,
    standing,
)
from statsbidrag.portal import models, rules
from statsbidrag.portal.queries.prepared import RECIPIENT, YEAR, Prepared
from statsbidrag.portal.reasons import as_said
from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import day_of_arrival

_FIELDS = (
    "kind",
    "reference",
    "case__number",
    "recipient",
    "kronor",
    "reallocated",
    "earlier__reference",
    "fingerprint",
    "approval_id",
)
_APPROVAL = ("id", "day", "decision_maker__name", "presenter__name", "took_part", "acting_for__name")
_NOT_READ = Because("Skälen står i beslutet")


def basis(year: int, fingerprint: str = "") -> Basis:
    """Gives what every decision of a round is made on; ``fingerprint`` is that of the rules of an earlier decision."""
    round_, moment = rules.round_rules(year), _reallocated(year)
    return Basis(
        round_.decision,
        round_.allocation.pot.value,
        round_.report.last_day.value,
        day_of_arrival(moment) if moment else None,
        fingerprint or rules.fingerprint(year),
    )


def register() -> Register:
    """Gives the delegation register and every note of bias, with people by their names at the agency."""
    mandates = models.Mandate.objects.order_by("id").values_list(
        "holder__name", "kinds", "valid_from", "valid_to", "at_most", "deputy__name"
    )
    biases = models.Bias.objects.order_by("id").values_list("officer__name", "recipient", "note")
    return Register(
        tuple(
            Mandate(holder, frozenset(kinds), begins, ends, at_most, deputy or "")
            for holder, kinds, begins, ends, at_most, deputy in mandates
        ),
        tuple(Bias(*row) for row in biases),
    )


def decided(year: int, recipient: str = "", *, reasons: bool = True) -> tuple[Decision, ...]:
    """Gives every decision made in a round, or those on one recipient, in the order in which they were prepared.

    Without ``reasons`` it is quicker, and each says that its reasons stand in the decision.
    """
    return _decided(year, recipient, as_said if reasons else _unread)


def payables(year: int) -> tuple[Payable, ...]:
    """Gives what each recipient is to be paid: the sum that stands, under the number of its first decision."""
    made = _decided(year, "", _unread)
    first = _first_grants(made)
    return tuple(
        Payable(first[one.recipient], one.recipient, one.total, one.approval.day)
        for one in standing(made)
        if one.subject == "grant"
    )


def withholdings(year: int) -> tuple[Withholding, ...]:
    """Gives what is withheld by the decisions that stand, each with its ground (§ 12)."""
    made = _decided(year, "", _unread)
    first, repayment = _first_grants(made), rules.round_rules(year).repayment
    grounds = dict(_rows(year).exclude(ground="").values_list("reference", "ground"))
    return tuple(
        Withholding(
            one.reference,
            first[one.recipient],
            one.total,
            repayment.ground(grounds[one.reference]),
            one.approval.day,
        )
        for one in standing(made)
        if one.subject == "withholding" and one.total
    )


def proposal_of(row: models.Decision) -> Proposal:
    """Gives a prepared decision as the step knows it; its case and the decision it builds on are read along."""
    return Proposal(
        row.kind,  # type: ignore[arg-type]  # what was stored is a kind of decision
        row.reference,
        row.case.number,
        row.recipient,
        as_said(row.because),
        row.kronor,
        row.reallocated,
        row.earlier.reference if row.earlier else "",
    )


def _decided(year: int, recipient: str, said: Callable[[Mapping[str, Any]], Because]) -> tuple[Decision, ...]:
    """Rebuilds the decisions from their rows; a decision never comes before the one it builds on."""
    asked = _MADE[bool(recipient), said is as_said]
    approvals = {
        id_: Approval(day, decision_maker, presenter, tuple(others), acting_for or "")
        for id_, day, decision_maker, presenter, others, acting_for in _APPROVALS.rows({YEAR: year})
    }
    bases: dict[str, Basis] = {}
    made: dict[str, Decision] = {}
    rows = asked.rows({YEAR: year, RECIPIENT: recipient})
    for kind, reference, number, key, kronor, more, earlier, fingerprint, approval, *because in rows:
        if fingerprint not in bases:
            bases[fingerprint] = basis(year, fingerprint)
        why = said(because[0]) if because else _NOT_READ
        proposal = Proposal(kind, reference, number, key, why, kronor, more, earlier or "")
        made[reference] = Decision(proposal, approvals[approval], bases[fingerprint], made.get(earlier))
    return tuple(made.values())


def _asking(*, of_one: bool, reasons: bool) -> Prepared:
    """The question for the decisions of a round or of one recipient in it, with their reasons or without."""
    read = (*_FIELDS, "because") if reasons else _FIELDS
    which = Q(recipient=RECIPIENT) if of_one else Q()
    return Prepared(lambda: _rows(YEAR).filter(which).order_by("id").values_list(*read))


_MADE = {(one, why): _asking(of_one=one, reasons=why) for one in (True, False) for why in (True, False)}
_APPROVALS = Prepared(
    lambda: models.Approval.objects.filter(pk__in=_rows(YEAR).values("approval_id")).values_list(*_APPROVAL)
)
_MOMENT_SHARED = Prepared(lambda: models.Round.objects.filter(pk=YEAR).values_list("reallocated"))


def _rows(year: int) -> Any:
    return models.Decision.objects.filter(year=year, approval__isnull=False)


def _first_grants(made: Iterable[Decision]) -> dict[str, str]:
    first: dict[str, str] = {}
    for one in made:
        if one.proposal.kind == "grant":
            first.setdefault(one.recipient, one.reference)
    return first


def _reallocated(year: int) -> Any:
    row = _MOMENT_SHARED.first({YEAR: year})
    return row[0] if row else None


def _unread(_: Mapping[str, Any]) -> Because:
    return _NOT_READ
