"""Step 1, allocation (fördelning, § 7): divides the pot into a ceiling for every recipient.

The pot is split between regions and municipalities; each part is shared out once, exactly, on one combined weight
of children and of children in exposed areas. A region counts the children of its county's municipalities.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal

from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import decimal_comma, grouped, in_words, share_out
from statsbidrag.terms.parties import KINDS, Kind, Recipient
from statsbidrag.terms.sources import Stated

PARTS: dict[Kind, str] = {"region": "regionerna", "municipality": "kommunerna"}


@dataclass(frozen=True, slots=True)
class Published:
    """A ceiling that a source has published, kept beside our own estimate of it."""

    recipient: str
    kronor: Stated[int]


@dataclass(frozen=True, slots=True)
class AllocationRules:
    """How a round's pot is divided: section [allocation] of the round's file.

    pot              kronor to share out
    split            each kind's part of the pot; the parts sum to one
    by_children      the weight of the share of all children; with by_exposed it sums to one
    by_exposed       the weight of the share of children in the exposed area types
    children         the file of the children table, within the rules' folder
    """

    pot: Stated[int]
    split: Stated[dict[Kind, Fraction]]
    by_children: Stated[Fraction]
    by_exposed: Stated[Fraction]
    ages: Stated[str]
    area_types: Stated[tuple[int, ...]]
    population_year: Stated[int]
    area_vintage: Stated[str]
    rounding: Stated[Literal["largest remainder"]]
    listed: Stated[str]
    children: str
    published: tuple[Published, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """Children aged 0-5 in a place, and how many of them live in the exposed area types."""

    children: int
    exposed: int


@dataclass(frozen=True, slots=True)
class ChildrenTable:
    """Children per municipality code, with what the figures are and whether they are only an estimate."""

    file: str
    estimate: bool
    note: str
    population_year: int
    area_vintage: str
    by_municipality: Mapping[str, Count]


@dataclass(frozen=True, slots=True)
class Pool:
    """One kind's part of the pot, with the children that it is divided by."""

    kind: Kind
    kronor: int
    total: Count


@dataclass(frozen=True, slots=True)
class Share:
    """A recipient's ceiling in kronor, with the children it was computed from."""

    recipient: Recipient
    kronor: int
    count: Count
    pool: Pool


@dataclass(frozen=True, slots=True)
class Allocation:
    """The list: a ceiling for every recipient, in the order of the recipients' table."""

    rules: AllocationRules
    table: ChildrenTable
    shares: tuple[Share, ...]

    @property
    def total(self) -> int:
        """All ceilings together: the pot, to the krona."""
        return sum(share.kronor for share in self.shares)

    def share_of(self, key: str) -> Share:
        """A recipient's line of the list, by its key (``region-01``)."""
        return next(share for share in self.shares if share.recipient.key == key)

    def because(self, share: Share) -> Because:
        """Every factor behind a recipient's ceiling, with its source."""
        rules, pool = self.rules, share.pool
        exact = _combined_share(rules, share.count, pool.total)
        return Because(
            f"{share.recipient.name} kan rekvirera högst {in_words(share.kronor)}",
            share.kronor,
            "kr",
            steps=(
                resting_on(rules.pot, "Potten att fördela", rules.pot.value, "kr"),
                resting_on(rules.split, f"Därav till {PARTS[pool.kind]}", pool.kronor, "kr"),
                self._because_children(share),
                self._because_exposed(share),
                Because(f"Sammanvägd andel av {PARTS[pool.kind]}s del: {_percent(exact)}", exact),
                resting_on(
                    rules.rounding,
                    f"Andelen av {in_words(pool.kronor)} är {decimal_comma(exact * pool.kronor, 2)} kr, "
                    f"avrundat så att listan går jämnt ut",
                    share.kronor,
                    "kr",
                ),
                *self._because_published(share),
            ),
        )

    def _because_children(self, share: Share) -> Because:
        own, whole = share.count.children, share.pool.total.children
        says = (
            f"{_percent(self.rules.by_children.value, 0)} efter andelen barn {self.rules.ages.value}: "
            f"{grouped(own)} av {grouped(whole)} barn, {_percent(Fraction(own, whole))}"
        )
        return resting_on(self.rules.by_children, says, own, "barn", steps=(self._because_table(),))

    def _because_exposed(self, share: Share) -> Because:
        own, whole = share.count.exposed, share.pool.total.exposed
        types = " och ".join(str(number) for number in self.rules.area_types.value)
        says = (
            f"{_percent(self.rules.by_exposed.value, 0)} efter antalet barn i områdestyp {types}: "
            f"{grouped(own)} av {grouped(whole)} barn, {_percent(Fraction(own, whole))}"
        )
        return resting_on(self.rules.by_exposed, says, own, "barn", steps=(self._because_table(),))

    def _because_table(self) -> Because:
        year = self.rules.population_year
        estimate = ", egen uppskattning" if self.table.estimate else ""
        return resting_on(year, f"Befolkning {year.value}{estimate}, ur {self.table.file}")

    def _because_published(self, share: Share) -> Iterable[Because]:
        for published in self.rules.published:
            if published.recipient == share.recipient.key:
                kronor = published.kronor.value
                off = in_words(share.kronor - kronor)
                says = f"Publicerat belopp är {in_words(kronor)}; vår uträkning avviker med {off}"
                yield resting_on(published.kronor, says, kronor, "kr")


def allocate(rules: AllocationRules, recipients: Iterable[Recipient], table: ChildrenTable) -> Allocation:
    """Divides the pot into a whole number of kronor for every recipient; the list adds up to the pot (§ 7).

    Raises Fault where a municipality is missing in the children table, or where there are no children to divide by.
    """
    everyone = {recipient.key: recipient for recipient in recipients if rules.split.value.get(recipient.kind)}
    counts = _counts(everyone, table)
    shares: dict[str, Share] = {}
    for kind, kronor in _parts(rules).items():
        own = {key: counts[key] for key, recipient in everyone.items() if recipient.kind == kind}
        pool = Pool(kind, kronor, _sum(own.values()))
        if not pool.total.children or not pool.total.exposed:
            raise Fault(table.file, "Den har inga barn att fördela efter.", "Kontrollera tabellens två kolumner.")
        ceilings = share_out(kronor, _weights(rules, own, pool.total))
        shares |= {key: Share(everyone[key], ceilings[key], count, pool) for key, count in own.items()}
    return Allocation(rules, table, tuple(shares[key] for key in everyone))


def _parts(rules: AllocationRules) -> dict[Kind, int]:
    """The pot split between the kinds, exactly."""
    split = rules.split.value
    scale = lcm(*(part.denominator for part in split.values()))
    kronor = share_out(rules.pot.value, {kind: int(part * scale) for kind, part in split.items()})
    return {kind: kronor[kind] for kind in KINDS if split.get(kind)}


def _counts(recipients: Mapping[str, Recipient], table: ChildrenTable) -> dict[str, Count]:
    """The children of every recipient by key; a region's are those of its county's municipalities."""
    by_county: dict[str, list[Count]] = {}
    for code, count in table.by_municipality.items():
        by_county.setdefault(code[:2], []).append(count)
    counts: dict[str, Count] = {}
    for key, recipient in recipients.items():
        if recipient.kind == "region":
            counts[key] = _sum(by_county.get(recipient.code, ()))
        elif recipient.code in table.by_municipality:
            counts[key] = table.by_municipality[recipient.code]
        else:
            raise Fault(
                table.file,
                f"{recipient.name} ({recipient.code}) saknas i tabellen över barn.",
                "Lägg till kommunen; skriv 0 om där inte bor några barn.",
            )
    return counts


def _sum(counts: Iterable[Count]) -> Count:
    each = list(counts)
    return Count(sum(count.children for count in each), sum(count.exposed for count in each))


def _weights(rules: AllocationRules, counts: Mapping[str, Count], total: Count) -> dict[str, int]:
    """One whole-number weight per recipient, in exact proportion to its combined share."""
    scale = lcm(rules.by_children.value.denominator, rules.by_exposed.value.denominator)
    for_children = int(rules.by_children.value * scale) * total.exposed
    for_exposed = int(rules.by_exposed.value * scale) * total.children
    return {key: for_children * count.children + for_exposed * count.exposed for key, count in counts.items()}


def _combined_share(rules: AllocationRules, own: Count, total: Count) -> Fraction:
    by_children = rules.by_children.value * Fraction(own.children, total.children)
    return by_children + rules.by_exposed.value * Fraction(own.exposed, total.exposed)


def _percent(share: Fraction, decimals: int = 4) -> str:
    return f"{decimal_comma(share * 100, decimals)} %"
