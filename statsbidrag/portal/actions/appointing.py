"""The first of a new installation, appointed by command; after that, roles are given on its pages."""

from datetime import datetime

from statsbidrag.portal.access import RoleKind
from statsbidrag.portal.models import Person, Role
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


def appoint_first(name: str, now: datetime, *, kind: RoleKind = "administrator", recipient: str = "") -> Person:
    """Makes someone who has signed in the first administrator, or the first with another role for a recipient.

    Raises Fault where somebody has the role already, or where nobody, or more than one, is called that.
    """
    where = "den första i installationen"
    with writing():
        if Role.objects.filter(kind=kind, recipient=recipient, ended=None).exists():
            raise Fault(where, "Någon har redan rollen.", "Be den personen ge rollen vidare i e-tjänsten.")
        found = list(Person.objects.filter(name=name)[:2])
        if len(found) != 1:
            how_many = "Ingen" if not found else "Fler än en"
            why = f"{how_many} som heter ”{name}” har loggat in."
            raise Fault(where, why, "Låt personen logga in en gång först, och skriv namnet som i e-legitimationen.")
        Role.objects.create(person=found[0], kind=kind, recipient=recipient, since=now)
        return found[0]
