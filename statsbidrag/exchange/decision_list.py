"""The list of decisions: every decision of an approval on a line, the same in the diary, in a file and in a play."""

from collections.abc import Iterable, Mapping

from statsbidrag.cycle import DECISION_KINDS, Decision
from statsbidrag.exchange.tables import Column, Table
from statsbidrag.terms.parties import Recipient

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


def decision_list(
    title: str,
    decisions: Iterable[Decision],
    recipients: Mapping[str, Recipient],
    about: tuple[tuple[str, str], ...] = (),
) -> Table:
    """Gives the list of decisions; only what gives money stands in the columns of granted and reallocated."""
    return Table(title, _COLUMNS, tuple(_row(one, recipients[one.recipient].name) for one in decisions), about)


def _row(decision: Decision, name: str) -> tuple[str | int, ...]:
    proposal = decision.proposal
    gives = decision.subject == "grant"
    return (
        decision.reference,
        proposal.diary_number,
        proposal.kind,
        decision.recipient,
        name,
        proposal.kronor if gives else 0,
        proposal.reallocated,
        decision.total,
        decision.basis.fingerprint,
    )
