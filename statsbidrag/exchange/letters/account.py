"""The joint account to the Government: who got the grant, how it was used, and what came of it (§ 11).

Kronor are added over everyone. Visits never are: a region and its municipalities report the same ones, so what they
have reported stands in two columns without a sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from statsbidrag.exchange.letters.letterhead import Count, Kronor, Letter
from statsbidrag.terms.because import Because


@dataclass(frozen=True, slots=True)
class Money:
    """A recipient's kronor, or several recipients' together; ``used`` is None where no report has come."""

    granted: Kronor
    reallocated: Kronor
    paid: Kronor
    used: Kronor | None
    claimed: Kronor
    waived: Kronor
    repaid: Kronor


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient's line."""

    name: str
    money: Money


@dataclass(frozen=True, slots=True)
class Compared:
    """Something that regions and municipalities have reported, each for itself; None where it was not asked."""

    what: str
    regions: Count | None
    municipalities: Count | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table of what the regions and the municipalities have reported, with a sentence on how to read it."""

    heading: str
    reading: str
    rows: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Assessed:
    """A condition of the grant (§ 2) and how the results relate to it."""

    condition: str
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLetter(Letter):
    """The joint account of a year's grant.

    pot               the kronor there were to distribute
    asked             how many in the list could requisition
    summary           the main results, a paragraph each
    regions, municipalities    who has got the grant; a kind that could not has no lines
    use               how the money was used: text, and tables by region and municipality
    results           what the recipients report of the results: the same
    purpose           as the end of ”Syftet med bidraget är att …” (§ 1)
    against_purpose   how the results relate to it, a paragraph each
    conditions        how the results relate to each condition (§ 2)
    because           where the whole pot is now
    """

    template: ClassVar[str] = "account"
    pot: Kronor
    asked: Count
    summary: tuple[str, ...]
    regions: tuple[Line, ...]
    municipalities: tuple[Line, ...] = ()
    use: tuple[str, ...]
    used_for: tuple[Comparison, ...] = ()
    results: tuple[str, ...]
    reported: tuple[Comparison, ...] = ()
    purpose: str
    against_purpose: tuple[str, ...]
    conditions: tuple[Assessed, ...]
    because: Because
    decision_maker: str
    presenter: str

    @property
    def received(self) -> Count:
        """How many have got the grant."""
        return len(self.regions) + len(self.municipalities)

    @property
    def total(self) -> Money:
        """Everybody's kronor."""
        return _sum((*self.regions, *self.municipalities))

    @property
    def of_regions(self) -> Money:
        """The regions' kronor."""
        return _sum(self.regions)

    @property
    def of_municipalities(self) -> Money:
        """The municipalities' kronor."""
        return _sum(self.municipalities)


def _sum(lines: Iterable[Line]) -> Money:
    each = [line.money for line in lines]
    return Money(
        granted=sum(money.granted for money in each),
        reallocated=sum(money.reallocated for money in each),
        paid=sum(money.paid for money in each),
        used=sum(money.used or 0 for money in each),
        claimed=sum(money.claimed for money in each),
        waived=sum(money.waived for money in each),
        repaid=sum(money.repaid for money in each),
    )
