"""The region's money as one balance: every account, and every line of the plan by kind, each figure with its why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from statsbidrag.cycle.regional_book import REGIONAL_ACCOUNTS, REGIONAL_MOVES, RegionalAccount, RegionalPosting
from statsbidrag.cycle.step_6_distribution import LINE_KINDS, Line
from statsbidrag.region.queries.plan import RegionPlan
from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import in_words

_OF_A_LINE: tuple[RegionalAccount, ...] = ("planned", "paid", "reported")
_MOST_POSTINGS = 12

Balances = Mapping[tuple[RegionalAccount, str], int]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of the balance."""

    account: RegionalAccount
    name: str
    kronor: int
    because: Because


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the plan: what it has in all, and how much of that is not paid, paid, and reported as used.

    kronor   None where the plan does not know it yet
    """

    id: str
    name: str
    kronor: int | None
    planned: int
    paid: int
    reported: int
    because: Because


@dataclass(frozen=True, slots=True)
class KindRows:
    """The lines of one kind, and what they come to together; a sum is None where some part of it is unknown."""

    name: str
    rows: tuple[LineRow, ...]

    @property
    def kronor(self) -> int | None:
        """What the lines have in all."""
        return None if any(row.kronor is None for row in self.rows) else sum(row.kronor or 0 for row in self.rows)

    @property
    def planned(self) -> int:
        """What is not paid yet."""
        return sum(row.planned for row in self.rows)

    @property
    def paid(self) -> int:
        """What is paid and not reported yet."""
        return sum(row.paid for row in self.rows)

    @property
    def reported(self) -> int:
        """What is reported as used."""
        return sum(row.reported for row in self.rows)


@dataclass(frozen=True, slots=True)
class Balance:
    """What has been received, and where every krona of it is; the accounts add up to it."""

    received: AccountRow
    accounts: tuple[AccountRow, ...]
    kinds: tuple[KindRows, ...]
    left: int | None


def balance_of(plan: RegionPlan) -> Balance:
    """Gives the balance of a region's year."""
    balances = plan.book.balances
    postings: dict[str, list[RegionalPosting]] = {}
    for posting in plan.book.postings:
        postings.setdefault(posting.line, []).append(posting)
    names = {line.id: line.name for line in plan.distribution.lines}
    accounts = [_account(account, balances, names, postings.get("", [])) for account in REGIONAL_ACCOUNTS]
    kinds = (
        KindRows(LINE_KINDS[kind].capitalize(), rows)
        for kind in LINE_KINDS
        if (rows := tuple(_row(each, balances, postings) for each in plan.distribution.lines if each.kind == kind))
    )
    others = tuple(_other(id, balances) for id in postings if id and id not in names)
    return Balance(
        received=accounts[0],
        accounts=tuple(accounts[1:]),
        kinds=(*kinds, *((KindRows("Övrigt i boken", others),) if others else ())),
        left=plan.left,
    )


def _account(
    account: RegionalAccount, balances: Balances, names: Mapping[str, str], common: Iterable[RegionalPosting]
) -> AccountRow:
    kronor = sum(kronor for (of, _), kronor in balances.items() if of == account)
    kronor = -kronor if account == "received" else kronor
    name = REGIONAL_ACCOUNTS[account]
    name = name[0].upper() + name[1:]
    if account in _OF_A_LINE:
        parts = ((line, part) for (of, line), part in balances.items() if of == account and part)
        steps = tuple(Because(names.get(line, line), part, "kr") for line, part in parts)
    elif account == "left":
        steps = tuple(_left(balances))
    else:
        steps = tuple(map(_posted, (each for each in common if account in REGIONAL_MOVES[each.cause][:2])))
    return AccountRow(account, name, kronor, Because(f"{name}: {in_words(kronor)}", kronor, "kr", steps=steps))


def _left(balances: Balances) -> Iterator[Because]:
    """What is not distributed is what was received less everything that has left that account."""
    yield Because("Mottaget från myndigheten", -balances.get(("received", ""), 0), "kr")
    gone = sum(kronor for (of, _), kronor in balances.items() if of in (*_OF_A_LINE, "given back"))
    yield Because("Minus planerat, utbetalt, redovisat och återbetalt", -gone, "kr")


def _row(line: Line, balances: Balances, postings: Mapping[str, list[RegionalPosting]]) -> LineRow:
    planned, paid, reported = (balances.get((account, line.id), 0) for account in _OF_A_LINE)
    moved = [each for each in postings.get(line.id, []) if each.cause not in ("planned", "unplanned")]
    because = line.because
    if moved:
        steps = (*because.steps, *_latest(moved))
        because = Because(because.says, because.value, because.unit, because.cites, because.assumption, steps)
    return LineRow(line.id, line.name, line.kronor, planned, paid, reported, because)


def _other(id: str, balances: Balances) -> LineRow:
    planned, paid, reported = (balances.get((account, id), 0) for account in _OF_A_LINE)
    total = planned + paid + reported
    because = Because(f"{id}: {in_words(total)}. Raden finns inte längre i planen", total, "kr")
    return LineRow(id, id, total, planned, paid, reported, because)


def _latest(postings: list[RegionalPosting]) -> Iterator[Because]:
    hidden = len(postings) - _MOST_POSTINGS
    if hidden > 0:
        yield Because(f"{hidden} tidigare händelser i boken")
    yield from map(_posted, postings[-_MOST_POSTINGS:])


def _posted(posting: RegionalPosting) -> Because:
    says = posting.says or REGIONAL_MOVES[posting.cause].says.capitalize()
    return Because(f"{says}, den {day_in_words(posting.day)}", posting.kronor, "kr")
