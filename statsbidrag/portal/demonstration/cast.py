"""Puts the people of the demonstration into the database, with their roles, delegations and made-up registries."""

from datetime import date, datetime

from statsbidrag.cycle import DECISION_KINDS
from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.demonstration.people import CHARACTERS, Character
from statsbidrag.portal.middleware import visitor_of
from statsbidrag.portal.models import Mandate, Person, Registry, Role
from statsbidrag.portal.signing.subject import keyed_subject
from statsbidrag.portal.writing import writing

ISSUER = "demonstration"


def bring_on(now: datetime) -> None:
    """Brings everyone on, once; what is already there is left as it is."""
    with writing():
        for character in CHARACTERS:
            person, new = Person.objects.get_or_create(
                subject=keyed_subject(ISSUER, character.key),
                defaults={
                    "name": character.name,
                    "title": character.title,
                    "email": character.email,
                    "telephone": "010-000 00 00",
                    "created": now,
                },
            )
            if new:
                _give_roles(character, person, now)
        if not Registry.objects.exists():
            Registry.objects.bulk_create(_registries())


def as_character(key: str) -> Visitor:
    """Gives one of the people, with the roles that it has now."""
    person = Person.objects.get(subject=keyed_subject(ISSUER, key)).pk
    visitor = visitor_of(person)
    assert visitor is not None, f"nobody in the demonstration is called {key}"
    return visitor


def _give_roles(character: Character, person: Person, now: datetime) -> None:
    for kind, recipient in character.roles:
        Role.objects.create(person=person, kind=kind, recipient=recipient, since=now)
        if kind == "decision_maker":
            valid = (date(now.year - 1, 1, 1), date(now.year + 5, 12, 31))
            Mandate.objects.create(holder=person, kinds=list(DECISION_KINDS), valid_from=valid[0], valid_to=valid[1])


def _registries() -> list[Registry]:
    """Made-up addresses, one for each recipient."""
    return [
        Registry(
            recipient=key,
            email=f"registrator.{key}@exempel.se",
            lines=["Registraturen", "Påhittade gatan 1", "111 11 Exempelstad"],
        )
        for key in rules.recipients()
    ]
