"""The delegation register (delegationsordningen): lines are added and ended; what has been decided under one stands."""

from dataclasses import dataclass
from datetime import date, timedelta

from statsbidrag.cycle import DECISION_KINDS, DecisionKind
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import Mandate, Role
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

_WHERE = "delegationsordningen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line to add: who decides what, up to which sum in kronor (None is no limit), in which period."""

    holder: int
    kinds: tuple[DecisionKind, ...]
    valid_from: date
    valid_to: date
    at_most: int | None = None
    deputy: int | None = None


def add_line(visitor: Visitor | None, line: Line) -> Mandate:
    """Adds a line. Raises Fault where the period ends before it begins, or someone is its own deputy."""
    access.require(visitor, "administer")
    _refuse_misfit(line)
    with writing():
        return Mandate.objects.create(
            holder_id=line.holder,
            kinds=[kind for kind in DECISION_KINDS if kind in line.kinds],
            at_most=line.at_most,
            valid_from=line.valid_from,
            valid_to=line.valid_to,
            deputy_id=line.deputy,
        )


def end_line(visitor: Visitor | None, mandate: Mandate, today: date) -> None:
    """Ends a line from today; it stays in the register with the day on which it ended."""
    access.require(visitor, "administer")
    with writing():
        Mandate.objects.filter(pk=mandate.pk, valid_to__gte=today).update(valid_to=today - timedelta(days=1))


def _refuse_misfit(line: Line) -> None:
    if not line.kinds:
        raise Fault(_WHERE, "Inget slag av beslut är valt.", "Välj minst ett.")
    if line.valid_to < line.valid_from:
        raise Fault(_WHERE, "Sista dagen ligger före den första.", "Rätta en av dagarna.")
    if line.deputy == line.holder:
        raise Fault(_WHERE, "Ersättaren är samma person som beslutsfattaren.", "Välj någon annan, eller ingen.")
    people = {line.holder, line.deputy} - {None}
    holders = Role.objects.filter(person__in=people, kind="decision_maker", ended=None)
    if holders.values("person").distinct().count() < len(people):
        why = "Den som beslutar, och den som ersätter, måste ha rollen beslutsfattare."
        raise Fault(_WHERE, why, "Ge rollen på sidan Medarbetare först.")
