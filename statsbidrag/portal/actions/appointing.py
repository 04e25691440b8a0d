"""The first administrator of a new installation; after that, roles are given on the page of the staff."""

from datetime import datetime

from statsbidrag.portal.models import Person, Role
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


def appoint_first(name: str, now: datetime) -> Person:
    """Makes someone who has signed in the first administrator.

    Raises Fault where there is an administrator already, or where nobody, or more than one, is called that.
    """
    where = "den första systemförvaltaren"
    with writing():
        if Role.objects.filter(kind="administrator", ended=None).exists():
            raise Fault(where, "Det finns redan en systemförvaltare.", "Be den personen ge rollen i e-tjänsten.")
        found = list(Person.objects.filter(name=name)[:2])
        if len(found) != 1:
            how_many = "Ingen" if not found else "Fler än en"
            why = f"{how_many} som heter ”{name}” har loggat in."
            raise Fault(where, why, "Låt personen logga in en gång först, och skriv namnet som i e-legitimationen.")
        Role.objects.create(person=found[0], kind="administrator", since=now)
        return found[0]
