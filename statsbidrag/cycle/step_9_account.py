"""Step 9, account (samlad redovisning, § 11): who got what, used it how, and with which results.

Every sum comes from the ledger and ties to it. Regions and municipalities stand apart: both report the same visits,
so their visits are never added together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from statsbidrag.cycle.ledger import LEDGER_ACCOUNTS, Cause, Ledger, LedgerAccount
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.parties import Kind, Recipient
from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class AccountRules:
    """When the account is given and what it shows: section [account] of the round's file.

    visits   ``by kind``: a region's and a municipality's visits are never added
    """

    last_day: Stated[date]
    yearly: Stated[str]
    contents: tuple[Stated[str], ...]
    visits: Stated[Literal["by kind"]]
    open_data: Stated[str]


class Money(NamedTuple):
    """A recipient's money, or several recipients' together, in kronor.

    granted       by its own requisition; ``reallocated`` comes on top
    owed          everything repayable: claimed and waived
    outstanding   claimed and not repaid yet
    """

    ceiling: int
    granted: int
    reallocated: int
    withheld: int
    paid: int
    used: int
    owed: int
    claimed: int
    waived: int
    repaid: int
    outstanding: int


class Visits(NamedTuple):
    """Extended home visits as reported: planned, done, families with at least one, and clinics that took part."""

    planned: int
    done: int
    families: int
    clinics: int


@dataclass(frozen=True, slots=True)
class Reported:
    """What the account takes from one recipient's report that counts; never its free text.

    used      kronor
    efforts   the names of the efforts that the grant has paid for
    answers   how the results relate to purpose and conditions: an answer for each point asked about
    """

    recipient: str
    used: int
    visits: Visits
    efforts: frozenset[str] = frozenset()
    answers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient's year; without a report its visits are unknown, not 0."""

    recipient: Recipient
    money: Money
    report: Reported | None

    @property
    def open_data(self) -> dict[str, str | int | None]:
        """The recipient's row of the public yearly data: money and counts, no contacts and no free text."""
        visits = self.report.visits if self.report else None
        return {
            "kind": self.recipient.kind,
            "code": self.recipient.code,
            "name": self.recipient.name,
            "organisation_number": self.recipient.organisation_number,
            **self.money._asdict(),
            "visits_planned": visits.planned if visits else None,
            "visits_done": visits.done if visits else None,
            "families": visits.families if visits else None,
            "clinics": visits.clinics if visits else None,
        }


@dataclass(frozen=True, slots=True)
class Account:
    """The joint account of a round to the Government.

    lines        one for every recipient of the list, also those who asked for nothing
    balances     where the pot is now, by the ledger's accounts
    assessment   the agency's summary assessment of the results against purpose and conditions (§ 11 p 3)
    """

    rules: AccountRules
    year: int
    lines: tuple[Line, ...]
    balances: Mapping[LedgerAccount, int]
    assessment: str

    @property
    def total(self) -> Money:
        """Everybody's money."""
        return _sum(line.money for line in self.lines)

    def money_of(self, kind: Kind) -> Money:
        """The money of the regions, or of the municipalities."""
        return _sum(line.money for line in self._of(kind))

    def received(self, kind: Kind) -> tuple[Line, ...]:
        """Who has received the grant (§ 11 p 1)."""
        return tuple(line for line in self._of(kind) if line.money.paid)

    def visits_of(self, kind: Kind) -> Visits:
        """The visits that the regions, or the municipalities, have reported; there is no sum of the two."""
        visits = (report.visits for report in self._reports(kind))
        return Visits(*map(sum, zip(Visits(0, 0, 0, 0), *visits, strict=True)))

    def efforts_of(self, kind: Kind) -> Counter[str]:
        """How many of a kind have used the grant for each effort (§ 11 p 2)."""
        return Counter(effort for report in self._reports(kind) for effort in report.efforts)

    def answers_of(self, kind: Kind) -> Mapping[str, Counter[str]]:
        """How many of a kind have given each answer on each point of purpose and conditions (§ 11 p 3)."""
        counts: dict[str, Counter[str]] = {}
        for report in self._reports(kind):
            for point, answer in (report.answers or {}).items():
                counts.setdefault(point, Counter())[answer] += 1
        return counts

    def because(self) -> Because:
        """Where the whole pot is, account by account; an account with nothing on it is left out."""
        pot = sum(self.balances.values())
        held = {LEDGER_ACCOUNTS[name].capitalize(): kronor for name, kronor in self.balances.items() if kronor}
        where = (Because(name, kronor, "kr") for name, kronor in held.items())
        visits = resting_on(self.rules.visits, "Regionernas och kommunernas besök räknas var för sig")
        return Because(f"Potten {self.year}: {in_words(pot)}", pot, "kr", steps=(*where, visits))

    def _of(self, kind: Kind) -> Sequence[Line]:
        return [line for line in self.lines if line.recipient.kind == kind]

    def _reports(self, kind: Kind) -> Sequence[Reported]:
        return [line.report for line in self._of(kind) if line.report]


def account(
    rules: AccountRules,
    recipients: Iterable[Recipient],
    ledger: Ledger,
    reports: Iterable[Reported],
    *,
    assessment: str,
) -> Account:
    """Gives the joint account of a round, every sum tied to the ledger (§ 11).

    ``reports`` are the reports that count. Raises Fault where the assessment is missing, a recipient of the ledger is
    not in the list, or a report's used sum is not the ledger's.
    """
    where = f"samlad redovisning {ledger.year}"
    if not assessment.strip():
        raise Fault(where, "Den sammanfattande bedömningen saknas.", "Skriv den; den krävs enligt 11 §.")
    by_recipient = {report.recipient: report for report in reports}
    moved, balances = ledger.turnovers(), ledger.balances()
    lines = tuple(Line(one, _money(one.key, moved, balances), by_recipient.get(one.key)) for one in recipients)
    _refuse_strangers(where, lines, {*by_recipient, *(posting.recipient for posting in ledger.postings)})
    for line in lines:
        if line.report and line.report.used != line.money.used:
            why = f"Redovisningen säger {in_words(line.report.used)} använt, huvudboken {in_words(line.money.used)}."
            raise Fault(f"{where}, {line.recipient.name}", why, "Bokför den redovisning som gäller.")
    return Account(rules, ledger.year, lines, ledger.totals(), assessment)


def _money(
    recipient: str, moved: Mapping[tuple[Cause, str], int], balances: Mapping[tuple[LedgerAccount, str], int]
) -> Money:
    """A recipient's sums: what moved, less what moved back, and what lies on its accounts."""

    def net(*causes: Cause, back: tuple[Cause, ...] = ()) -> int:
        return sum(moved.get((cause, recipient), 0) for cause in causes) - sum(
            moved.get((cause, recipient), 0) for cause in back
        )

    owed = net("owed of unused", "owed of used", back=("credited to unused", "credited to used"))
    waived = balances.get(("waived", recipient), 0)
    return Money(
        ceiling=net("allocated"),
        granted=net("granted", "raised", back=("reduced",)),
        reallocated=net("reallocated"),
        withheld=balances.get(("withheld", recipient), 0),
        paid=net("paid", back=("returned",)),
        used=net("used", back=("used less",)),
        owed=owed,
        claimed=owed - waived,
        waived=waived,
        repaid=balances.get(("repaid", recipient), 0),
        outstanding=balances.get(("owed", recipient), 0),
    )


def _sum(each: Iterable[Money]) -> Money:
    return Money(*map(sum, zip(Money(*(0,) * len(Money._fields)), *each, strict=True)))


def _refuse_strangers(where: str, lines: Sequence[Line], seen: Iterable[str]) -> None:
    listed = {line.recipient.key for line in lines}
    for recipient in sorted(seen):
        if recipient not in listed:
            raise Fault(where, f"{recipient} finns inte bland bidragsmottagarna.", "Rätta koden eller listan.")
