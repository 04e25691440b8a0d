"""The joint account of a round as it would be today: the ledger, the reports that stand, and what the agency writes."""

from statsbidrag.cycle import Account, account
from statsbidrag.exchange.joint_account import reported_in
from statsbidrag.portal import rules
from statsbidrag.portal.models import JointAccount
from statsbidrag.portal.queries.ledger import ledger
from statsbidrag.portal.queries.reports import outcome_of, standing

_NOT_WRITTEN = "Bedömningen är inte skriven än."


def account_of(year: int, assessment: str = "") -> Account:
    """Gives the account with every sum tied to the ledger; raises Fault where a report and the book do not agree."""
    reports = [reported_in(key, outcome_of(row)) for key, row in standing(year).items()]
    of_round = rules.round_rules(year).account
    written = assessment.strip() or _NOT_WRITTEN
    return account(of_round, rules.recipients().values(), ledger(year), reports, assessment=written)


def draft_of(year: int) -> JointAccount | None:
    """Gives what the agency has written, or None before anyone has begun."""
    rows = JointAccount.objects.filter(pk=year).select_related("changed_by", "decided_by", "presenter")
    return rows.first()
