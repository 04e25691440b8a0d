"""Key figures of the reports that stand: one recipient's beside the middle of all of its kind."""

from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from statsbidrag.portal import rules
from statsbidrag.portal.models import ReceivedReport
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.terms.parties import Kind


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of one recipient, and the middle of everyone's of its kind; None where it is not known.

    among   how many the middle is of
    """

    text: str
    unit: str
    own: Fraction | None
    middle: Fraction | None
    among: int


def key_figures(year: int, recipient: str) -> tuple[KeyFigure, ...]:
    """Gives a recipient's key figures; a region is set beside regions only, a municipality beside municipalities."""
    form = form_of(year)
    if form is None:
        return ()
    standing = dict(ReceivedReport.objects.filter(year=year).order_by("number").values_list("recipient", "measures"))
    kind = rules.recipients()[recipient].kind
    own = standing.get(recipient, {})
    return tuple(
        KeyFigure(
            one.text,
            one.unit,
            Fraction(own[one.id]) if one.id in own else None,
            *_middle([Fraction(each[one.id]) for each in _of_kind(standing, kind) if one.id in each]),
        )
        for one in form.measures
    )


def _of_kind(standing: dict[str, dict[str, str]], kind: Kind) -> list[dict[str, str]]:
    return [measures for key, measures in standing.items() if rules.recipients()[key].kind == kind]


def _middle(known: list[Fraction]) -> tuple[Fraction | None, int]:
    return (Fraction(median(known)) if known else None), len(known)
