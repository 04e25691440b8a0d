"""What an address may name: rounds that there are rules for, and recipients on a round's list; else no such page."""

from django.http import Http404

from statsbidrag.portal import rules


def known_round(year: int) -> None:
    """Says that there is no such page where the rules know no round of that year."""
    if year not in rules.years():
        raise Http404


def known_recipient(year: int, recipient: str) -> None:
    """Says that there is no such page where the recipient is not on the list of the round."""
    known_round(year)
    if recipient not in rules.ceilings(year):
        raise Http404
