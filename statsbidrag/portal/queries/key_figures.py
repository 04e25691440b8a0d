"""Key figures of the reports that stand: one recipient's beside the middle of all of its kind."""

from dataclasses import dataclass
from fractions import Fraction

from statsbidrag.portal import rules
from statsbidrag.portal.models import ReceivedReport
from statsbidrag.portal.queries.prepared import TEXT, YEAR, Prepared
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.terms.kronor import NO_BREAK_SPACE, decimal_comma

_MEASURES = Prepared(
    lambda: (
        ReceivedReport.objects.filter(year=YEAR, recipient__startswith=TEXT)
        .order_by("number")
        .values_list("recipient", "measures")
    )
)
_OF_A_KIND = f"{TEXT}%"  # as ”startswith” writes it


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
    standing = dict(_MEASURES.rows({YEAR: year, _OF_A_KIND: f"{kind}-%"}))
    own = standing.get(recipient, {})
    return tuple(
        KeyFigure(
            one.text,
            one.unit,
            Fraction(own[one.id]) if one.id in own else None,
            *_middle([each[one.id] for each in standing.values() if one.id in each]),
            one.decimals,
        )
        for one in form.measures
    )


def _middle(known: list[str]) -> tuple[Fraction | None, int]:
    """The median, exact: only the one or two figures in the middle are reckoned with."""
    if not known:
        return None, 0
    in_order, many = sorted(known, key=_roughly), len(known)
    middle = in_order[(many - 1) // 2 : many // 2 + 1]
    return sum(map(Fraction, middle), Fraction(0)) / len(middle), many


def _roughly(fraction: str) -> float:
    """How large a figure is, as near as it takes to put figures in order."""
    numerator, _, denominator = fraction.partition("/")
    return int(numerator) / int(denominator or 1)
