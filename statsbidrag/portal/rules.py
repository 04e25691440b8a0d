"""The rules as the service reads them: once, since a rule file never changes while the service runs."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings

from statsbidrag.cycle import Allocation, allocate
from statsbidrag.cycle.call import Call
from statsbidrag.cycle.round import Round
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.law import Law
from statsbidrag.terms.parties import Recipient


@cache
def book() -> Rulebook:
    """The rule book of this installation."""
    return Rulebook(settings.ENVIRONMENT.rules)


@cache
def round_rules(year: int) -> Round:
    """The rules of a round."""
    return book().round(year)


@cache
def years() -> tuple[int, ...]:
    """The years there are rules for, the newest first."""
    return tuple(sorted((int(name) for name in book().names("rounds")), reverse=True))


@cache
def fingerprint(year: int) -> str:
    """The fingerprint of a round's rules."""
    return book().fingerprint(year)


@cache
def allocation(year: int) -> Allocation:
    """Step 1 for a round, as the rules give it."""
    rules = round_rules(year).allocation
    return allocate(rules, book().recipients, book().children_of(rules))


@cache
def ceilings(year: int) -> Mapping[str, int]:
    """The list as kronor by recipient."""
    return {share.recipient.key: share.kronor for share in allocation(year).shares}


@cache
def recipients() -> Mapping[str, Recipient]:
    """Every region and municipality, by key and in the order of the table."""
    return {recipient.key: recipient for recipient in book().recipients}


@cache
def call(year: int) -> Call:
    """What a round's public page says beyond its rules."""
    return book().call(year)


@cache
def law(year: int) -> Law:
    """The words of the law that a round rests on."""
    return book().law(round_rules(year).law)
