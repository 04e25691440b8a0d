"""The last stations of a round's line: distribution, reports, repayment and the joint account."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from statsbidrag.cycle.round import Round as RoundRules
from statsbidrag.portal.queries.sums import Moved
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import in_words

State = Literal["done", "now", "next", "wait"]


@dataclass(frozen=True, slots=True)
class Station:
    """One of the nine steps: where it stands, and a note on when and by whom it was done, or on whom it waits.

    page    the name of the page where its work is done; empty where there is none
    done    whether nothing more is to be done
    ready   whether its work can begin: what it builds on is done
    """

    text: str
    note: str
    page: str = ""
    done: bool = False
    ready: bool = False
    state: State = "wait"


@dataclass(frozen=True, slots=True)
class Deciding:
    """How far the decisions of a round have come, and what follows on them.

    begun       grants and rejections that have been prepared or decided
    prepared    decisions that wait for the decision-maker
    granted     grants that are decided
    unwritten   decided, but with no letter yet
    claims      claims and waivers that wait for the decision-maker
    reported    recipients that have sent in a report
    account     how far the joint account has come; empty before anyone has begun
    """

    begun: int
    prepared: int
    granted: int
    unwritten: int
    claims: int
    reported: int
    account: str


def later_stations(
    rules: RoundRules, moved: Moved, deciding: Deciding, form_sent: datetime | None
) -> Iterator[Station]:
    """Gives the stations after the payments, each with whom it waits for."""
    report, account = day_in_words(rules.report.last_day.value), day_in_words(rules.account.last_day.value)
    yield Station("Vidarefördelning", "Regionernas eget steg")
    yield _reporting(moved, deciding, form_sent, report)
    if not deciding.reported:
        yield Station("Återbetalning", "När redovisningarna är granskade")
        yield Station("Samlad redovisning", f"Till regeringen senast {account}")
        return
    yield _repaying(moved, deciding)
    yield _accounting(deciding, account)


def _reporting(moved: Moved, deciding: Deciding, form_sent: datetime | None, last_day: str) -> Station:
    """The reports: how many have come in of those that have been paid."""
    paid = moved.count("paid") - moved.count("returned")
    if not form_sent:
        note = "Formuläret kan skickas ut. Väntar på handläggare" if paid else f"Senast {last_day}"
        return Station("Återrapportering", note, "reports" if paid else "")
    note = f"{deciding.reported} av {paid} har redovisat. Senast {last_day}"
    return Station("Återrapportering", note, "reports", deciding.reported >= paid, ready=True)


def _repaying(moved: Moved, deciding: Deciding) -> Station:
    """The claims: what is still to be paid back."""
    owed, repaid = moved.balance("owed"), moved.balance("repaid")
    if not (owed or repaid or deciding.claims):
        return Station("Återbetalning", "Väntar på föredragande", "repayments", ready=True)
    note = f"{in_words(repaid)} betalt, {in_words(owed)} kvar"
    note += f". {deciding.claims} väntar på beslutsfattare" if deciding.claims else ""
    return Station("Återbetalning", note, "repayments", not owed and not deciding.claims, ready=True)


def _accounting(deciding: Deciding, last_day: str) -> Station:
    """The joint account: who it waits for."""
    if deciding.account == "decided":
        return Station("Samlad redovisning", "Beslutad", "joint_account", done=True)
    who = "beslutsfattare" if deciding.account == "review" else "handläggare"
    return Station("Samlad redovisning", f"Väntar på {who}. Senast {last_day}", "joint_account", ready=True)
