"""The ledger (huvudbok): where every krona of a round is, from the pot to its end.

Postings move kronor from one account to another and are never altered: a correction is a new posting. So the
accounts add up to the pot at every moment. What moves money has a cause, and the cause says from where to where.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

LedgerAccount = Literal["pot", "ceiling", "left", "granted", "withheld", "paid", "used", "owed", "repaid", "waived"]
Cause = Literal[
    "allocated",
    "unclaimed",
    "granted",
    "reallocated",
    "raised",
    "reduced",
    "withheld",
    "released",
    "paid",
    "returned",
    "used",
    "used less",
    "owed of unused",
    "owed of used",
    "repaid",
    "waived",
    "refunded",
    "credited to unused",
    "credited to used",
]

LEDGER_ACCOUNTS: dict[LedgerAccount, str] = {
    "pot": "potten",
    "ceiling": "högsta belopp",
    "left": "kvar att omfördela",
    "granted": "beviljat",
    "withheld": "innehållet",
    "paid": "utbetalt",
    "used": "använt",
    "owed": "att återbetala",
    "repaid": "återbetalt",
    "waived": "avstått",
}
# These two belong to the round as a whole; every other account has one balance for each recipient.
COMMON: frozenset[LedgerAccount] = frozenset({"pot", "left"})


class Move(NamedTuple):
    """From which account to which, and what happened, in Swedish."""

    moved_from: LedgerAccount
    moved_to: LedgerAccount
    says: str


MOVES: dict[Cause, Move] = {
    "allocated": Move("pot", "ceiling", "fördelat"),
    "unclaimed": Move("ceiling", "left", "inte rekvirerat"),
    "granted": Move("ceiling", "granted", "beviljat"),
    "reallocated": Move("left", "granted", "omfördelat"),
    "raised": Move("left", "granted", "höjt genom ändrat beslut"),
    "reduced": Move("granted", "left", "sänkt genom ändrat beslut"),
    "withheld": Move("granted", "withheld", "innehållet"),
    "released": Move("withheld", "granted", "inte längre innehållet"),
    "paid": Move("granted", "paid", "utbetalt"),
    "returned": Move("paid", "granted", "utbetalning i retur"),
    "used": Move("paid", "used", "använt enligt redovisningen"),
    "used less": Move("used", "paid", "mindre använt enligt ny redovisning"),
    "owed of unused": Move("paid", "owed", "att återbetala, inte använt"),
    "owed of used": Move("used", "owed", "att återbetala, använt"),
    "repaid": Move("owed", "repaid", "återbetalt"),
    "waived": Move("owed", "waived", "avstått från återkrav"),
    "refunded": Move("repaid", "owed", "återbetalning i retur"),
    "credited to unused": Move("owed", "paid", "återkravet sänkt, inte använt"),
    "credited to used": Move("owed", "used", "återkravet sänkt, använt"),
}


@dataclass(frozen=True, slots=True)
class Posting:
    """One move of money between two accounts.

    cause         what happened, which says from where to where
    recipient     the key of the recipient that it concerns: ``region-01``
    kronor        how much, always more than 0
    reference     the decision, payment or report behind it; with cause and recipient it is unique
    fingerprint   the fingerprint of the rules that it was computed with
    """

    cause: Cause
    recipient: str
    kronor: int
    reference: str
    day: date
    year: int
    fingerprint: str

    @property
    def moved_from(self) -> LedgerAccount:
        """The account that the money leaves."""
        return MOVES[self.cause].moved_from

    @property
    def moved_to(self) -> LedgerAccount:
        """The account that the money comes to."""
        return MOVES[self.cause].moved_to

    @property
    def identity(self) -> tuple[Cause, str, str]:
        """What may stand in the book only once, so that nothing is ever booked twice."""
        return self.cause, self.recipient, self.reference

    @property
    def where(self) -> str:
        """Where the posting stands, for a person who is to mend it."""
        return f"huvudboken {self.year}, {self.recipient}, {self.reference}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The book of one round; there is no book that does not balance.

    Raises Fault for a posting of another year, of no money, that already stands in the book, or that takes more
    from an account than there is.
    """

    year: int
    pot: int
    postings: tuple[Posting, ...] = ()

    def __post_init__(self) -> None:
        require_room(self.postings, self.year, self._opening(), {})

    def add(self, postings: Iterable[Posting]) -> "Ledger":
        """Gives the book with these postings at its end; all of them or, where one is refused, none."""
        return replace(self, postings=(*self.postings, *postings))

    def balances(self) -> Mapping[tuple[LedgerAccount, str], int]:
        """Gives what is on every account, by account and recipient; the round's own accounts have an empty key."""
        balances = self._opening()
        for posting in self.postings:
            _move(balances, posting)
        return balances

    def totals(self) -> dict[LedgerAccount, int]:
        """Gives what is on each account, all recipients together; it adds up to the pot."""
        totals = dict.fromkeys(LEDGER_ACCOUNTS, 0)
        for (account, _), kronor in self.balances().items():
            totals[account] += kronor
        return totals

    def turnovers(self) -> Mapping[tuple[Cause, str], int]:
        """Gives how much each cause has moved for each recipient, in kronor."""
        moved: Counter[tuple[Cause, str]] = Counter()
        for posting in self.postings:
            moved[posting.cause, posting.recipient] += posting.kronor
        return moved

    def because(self, recipient: str) -> Because:
        """Every move of a recipient's money, in the order of the book."""
        own = [posting for posting in self.postings if posting.recipient == recipient]
        says = f"Så har pengarna för {recipient} rört sig i omgång {self.year}"
        return Because(
            says,
            steps=tuple(
                Because(
                    f"{day_in_words(posting.day)}: {MOVES[posting.cause].says} ({posting.reference})",
                    posting.kronor,
                    "kr",
                )
                for posting in own
            ),
        )

    def _opening(self) -> Counter[tuple[LedgerAccount, str]]:
        return Counter({("pot", ""): self.pot})


def require_room(
    postings: Iterable[Posting],
    year: int,
    balances: Mapping[tuple[LedgerAccount, str], int],
    booked: Mapping[tuple[Cause, str, str], Posting],
) -> None:
    """Makes sure that postings can follow on a book of that year with these balances; raises Fault as a Ledger does.

    booked   what stands in the book already, by identity; those of the same identities are enough
    """
    left, seen = Counter(balances), dict(booked)
    for posting in postings:
        _refuse_misfit(posting, year, seen.get(posting.identity))
        _move(left, posting)
        seen[posting.identity] = posting


def _refuse_misfit(posting: Posting, year: int, earlier: Posting | None) -> None:
    if posting.year != year:
        raise Fault(posting.where, f"Omgången är {year}, inte {posting.year}.", "Bokför i den omgång som den hör till.")
    if posting.kronor <= 0:
        raise Fault(posting.where, "Beloppet är inte större än 0.", "Bokför bara det som flyttar pengar.")
    if earlier is not None:
        raise Fault(
            posting.where,
            f"Den finns redan: {MOVES[posting.cause].says} {in_words(earlier.kronor)}, {day_in_words(earlier.day)}.",
            "Bokför den inte igen; en rättelse är ett eget beslut med ett eget nummer.",
        )


def _move(balances: Counter[tuple[LedgerAccount, str]], posting: Posting) -> None:
    """Takes the money from one account and puts it on the other; no account goes below 0."""
    source = (posting.moved_from, _owner(posting.moved_from, posting.recipient))
    target = (posting.moved_to, _owner(posting.moved_to, posting.recipient))
    if balances[source] < posting.kronor:
        raise Fault(
            posting.where,
            f"På kontot ”{LEDGER_ACCOUNTS[posting.moved_from]}” finns {in_words(balances[source])}, "
            f"men {in_words(posting.kronor)} skulle tas därifrån ({MOVES[posting.cause].says}).",
            "Kontrollera beloppet, och att det som kommer före är bokfört.",
        )
    balances[source] -= posting.kronor
    balances[target] += posting.kronor


def _owner(account: LedgerAccount, recipient: str) -> str:
    return "" if account in COMMON else recipient
