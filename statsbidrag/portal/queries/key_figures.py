"""Key figures of the reports that stand: one recipient's beside the middle of all of its kind."""

from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from statsbidrag.portal import rules
from statsbidrag.portal.models import ReceivedReport
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.terms.kronor import NO_BREAK_SPACE, decimal_comma


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
    decimals: int = 1

    def said(self, figure: Fraction | None) -> str:
        """Writes the figure with its unit, and as many decimals as the form says; a dash where it is not known."""
        return "–" if figure is None else f"{decimal_comma(figure, self.decimals)}{NO_BREAK_SPACE}{self.unit}"


def key_figures(year: int, recipient: str) -> tuple[KeyFigure, ...]:
    """Gives a recipient's key figures; a region is set beside regions only, a municipality beside municipalities."""
    form = form_of(year)
    if form is None:
        return ()
    kind = rules.recipients()[recipient].kind
    reports = ReceivedReport.objects.filter(year=year, recipient__startswith=f"{kind}-").order_by("number")
    standing = dict(reports.values_list("recipient", "measures"))
    own = standing.get(recipient, {})
    return tuple(
        KeyFigure(
            one.text,
            one.unit,
            Fraction(own[one.id]) if one.id in own else None,
            *_middle([Fraction(each[one.id]) for each in standing.values() if one.id in each]),
            one.decimals,
        )
        for one in form.measures
    )


def _middle(known: list[Fraction]) -> tuple[Fraction | None, int]:
    return (Fraction(median(known)) if known else None), len(known)
