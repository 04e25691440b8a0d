"""The sums of a round out of its ledger, each with why; one question however long the book is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from statsbidrag.cycle.ledger import LEDGER_ACCOUNTS, MOVES, Cause, LedgerAccount
from statsbidrag.portal import rules
from statsbidrag.terms.because import Because, resting_on

_SUMS = "SELECT cause, CAST(SUM(kronor) AS BIGINT), COUNT(*) FROM portal_ledgerentry WHERE year = %s GROUP BY cause"


@dataclass(frozen=True, slots=True)
class Moved:
    """What each cause has moved in a round: kronor, and how many postings."""

    year: int
    by_cause: Mapping[Cause, tuple[int, int]]

    def kronor(self, *causes: Cause) -> int:
        """What these causes have moved together, in kronor."""
        return sum(self.by_cause.get(cause, (0, 0))[0] for cause in causes)

    def count(self, cause: Cause) -> int:
        """How many postings a cause has."""
        return self.by_cause.get(cause, (0, 0))[1]

    def balance(self, account: LedgerAccount) -> int:
        """What is on an account now, all recipients together."""
        start = rules.round_rules(self.year).allocation.pot.value if account == "pot" else 0
        return start + sum(sign * self.kronor(cause) for cause, sign in _touching(account))

    def because(self, account: LedgerAccount) -> Because:
        """Why that much is on an account: what has come to it and what has left it."""
        steps = [
            Because(
                f"{_from_or_to(sign)} {MOVES[cause].says}, {self.count(cause)} st.", sign * self.kronor(cause), "kr"
            )
            for cause, sign in _touching(account)
            if self.count(cause)
        ]
        if account == "pot":
            pot = rules.round_rules(self.year).allocation.pot
            steps.insert(0, resting_on(pot, "Potten att fördela", pot.value, "kr"))
        return Because(LEDGER_ACCOUNTS[account].capitalize(), self.balance(account), "kr", steps=tuple(steps))


def moved(year: int) -> Moved:
    """Sums the book of a round by cause."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [year])
        return Moved(year, {cause: (kronor, count) for cause, kronor, count in cursor.fetchall()})


def _touching(account: LedgerAccount) -> list[tuple[Cause, int]]:
    """The causes that put money on an account (1) and those that take from it (-1)."""
    into = [(cause, 1) for cause, move in MOVES.items() if move.moved_to == account]
    return into + [(cause, -1) for cause, move in MOVES.items() if move.moved_from == account]


def _from_or_to(sign: int) -> str:
    return "In:" if sign > 0 else "Ut:"
