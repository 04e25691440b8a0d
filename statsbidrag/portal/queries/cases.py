"""A recipient's case as the officer sees it: everything in it, in few questions to the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from statsbidrag.cycle import DECISION_KINDS, Review
from statsbidrag.cycle.ledger import MOVES, LedgerAccount, Posting
from statsbidrag.portal import rules
from statsbidrag.portal.models import Case, CaseNote, Decision, LedgerEntry
from statsbidrag.portal.papers import DIRECTIONS
from statsbidrag.portal.queries.payments import Attempt, payments_to
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, YEAR, Prepared, PreparedObjects
from statsbidrag.portal.queries.requisitions import versions
from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import day_in_words

_ENTRY = ("id", "number", "at", "document__direction", "document__party", "document__matter", "document__erased_by")
_POSTING = ("cause", "recipient", "kronor", "reference", "day", "year", "fingerprint")
_DECISION = (
    "reference",
    "kind",
    "kronor",
    "reallocated",
    "reasons",
    "earlier__reference",
    "approval__day",
    "approval__decision_maker__name",
    "prepared_by__name",
    "letter_id",
)
_CASE = ("id", "number", "serial", "year", "kind", "recipient", "matter", "opened", "their_number")
_DECISIONS = Prepared(lambda: Decision.objects.filter(case_id=ID).order_by("id").values_list(*_DECISION))
_POSTINGS = Prepared(
    lambda: LedgerEntry.objects.filter(year=YEAR, recipient=RECIPIENT).order_by("id").values_list(*_POSTING)
)
_NOTES = Prepared(lambda: CaseNote.objects.filter(case_id=ID).order_by("-id").values_list("at", "by__name", "text"))
_WITH_ENTRIES = Prepared(
    lambda: (
        Case.objects.filter(kind="grant", year=YEAR, recipient=RECIPIENT)
        .order_by("entries__number")
        .values_list(*_CASE, *(f"entries__{name}" for name in _ENTRY))
    )
)
_GRANT = PreparedObjects[Case](lambda: Case.objects.filter(kind="grant", year=YEAR, recipient=RECIPIENT))


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the case."""

    id: int
    number: int
    at: datetime
    direction: str
    party: str
    matter: str
    erased_by: str


@dataclass(frozen=True, slots=True)
class Made:
    """A decision of the case, made or only prepared.

    day         when it was made; None while it waits
    letter      the entry of its letter; None before it is written
    replaced    the number of the decision that replaces it, or empty
    gives       whether it gives money: a grant, or a correction or change of one
    """

    reference: str
    kind: str
    total: int
    reasons: tuple[str, ...]
    earlier: str
    day: date | None
    decision_maker: str
    presenter: str
    letter: int | None
    replaced: str
    gives: bool

    @property
    def name(self) -> str:
        """What it is about."""
        return dict[str, str](DECISION_KINDS.items())[self.kind]

    @property
    def state(self) -> tuple[str, str]:
        """Where it stands, in a word, and how that is shown."""
        if self.day is None:
            return "Väntar på beslut", "wait"
        if self.replaced:
            return f"Ersatt av {self.replaced}", "neutral"
        return ("Gäller", "good") if self.letter else ("Fattat, brev saknas", "wait")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything in a recipient's case."""

    case: Case
    entries: tuple[Entry, ...]
    reviews: tuple[Review, ...]
    decisions: tuple[Made, ...]
    payments: tuple[Attempt, ...]
    notes: tuple[tuple[datetime, str, str], ...]
    postings: tuple[Posting, ...]

    @property
    def moves(self) -> Because:
        """Every move of the recipient's money, in the order of the book."""
        steps = tuple(
            Because(f"{day_in_words(one.day)}: {MOVES[one.cause].says} ({one.reference})", one.kronor, "kr")
            for one in self.postings
        )
        return Because(f"Så har pengarna för {self.name} rört sig", steps=steps)

    @property
    def overpaid(self) -> int:
        """What is paid, or used by the report, beyond what the decision that stands gives; a matter for step 8."""
        given = [one.total for one in self.decisions if one.gives and one.day and not one.replaced]
        spent = self.balance("paid") + self.balance("used")
        return max(0, spent - sum(given)) if given else 0

    @property
    def name(self) -> str:
        """The recipient's name."""
        return rules.recipients()[self.case.recipient].name

    def balance(self, account: LedgerAccount) -> int:
        """What is on an account of the recipient's, in kronor."""
        into = sum(one.kronor for one in self.postings if one.moved_to == account)
        return into - sum(one.kronor for one in self.postings if one.moved_from == account)

    def moved(self, cause: str) -> int:
        """What a cause has moved, in kronor."""
        return sum(one.kronor for one in self.postings if one.cause == cause)


def case_file(year: int, recipient: str, today: date) -> CaseFile | None:
    """Gives a recipient's case in a round, or None where nothing has come in and nothing is decided."""
    case, entries = _case_with_entries(year, recipient)
    if case is None:
        return None
    which: dict[object, object] = {ID: case.pk, YEAR: year, RECIPIENT: recipient}
    rows = _DECISIONS.rows(which)
    postings = tuple(Posting(*row) for row in _POSTINGS.rows(which))
    known = payments_to(recipient)
    notes = _NOTES.rows(which)
    return CaseFile(
        case,
        entries,
        versions(year, recipient, today),
        _decisions(rows),
        known[year].attempts if year in known else (),
        tuple(notes),
        postings,
    )


def grant_case(year: int, recipient: str) -> Case | None:
    """Gives only the case itself, or None."""
    return _GRANT.one({YEAR: year, RECIPIENT: recipient})


def _case_with_entries(year: int, recipient: str) -> tuple[Case | None, tuple[Entry, ...]]:
    """The case and its documents, in one question."""
    rows = _WITH_ENTRIES.rows({YEAR: year, RECIPIENT: recipient})
    if not rows:
        return None, ()
    case = Case(**dict(zip(_CASE, rows[0][: len(_CASE)], strict=True)))
    return case, tuple(_entry(row[len(_CASE) :]) for row in rows if row[len(_CASE)] is not None)


def _entry(row: tuple[Any, ...]) -> Entry:
    id_, number, at, direction, party, matter, erased_by = row
    return Entry(id_, number, at, DIRECTIONS[direction], party, matter, erased_by)


def _decisions(rows: Iterable[tuple[Any, ...]]) -> tuple[Made, ...]:
    """The decisions, each once, with what has replaced it."""
    known = {row[0]: row for row in rows}
    gives = {reference for reference, row in known.items() if row[1] == "grant"}
    for reference, row in known.items():  # in the order they were prepared, so what is built on comes first
        if row[1] in ("correction", "change") and row[5] in gives:
            gives.add(reference)
    replaced = {row[5]: reference for reference, row in known.items() if row[1] in ("correction", "change") and row[6]}
    return tuple(
        Made(
            reference=reference,
            kind=row[1],
            total=row[2] + row[3],
            reasons=tuple(row[4]),
            earlier=row[5] or "",
            day=row[6],
            decision_maker=row[7] or "",
            presenter=row[8],
            letter=row[9],
            replaced=replaced.get(reference, ""),
            gives=reference in gives,
        )
        for reference, row in known.items()
    )
