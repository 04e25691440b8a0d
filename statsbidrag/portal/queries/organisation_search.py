"""Finds one's organisation among the regions and municipalities, by name or by organisation number."""

import re
from collections.abc import Sequence

from statsbidrag.portal import rules
from statsbidrag.portal.queries.words import in_swedish_order
from statsbidrag.terms.parties import Recipient, organisation_number

MOST = 20
_NUMBER = re.compile(r"[\d\s-]{6,}")


def organisations(text: str) -> Sequence[Recipient]:
    """Gives those whose name holds the text, or that have the number; two where Gotland's is asked for.

    Raises Fault where a number is no organisation number.
    """
    sought = " ".join(text.split()).casefold()
    if not sought:
        return ()
    known = rules.recipients().values()
    if _NUMBER.fullmatch(sought):
        number = organisation_number(sought.replace(" ", ""), "organisationsnumret")
        return tuple(each for each in known if each.organisation_number == number)
    found = (each for each in known if sought in each.name.casefold())
    return sorted(found, key=lambda each: (not each.name.casefold().startswith(sought), in_swedish_order(each.name)))[
        :MOST
    ]
