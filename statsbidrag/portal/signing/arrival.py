"""Someone arrives: a person we know, or one that we get to know by the subject and the name alone."""

from datetime import datetime

from statsbidrag.portal.models import Person
from statsbidrag.portal.writing import writing


def arrive(subject: str, name: str, now: datetime) -> Person:
    """Gives the person; one who comes for the first time is written down, and a new name replaces the old.

    Whoever is new may do nothing yet: roles are given, never brought along.
    """
    known = Person.objects.filter(subject=subject).first()
    if known and known.name == name:
        return known
    with writing():
        person, _ = Person.objects.update_or_create(
            subject=subject, defaults={"name": name}, create_defaults={"name": name, "created": now}
        )
    return person
