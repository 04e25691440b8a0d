"""A region's own book of the grant: what it has received, and where every krona of it is until it is reported.

It is a second book of the same kind as the agency's: postings move kronor from one account to another and are never
altered, so the accounts always add up to what was received.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

RegionalAccount = Literal["received", "left", "planned", "paid", "reported", "given back"]
RegionalCause = Literal["received", "planned", "unplanned", "paid", "returned", "reported", "retracted", "given back"]

REGIONAL_ACCOUNTS: dict[RegionalAccount, str] = {
    "received": "mottaget från myndigheten",
    "left": "inte fördelat",
    "planned": "planerat, inte utbetalt",
    "paid": "utbetalt eller överfört, inte redovisat",
    "reported": "redovisat som använt",
    "given back": "återbetalt till myndigheten",
}


class RegionalMove(NamedTuple):
    """From which account to which, and what happened, in Swedish."""

    moved_from: RegionalAccount
    moved_to: RegionalAccount
    says: str


REGIONAL_MOVES: dict[RegionalCause, RegionalMove] = {
    "received": RegionalMove("received", "left", "mottaget från myndigheten"),
    "planned": RegionalMove("left", "planned", "planerat"),
    "unplanned": RegionalMove("planned", "left", "inte längre planerat"),
    "paid": RegionalMove("planned", "paid", "utbetalt eller överfört"),
    "returned": RegionalMove("paid", "planned", "betalat tillbaka till regionen"),
    "reported": RegionalMove("paid", "reported", "redovisat som använt"),
    "retracted": RegionalMove("reported", "paid", "mindre använt enligt ny redovisning"),
    "given back": RegionalMove("left", "given back", "återbetalt till myndigheten"),
}
# These belong to the region as a whole; the others have one balance for each line of the plan.
_COMMON: frozenset[RegionalAccount] = frozenset({"received", "left", "given back"})


@dataclass(frozen=True, slots=True)
class RegionalPosting:
    """One move of money in a region's book.

    line        the id of the transfer, effort or clinic; empty where it is about none
    kronor      how much, always more than 0
    reference   the payment, decision or report behind it; it is unique
    """

    cause: RegionalCause
    line: str
    kronor: int
    reference: str
    day: date
    says: str = ""


@dataclass(frozen=True, slots=True)
class RegionalBook:
    """A region's book as it stands."""

    postings: tuple[RegionalPosting, ...] = ()

    def add(self, new: Iterable[RegionalPosting]) -> "RegionalBook":
        """Gives the book with new postings; refuses them all where one is booked already or an account lacks money.

        Raises Fault that says what is lacking where.
        """
        postings = list(new)
        known = {posting.reference for posting in self.postings}
        for posting in postings:
            if posting.reference in known:
                raise Fault(f"regionens bok, {posting.reference}", "Det är redan bokfört.", "Läs in sidan igen.")
            if posting.kronor <= 0:
                raise Fault(f"regionens bok, {posting.reference}", "Beloppet är inte större än 0.", "Ange kronor.")
            if not posting.line and REGIONAL_MOVES[posting.cause].moved_to not in _COMMON:
                raise Fault(f"regionens bok, {posting.reference}", "Raden i planen saknas.", "Ange vad det gäller.")
            known.add(posting.reference)
        grown = RegionalBook((*self.postings, *postings))
        for (account, line), kronor in grown.balances.items():
            if kronor < 0 and account != "received":
                where = f"{REGIONAL_ACCOUNTS[account]}{f' för {line}' if line else ''}"
                raise Fault(
                    "regionens bok",
                    f"Det fattas {in_words(-kronor)} på kontot {where}.",
                    "Ange ett lägre belopp, eller flytta pengar dit först.",
                )
        return grown

    @property
    def balances(self) -> Mapping[tuple[RegionalAccount, str], int]:
        """Kronor by account and line; what was received stands with a minus, so that all of them add up to 0."""
        balances: Counter[tuple[RegionalAccount, str]] = Counter()
        for posting in self.postings:
            move = REGIONAL_MOVES[posting.cause]
            balances[_place(move.moved_from, posting.line)] -= posting.kronor
            balances[_place(move.moved_to, posting.line)] += posting.kronor
        return balances

    @property
    def received(self) -> int:
        """What has been received in all."""
        return -self.balances.get(("received", ""), 0)

    def of(self, account: RegionalAccount, line: str = "") -> int:
        """Gives the balance of an account, of one line where it has lines."""
        return self.balances.get(_place(account, line), 0)

    def total(self, account: RegionalAccount) -> int:
        """Gives the balance of an account over all its lines."""
        return sum(kronor for (of, _), kronor in self.balances.items() if of == account)


def _place(account: RegionalAccount, line: str) -> tuple[RegionalAccount, str]:
    return account, "" if account in _COMMON else line
