"""Why a ceiling is what it is, as it stands on the recipient's pages; set once, since the rules alone decide it."""

from functools import lru_cache

from django.template.loader import render_to_string
from markupsafe import Markup

from statsbidrag.portal import rules
from statsbidrag.portal.queries.recipient import ceiling_reason


@lru_cache(maxsize=1024)
def ceiling_why(year: int, recipient: str) -> Markup:
    """Gives the reason of a ceiling, folded; nothing where the recipient is not on the round's list."""
    because = ceiling_reason(year, recipient)
    if because is None:
        return Markup()
    context = {"because": because, "library": rules.book().library}
    return Markup(render_to_string("recipient/ceiling_why.html", context))  # noqa: S704  # set by our own template
