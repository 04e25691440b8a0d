"""Invitations to colleagues: a link that expires, kept only as a hash; whoever opens it signs in and says yes or no."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from statsbidrag.portal import access, rules
from statsbidrag.portal.access import AGENCY, Visitor
from statsbidrag.portal.actions import post, roles
from statsbidrag.portal.correspondence import AMONG_STAFF, BETWEEN_COLLEAGUES, mail_text, name_of, word_of
from statsbidrag.portal.models import Invitation, Person, Role
from statsbidrag.portal.queries.prepared import MOMENT, RECIPIENT, TEXT, Prepared
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault

Link = Callable[[str], str]
_WHERE = "inbjudan"
_SAME = Prepared(
    lambda: Invitation.objects.filter(
        recipient=RECIPIENT, kind=TEXT, accepted=None, revoked=None, expires__gt=MOMENT
    ).values_list("email")
)


def invite(visitor: Visitor | None, recipient: str, kind: str, email: str, *, link: Link, now: datetime) -> Invitation:
    """Invites someone by e-mail to a role; ``link`` makes the whole address out of the secret that is mailed.

    For a role at the agency the recipient is empty. Raises Fault where the same invitation already waits.
    """
    inviter = _require_inviting(visitor, kind, recipient)
    with writing():
        waiting = _SAME.rows({RECIPIENT: recipient, TEXT: kind, MOMENT: now})
        if email.casefold() in {known.casefold() for (known,) in waiting}:
            why = f"{email} är redan inbjuden som {word_of(kind)} och har inte svarat."
            raise Fault(_WHERE, why, "Skicka inbjudan igen längre ner på sidan, om den har kommit bort.")
        token = secrets.token_urlsafe(32)
        invitation = store(
            Invitation(
                recipient=recipient,
                kind=kind,
                email=email,
                token_hash=hashed(token),
                invited_by_id=inviter.id,
                invited=now,
                expires=_expires(now),
            )
        )
        _mail(invitation, inviter, link(token), now)
        return invitation


def resend(visitor: Visitor | None, invitation_id: int, *, link: Link, now: datetime) -> Invitation:
    """Sends an invitation that waits once more, with a new link and a new last day; the old link ends."""
    with writing():
        invitation = _waiting(invitation_id)
        inviter = _require_inviting(visitor, invitation.kind, invitation.recipient)
        token = secrets.token_urlsafe(32)
        invitation.token_hash, invitation.expires = hashed(token), _expires(now)
        invitation.invited_by_id, invitation.invited = inviter.id, now
        invitation.save()
        _mail(invitation, inviter, link(token), now)
        return invitation


def revoke(visitor: Visitor | None, invitation_id: int, now: datetime) -> Invitation:
    """Takes back an invitation; its link ends at once."""
    with writing():
        invitation = _waiting(invitation_id)
        _require_inviting(visitor, invitation.kind, invitation.recipient)
        invitation.revoked = now
        invitation.save(update_fields=["revoked"])
        return invitation


def accept(visitor: Visitor | None, token: str, now: datetime) -> Role:
    """Says yes: the role begins, and whoever invited is told who it was."""
    with writing():
        invitation, invited = _answered(visitor, token, now)
        if invitation.kind in AGENCY:
            roles.refuse_namesake(invited.id, invited.name)
        role = roles.begin(invited.id, invitation.kind, invitation.recipient, now, by=invitation.invited_by_id)
        invitation.accepted, invitation.accepted_by_id = now, invited.id
        invitation.save(update_fields=["accepted", "accepted_by"])
        Person.objects.filter(pk=invited.id, email="").update(email=invitation.email)
        _tell_inviter(invitation, f"{invited.name} har tackat ja", now)
        return role


def decline(visitor: Visitor | None, token: str, now: datetime) -> None:
    """Says no: the link ends, and whoever invited is told."""
    with writing():
        invitation, invited = _answered(visitor, token, now)
        invitation.revoked = now
        invitation.save(update_fields=["revoked"])
        _tell_inviter(invitation, f"{invited.name} har tackat nej", now)


def invitation_behind(token: str, now: datetime) -> Invitation | None:
    """Gives the invitation behind a link, or None where it is answered, revoked, expired or never was."""
    found = Invitation.objects.select_related("invited_by").filter(token_hash=hashed(token), expires__gt=now)
    return found.filter(accepted=None, revoked=None).first()


def hashed(token: str) -> str:
    """Gives the hash by which an invitation knows its link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _require_inviting(visitor: Visitor | None, kind: str, recipient: str) -> Visitor:
    right = roles.INVITING.get(kind)
    if right is None or (kind in AGENCY) is bool(recipient):
        raise Fault(_WHERE, "Den rollen kan ingen bjuda in till.", "Välj en av rollerna på sidan.")
    return access.require(visitor, right, recipient)


def _waiting(invitation_id: int) -> Invitation:
    found = Invitation.objects.select_for_update().filter(pk=invitation_id, accepted=None, revoked=None).first()
    if found is None:
        raise Fault(_WHERE, "Inbjudan är redan besvarad eller borttagen.", "Läs in sidan igen.")
    return found


def _answered(visitor: Visitor | None, token: str, now: datetime) -> tuple[Invitation, Visitor]:
    if visitor is None:
        raise access.Refused(_WHERE, "Ni är inte inloggad.", "Logga in och öppna länken igen.")
    found = invitation_behind(token, now)
    if found is None:
        raise Fault(_WHERE, "Inbjudan gäller inte längre.", "Be den som bjöd in er att skicka en ny.")
    return found, visitor


def _expires(now: datetime) -> datetime:
    return now + timedelta(days=rules.book().agency.people.invitation.value)


def _mail(invitation: Invitation, inviter: Visitor, address: str, now: datetime) -> None:
    word, where = word_of(invitation.kind), name_of(invitation.recipient)
    body = mail_text(
        f"{inviter.name} erbjuder rollen {word} för {where} i e-tjänsten för statsbidrag.",
        f"Öppna länken, logga in med e-legitimation och tacka ja eller nej:\n{address}",
        f"Länken gäller till och med den {day_in_words(day_of_arrival(invitation.expires))}. Är avsändaren "
        "okänd? Bortse då från mejlet, så händer ingenting.",
    )
    _send(invitation, f"Inbjudan: {word} för {where}", body, now, to=invitation.email)


def _tell_inviter(invitation: Invitation, says: str, now: datetime) -> None:
    if invitation.invited_by.email:
        word, where = word_of(invitation.kind), name_of(invitation.recipient)
        body = mail_text(
            f"{says} till inbjudan som skickades till {invitation.email}: {word} för {where}.",
            "Är det fel person? Avsluta då uppdraget i e-tjänsten.",
        )
        _send(invitation, f"Svar på inbjudan: {where}", body, now, to=invitation.invited_by.email)


def _send(invitation: Invitation, subject: str, body: str, now: datetime, *, to: str) -> None:
    occasion = BETWEEN_COLLEAGUES if invitation.recipient else AMONG_STAFF
    post.send(to, subject[:200], body, now, occasion=occasion, recipient=invitation.recipient)
