"""Step 3 as it would turn out, or as it turned out: what is left, who gets it and why."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from statsbidrag.cycle import Reallocation, reallocate
from statsbidrag.exchange.tables import Column, Table
from statsbidrag.portal import rules
from statsbidrag.portal.models import LedgerEntry, ReallocatedShare
from statsbidrag.portal.queries.requisitions import intake
from statsbidrag.portal.reasons import as_said
from statsbidrag.terms.because import Because
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.parties import IN_SWEDISH

_COLUMNS = (
    Column("recipient", "Mottagare"),
    Column("kind", "Slag", words=dict(IN_SWEDISH.items())),
    Column("name", "Namn"),
    Column("ceiling", "Högsta belopp (kr)", "kronor"),
    Column("requisitioned", "Rekvirerat (kr)", "kronor"),
    Column("kronor", "Omfördelat (kr)", "kronor"),
    Column("limit", "Egen gräns"),
)


@dataclass(frozen=True, slots=True)
class SharedOut:
    """A reallocation beside what it was computed from.

    requested   kronor by recipient, of everyone whose requisition counts
    """

    year: int
    shared: Reallocation
    requested: Mapping[str, int]

    @property
    def seal(self) -> str:
        """A short mark of what was seen, so that nothing else is run than what the officer saw."""
        shared = self.shared
        seen = f"{shared.left} {sorted(shared.shares.items())}"
        return hashlib.sha256(seen.encode()).hexdigest()[:16]

    @property
    def unclaimed(self) -> dict[str, int]:
        """What each recipient has left of its ceiling, in kronor."""
        ceilings = rules.ceilings(self.year)
        return {recipient: kronor - self.requested.get(recipient, 0) for recipient, kronor in ceilings.items()}

    def line(self, recipient: str) -> "Line":
        """What one of those who want more would get."""
        shared = self.shared
        kronor, because = shared.shares[recipient], shared.because(recipient)
        return Line(recipient, shared.weights[recipient], self.requested[recipient], kronor, because)

    def turnout(self) -> "Turnout":
        """The shares as they would be, in the order of the round's list."""
        shared = self.shared
        lines = tuple(self.line(key) for key in rules.ceilings(self.year) if key in shared.shares)
        return Turnout(self.year, shared.left, shared.stays, lines, shared.because_stays())


@dataclass(frozen=True, slots=True)
class Line:
    """What a recipient gets of what is left, beside its ceiling and what it requisitioned, and why; in kronor."""

    recipient: str
    ceiling: int
    requested: int
    kronor: int
    because: Because

    @property
    def name(self) -> str:
        """The recipient's name."""
        return rules.recipients()[self.recipient].name


@dataclass(frozen=True, slots=True)
class Turnout:
    """A reallocation as a page or a list shows it: what was left, a line for everyone who wanted more, what stays."""

    year: int
    left: int
    stays: int
    lines: tuple[Line, ...]
    because_stays: Because

    @property
    def given(self) -> int:
        """What is given to those who wanted more."""
        return self.left - self.stays

    def table(self) -> Table:
        """The list of who gets what, as it is kept in the diary."""
        rows = tuple(
            (
                line.recipient,
                rules.recipients()[line.recipient].kind,
                line.name,
                line.ceiling,
                line.requested,
                line.kronor,
                _because_of_wish(line.because),
            )
            for line in self.lines
        )
        about = (
            ("Kvar att omfördela", in_words(self.left)),
            ("Omfördelat", in_words(self.given)),
            ("Stannar", f"{in_words(self.stays)}. {self.because_stays.says}."),
            ("Reglernas fingeravtryck", rules.fingerprint(self.year)),
        )
        return Table(f"Omfördelning {self.year}", _COLUMNS, rows, about)


def shared_out(year: int, today: date) -> SharedOut:
    """Computes the reallocation on what has come in and counts today; nothing is stored."""
    arrived, rules_ = intake(year, today), rules.round_rules(year).reallocation
    shared = reallocate(rules_, rules.ceilings(year), arrived.requested, arrived.willing)
    return SharedOut(year, shared, arrived.requested)


def as_it_was(year: int, recipient: str = "") -> Turnout:
    """Gives the reallocation that was run, with its reasons as they were; nothing that has come in since changes it.

    With a recipient it has the line of that one only.
    """
    booked = LedgerEntry.objects.filter(year=year, cause__in=("allocated", "unclaimed")).order_by()
    kronor = {(cause, key): sum_ for cause, key, sum_ in booked.values_list("cause", "recipient", "kronor")}
    shares = ReallocatedShare.objects.filter(round_id=year).order_by("id")
    found = list(shares.values_list("recipient", "kronor"))
    kept = dict((shares.filter(recipient=recipient) if recipient else shares).values_list("recipient", "because"))
    lines = []
    for key, share in found:
        if key in kept:
            ceiling = kronor.get(("allocated", key), 0)
            requested = ceiling - kronor.get(("unclaimed", key), 0)
            lines.append(Line(key, ceiling, requested, share, as_said(kept[key])))
    left = sum(sum_ for (cause, _), sum_ in kronor.items() if cause == "unclaimed")
    stays = left - sum(share for _, share in found)
    says = "Det som ingen tog stannar hos myndigheten" if stays else "Allt som var kvar är omfördelat"
    return Turnout(year, left, stays, tuple(lines), Because(says, stays, "kr"))


def booked_ceilings(year: int) -> dict[str, int]:
    """Gives the list as it was booked when it was published, in kronor by recipient."""
    return dict(LedgerEntry.objects.filter(year=year, cause="allocated").values_list("recipient", "kronor"))


def _because_of_wish(because: Because) -> str:
    """What limited a recipient's share, in the words of its reason; empty where nothing did."""
    return "; ".join(step.says for step in because.steps if "högst" in step.says and step.cites == "adm-21")
