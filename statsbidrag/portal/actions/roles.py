"""Roles: they begin, they end, and with them every right at once; what is over is kept as history."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q

from statsbidrag.portal import access
from statsbidrag.portal.access import AGENCY, Right, RoleKind, Visitor
from statsbidrag.portal.actions import post
from statsbidrag.portal.correspondence import AMONG_STAFF, BETWEEN_COLLEAGUES, mail_text, name_of, word_of
from statsbidrag.portal.models import Invitation, Role
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, TEXT, PreparedObjects
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

# Who may invite to a role may also end it. Nobody invites an agent: one applies to the agency for that.
INVITING: Mapping[str, Right] = {
    "deputy": "invite deputy",
    "coordinator": "invite coordinator",
    "signatory": "invite signatory",
    "reader": "invite reader",
    "region_planner": "invite in region",
    "mandate_holder": "invite in region",
    "clinic": "invite to clinic",
    "clinic_head": "invite to clinic",
    **dict.fromkeys(AGENCY, "administer"),
}

_KNOWN = PreparedObjects[Role](
    lambda: Role.objects.filter(person=ID, kind=TEXT, recipient=RECIPIENT, ended=None).order_by("id")
)


def begin(person: int, kind: str, recipient: str, now: datetime, *, by: int) -> Role:
    """Begins a role as a part of another deed, which has checked who may; one that is already held stays as it is."""
    with writing():
        known = _KNOWN.one({ID: person, TEXT: kind, RECIPIENT: recipient})
        return known or store(Role(person_id=person, kind=kind, recipient=recipient, since=now, given_by_id=by))


def finish(roles: Iterable[Role], now: datetime, *, by: int) -> None:
    """Ends roles as a part of another deed; invitations by their holders that nobody has answered end with them.

    A region's planner has invited to its clinics too.
    """
    for role in roles:
        Role.objects.filter(pk=role.pk, ended=None).update(ended=now, ended_by_id=by)
        there = Q(recipient=role.recipient)
        if role.kind == "region_planner":
            there |= Q(recipient__startswith=access.clinics_of(role.recipient))
        waiting = Invitation.objects.filter(there, invited_by_id=role.person_id, accepted=None, revoked=None)
        waiting.update(revoked=now)


def end_role(visitor: Visitor | None, role_id: int, now: datetime) -> Role:
    """Ends one's own role, or a colleague's that one may invite to; the rights end with the very next page."""
    with writing():
        role = _standing(role_id)
        own = visitor is not None and role.person_id == visitor.id and not _at_agency(role)
        ender = access.require(visitor, "leave" if own else _ending(role), role.recipient)
        if _at_agency(role):
            _refuse_to_lock_everyone_out(role)
        finish([role], now, by=ender.id)
        if not own:
            _tell(role, ender, now)
        return role


def remove_organisation(visitor: Visitor | None, recipient: str, now: datetime) -> int:
    """Ends every role that anyone holds for a recipient, the agent's own too; gives how many."""
    agent = access.require(visitor, "remove organisation", recipient)
    with writing():
        roles = list(Role.objects.filter(recipient=recipient, ended=None, kind__in=_OF_THE_RECIPIENT))
        finish(roles, now, by=agent.id)
        Invitation.objects.filter(recipient=recipient, accepted=None, revoked=None).update(revoked=now)
        for role in roles:
            if role.person_id != agent.id:
                _tell(role, agent, now)
        return len(roles)


def give_at_agency(visitor: Visitor | None, person: int, kind: RoleKind, now: datetime) -> Role:
    """Gives someone who already works at the agency one more role there; nobody gives one to oneself."""
    administrator = access.require(visitor, "administer")
    with writing():
        if person == administrator.id:
            raise Fault("medarbetare", "Ingen kan ge sig själv en roll.", "Be en annan systemförvaltare.")
        if kind not in AGENCY or not Role.objects.filter(person_id=person, recipient="", ended=None).exists():
            raise Fault("medarbetare", "Personen har ingen roll här ännu.", "Bjud in personen med e-post först.")
        return begin(person, kind, "", now, by=administrator.id)


def refuse_namesake(person: int, name: str) -> None:
    """Refuses a second person with the same name at the agency, since decisions name people. Raises Fault."""
    namesakes = Role.objects.filter(recipient="", ended=None, person__name__iexact=name).exclude(person_id=person)
    if namesakes.exists():
        raise Fault(
            "medarbetare",
            f"En annan medarbetare heter också {name}, och beslut anger medarbetare med namn.",
            "Be systemförvaltaren avsluta den andras roller, eller ändra namnet i e-legitimationen.",
        )


_OF_THE_RECIPIENT = ("agent", "deputy", "coordinator", "signatory", "reader")


def _standing(role_id: int) -> Role:
    role = Role.objects.select_related("person").filter(pk=role_id, ended=None).first()
    if role is None:
        raise Fault("uppdraget", "Uppdraget är redan avslutat.", "Läs in sidan igen.")
    return role


def _at_agency(role: Role) -> bool:
    return role.kind in AGENCY


def _ending(role: Role) -> Right:
    right = INVITING.get(role.kind)
    if right is None:
        why = f"Ingen annan än {word_of(role.kind)} själv kan avsluta uppdraget."
        raise access.Refused("uppdraget", why, "Ett nytt ombud som myndigheten godkänner ersätter det gamla.")
    return right


def _refuse_to_lock_everyone_out(role: Role) -> None:
    others = Role.objects.filter(kind="administrator", recipient="", ended=None).exclude(pk=role.pk)
    if role.kind == "administrator" and not others.exists():
        raise Fault("medarbetare", "Det måste finnas minst en systemförvaltare.", "Ge någon annan rollen först.")


def _tell(role: Role, by: Visitor, now: datetime) -> None:
    if not role.person.email:
        return
    word, where = word_of(role.kind), name_of(role.recipient)
    body = mail_text(
        f"{by.name} har avslutat uppdraget som {word} för {where}. Det ger inte längre tillgång till ärendena där."
    )
    post.send(
        role.person.email,
        f"Uppdraget för {where} är avslutat",
        body,
        now,
        occasion=AMONG_STAFF if _at_agency(role) else BETWEEN_COLLEAGUES,
        recipient=role.recipient,
    )
