"""Who may do what: every right, and the roles that have it. Pages and deeds ask here and nowhere else.

A role is held for a recipient or at the agency. One person may hold several (adm-20) and then has all their rights.
Whoever has noted bias in a recipient's case is locked out of it (adm-07).
"""

from dataclasses import dataclass
from typing import Literal

from statsbidrag.terms.faults import Fault

RoleKind = Literal[
    "agent",
    "deputy",
    "coordinator",
    "signatory",
    "reader",
    "region_planner",
    "mandate_holder",
    "clinic",
    "clinic_head",
    "officer",
    "presenter",
    "decision_maker",
    "finance",
    "registrar",
    "auditor",
    "administrator",
]
Right = Literal[
    "see own case",
    "fill in",
    "submit",
    "see colleagues",
    "invite deputy",
    "invite coordinator",
    "invite signatory",
    "invite reader",
    "leave",
    "remove organisation",
    "certify",
    "see agency",
    "run round",
    "register",
    "judge agents",
    "prepare decision",
    "decide",
    "send letters",
    "prepare payment",
    "attest",
    "remind",
    "review report",
    "hear",
    "settle",
    "write account",
    "note",
    "note bias",
    "erase",
    "administer",
    "see region",
    "plan region",
    "decide in region",
    "invite in region",
    "see clinic",
    "act for clinic",
    "sign for clinic",
    "invite to clinic",
]

ROLES: dict[RoleKind, str] = {
    "agent": "ombud",
    "deputy": "representant",
    "coordinator": "uppgiftssamordnare",
    "signatory": "behörig företrädare",
    "reader": "läsbehörig",
    "region_planner": "regionplanerare",
    "mandate_holder": "beslutsfattare i regionen",
    "clinic": "medarbetare på vårdcentral eller BVC",
    "clinic_head": "verksamhetschef på vårdcentral eller BVC",
    "officer": "handläggare",
    "presenter": "föredragande",
    "decision_maker": "beslutsfattare",
    "finance": "ekonom",
    "registrar": "registrator",
    "auditor": "granskare",
    "administrator": "systemförvaltare",
}
AGENCY: frozenset[RoleKind] = frozenset(
    {"officer", "presenter", "decision_maker", "finance", "registrar", "auditor", "administrator"}
)
RECIPIENT: frozenset[RoleKind] = frozenset(ROLES) - AGENCY
_OWN: frozenset[RoleKind] = frozenset({"agent", "deputy", "coordinator", "signatory", "reader"})
_CASEWORK: frozenset[RoleKind] = frozenset({"officer", "presenter", "decision_maker", "finance", "registrar"})

# The agency's published matrix for agent, deputy and coordinator, and our own lines below it.
RIGHTS: dict[Right, frozenset[RoleKind]] = {
    "see own case": _OWN | {"region_planner"},
    "fill in": frozenset({"agent", "deputy", "coordinator"}),
    "submit": frozenset({"agent", "deputy"}),
    "see colleagues": _OWN,
    "invite deputy": frozenset({"agent"}),
    "invite coordinator": frozenset({"agent", "deputy"}),
    "invite signatory": frozenset({"agent", "deputy"}),
    "invite reader": frozenset({"agent", "deputy"}),
    "leave": RECIPIENT,
    "remove organisation": frozenset({"agent"}),
    "certify": frozenset({"signatory"}),
    "see agency": AGENCY,
    "run round": frozenset({"officer"}),
    "register": frozenset({"officer", "registrar"}),
    "judge agents": frozenset({"officer"}),
    "prepare decision": frozenset({"presenter"}),
    "decide": frozenset({"decision_maker"}),
    "send letters": frozenset({"officer", "presenter", "decision_maker", "registrar"}),
    "prepare payment": frozenset({"finance"}),
    "attest": frozenset({"finance", "decision_maker"}),
    "remind": frozenset({"officer"}),
    "review report": frozenset({"officer", "presenter"}),
    "hear": frozenset({"officer", "presenter"}),
    "settle": frozenset({"finance"}),
    "write account": frozenset({"officer", "presenter"}),
    "note": _CASEWORK,
    "note bias": _CASEWORK,
    "erase": frozenset({"registrar"}),
    "administer": frozenset({"administrator"}),
    "see region": frozenset({"region_planner", "mandate_holder"}),
    "plan region": frozenset({"region_planner"}),
    "decide in region": frozenset({"mandate_holder"}),
    "invite in region": frozenset({"region_planner"}),
    "see clinic": frozenset({"clinic", "clinic_head", "region_planner"}),
    "act for clinic": frozenset({"clinic", "clinic_head"}),
    "sign for clinic": frozenset({"clinic_head"}),
    "invite to clinic": frozenset({"clinic_head", "region_planner"}),
}
# A clinic is known by its region's key and a number of its own: ``region-18-clinic-7``.
_OF_A_CLINIC = "-clinic-"
# Rights that are held for a recipient; the others are held at the agency.
FOR_A_RECIPIENT: frozenset[Right] = frozenset(right for right, roles in RIGHTS.items() if roles <= RECIPIENT)
# And those of them that are held for a clinic: its region's planner has no other rights there.
AT_A_CLINIC: frozenset[Right] = frozenset(
    {"see clinic", "act for clinic", "sign for clinic", "invite to clinic", "leave"}
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone who has signed in, with every role held right now.

    roles   pairs of a role and the key of the recipient that it is held for; empty at the agency
    biased  the keys of the recipients in whose cases the visitor has noted bias
    """

    id: int
    name: str
    roles: frozenset[tuple[RoleKind, str]] = frozenset()
    biased: frozenset[str] = frozenset()

    def recipients(self) -> list[str]:
        """Gives the keys of the recipients that the visitor has a role for, in order."""
        return sorted({recipient for _, recipient in self.roles if recipient})

    @property
    def at_agency(self) -> bool:
        """Whether the visitor has any role at the agency."""
        return any(kind in AGENCY for kind, _ in self.roles)

    def kinds(self, recipient: str = "") -> frozenset[RoleKind]:
        """Gives the roles held for a recipient, or at the agency; a region's planner is that for its clinics too."""
        region = region_of(recipient)
        return frozenset(
            kind
            for kind, held_for in self.roles
            if held_for == recipient or (held_for == region and kind == "region_planner")
        )


def clinic_key(region: str, number: int) -> str:
    """Gives the key that roles at a clinic are held for."""
    return f"{clinics_of(region)}{number}"


def clinics_of(region: str) -> str:
    """Gives how the keys of all of a region's clinics begin."""
    return f"{region}{_OF_A_CLINIC}"


def region_of(key: str) -> str:
    """Gives the key of the region that a clinic's key is of; any other key is its own."""
    return key.partition(_OF_A_CLINIC)[0]


class Refused(Fault):
    """That someone may not do what it tried; the page says so with status 403."""


def may(visitor: Visitor | None, right: Right, recipient: str = "") -> bool:
    """Tells whether someone has a right: for a recipient, or at the agency in a recipient's case."""
    if visitor is None:
        return False
    if right in FOR_A_RECIPIENT:
        is_held_there = right in AT_A_CLINIC or region_of(recipient) == recipient
        return bool(recipient) and is_held_there and bool(RIGHTS[right] & visitor.kinds(recipient))
    return bool(RIGHTS[right] & visitor.kinds()) and recipient not in visitor.biased


def require(visitor: Visitor | None, right: Right, recipient: str = "") -> Visitor:
    """Gives the visitor back, or raises Refused where it may not; every deed begins with this."""
    if visitor is None or not may(visitor, right, recipient):
        raise Refused(*_refusal(visitor, right, recipient))
    return visitor


def _refusal(visitor: Visitor | None, right: Right, recipient: str) -> tuple[str, str, str]:
    if visitor is None:
        return "e-tjänsten", "Ni är inte inloggad.", "Logga in och försök igen."
    if recipient in visitor.biased:
        return "ärendet", "Du har anmält jäv i ärendet.", "Låt en kollega ta över det."
    *others, last = sorted(ROLES[kind] for kind in RIGHTS[right])
    who = f"{', '.join(others)} eller {last}" if others else last
    return "e-tjänsten", f"Det här får bara {who} göra.", "Be en kollega med rätt roll att göra det."
