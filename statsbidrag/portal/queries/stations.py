"""The round as a line of nine stations: what is done, when and by whom, what waits and on whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from statsbidrag.cycle import Intake
from statsbidrag.cycle.round import Round as RoundRules
from statsbidrag.portal import rules
from statsbidrag.portal.models import Document, Round
from statsbidrag.portal.queries.later_stations import Deciding, State, Station, later_stations
from statsbidrag.portal.queries.prepared import ID, YEAR, Prepared, PreparedObjects
from statsbidrag.portal.queries.requisitions import intake
from statsbidrag.portal.queries.sums import Moved, moved
from statsbidrag.terms.dates import day_in_words, day_of_arrival

_DECIDING = """
SELECT COUNT(CASE WHEN kind IN ('grant', 'rejection') AND earlier_id IS NULL THEN 1 END),
       COUNT(CASE WHEN approval_id IS NULL AND kind NOT IN ('claim', 'waiver') THEN 1 END),
       COUNT(CASE WHEN kind = 'grant' AND approval_id IS NOT NULL THEN 1 END),
       COUNT(CASE WHEN approval_id IS NOT NULL AND letter_id IS NULL THEN 1 END),
       COUNT(CASE WHEN kind IN ('claim', 'waiver') AND approval_id IS NULL THEN 1 END),
       (SELECT COUNT(*) FROM portal_receivedreport r WHERE r.year = %s AND r.number = 1),
       COALESCE((SELECT state FROM portal_jointaccount a WHERE a.year = %s), '')
  FROM portal_decision WHERE year = %s
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A round with everything that its line of stations is drawn from, read in few questions.

    row       what has been done with it; None where nothing has
    authors   who made the documents of the round's own case, by what they are about
    """

    year: int
    today: date
    row: Round | None
    authors: Mapping[str, str]
    arrived: Intake
    moved: Moved
    deciding: Deciding

    @property
    def rules(self) -> RoundRules:
        """The rules of the round."""
        return rules.round_rules(self.year)

    @property
    def over(self) -> bool:
        """Whether the round was over before anything was done with it here."""
        return self.row is None and self.today > self.rules.requisition.last_day.value

    @property
    def changed(self) -> bool:
        """Whether the rules are others than those the published list was computed with."""
        row = self.row
        return row is not None and bool(row.fingerprint) and row.fingerprint != rules.fingerprint(self.year)

    @property
    def heard(self) -> int:
        """How many recipients have requisitioned or abstained; who only has a rejected requisition is not counted."""
        return len({review.requisition.recipient for review in self.arrived.reviews if review.state != "rejected"})

    @property
    def requested(self) -> int:
        """What has been requisitioned by those whose requisition counts, in kronor."""
        return sum(self.arrived.requested.values())

    @property
    def to_complete(self) -> int:
        """How many requisitions lack something."""
        return sum(review.state == "to complete" for review in self.arrived.reviews)

    @property
    def to_reject(self) -> int:
        """How many requisitions are to be rejected by a decision."""
        return sum(review.state == "rejected" for review in self.arrived.reviews)

    @property
    def to_prepare(self) -> int:
        """How many grants and rejections are still to be prepared."""
        return max(0, len(self.arrived.requested) + self.to_reject - self.deciding.begun)

    def stations(self) -> list[Station]:
        """Gives the nine stations: those done, the first that can be worked on now, and what comes next."""
        line = [station for part in _PARTS for station in part(self)]
        states: list[State] = ["done" if station.done else "now" if station.ready else "wait" for station in line]
        if "wait" in states:
            states[states.index("wait")] = "next"
        return [replace(station, state=state) for station, state in zip(line, states, strict=True)]


_ROUND = PreparedObjects[Round](lambda: Round.objects.filter(pk=YEAR))
_AUTHORS = Prepared(
    lambda: (
        Document.objects.filter(entry__case=ID, by__isnull=False).order_by("entry_id").values_list("about", "by__name")
    )
)


def desk(year: int, today: date) -> Desk:
    """Reads how far a round has come."""
    row = _ROUND.one({YEAR: year})
    authors: dict[str, str] = {}
    if row and row.case_id:
        authors = dict(_AUTHORS.rows({ID: row.case_id}))
    with connection.cursor() as cursor:
        cursor.execute(_DECIDING, [year, year, year])
        deciding = Deciding(*cursor.fetchone())
    return Desk(year, today, row, authors, intake(year, today), moved(year), deciding)


def _first_half(desk: Desk) -> Iterator[Station]:
    dates, row = desk.rules.requisition, desk.row
    published, opened, shared = (row.published, row.opened, row.reallocated) if row else (None, None, None)
    note = _by_whom(desk, published, "allocation list") if published else "Väntar på handläggare"
    yield Station("Fördelning", note, "allocation_list" if published else "", bool(published), not published)
    yield Station(
        "Rekvisition",
        _on_requisition(desk, opened),
        "requisitions",
        bool(shared) or (bool(opened) and desk.today > dates.completed_by),
        bool(published),
    )
    due = bool(published) and desk.today > dates.completed_by
    note = "Väntar på handläggare" if due else f"Tidigast dagen efter {day_in_words(dates.completed_by)}"
    note = _by_whom(desk, shared, "reallocation") if shared else note
    yield Station("Omfördelning", note, "reallocation", bool(shared), due)


def _second_half(desk: Desk) -> Iterator[Station]:
    row, deciding, book = desk.row, desk.deciding, desk.moved
    shared = bool(row and row.reallocated)
    decided = shared and not desk.to_prepare and not deciding.prepared
    yield Station("Beslut", _on_decisions(desk, shared), "prepare_decisions" if shared else "", decided, shared)
    to_pay = book.balance("granted")
    paid = decided and deciding.granted > 0 and to_pay == 0
    note = "Efter besluten"
    if deciding.granted:
        count = book.count("paid")
        note = f"{count} av {deciding.granted} utbetalda" + ("" if paid else ". Väntar på ekonom")
    yield Station("Utbetalning", note, "payments" if deciding.granted else "", paid, deciding.granted > 0)


def _the_rest(desk: Desk) -> Iterator[Station]:
    return later_stations(desk.rules, desk.moved, desk.deciding, desk.row.form_sent if desk.row else None)


_PARTS = (_first_half, _second_half, _the_rest)


def _on_requisition(desk: Desk, opened: datetime | None) -> str:
    dates, everyone = desk.rules.requisition, len(rules.ceilings(desk.year))
    if not opened:
        due = desk.today >= dates.opens.value
        return "Kan öppnas nu. Väntar på handläggare" if due else f"Öppnar {day_in_words(dates.opens.value)}"
    heard = f"{desk.heard} av {everyone} har svarat"
    if desk.today <= dates.last_day.value:
        return f"{heard}. Väntar på mottagarna till {day_in_words(dates.last_day.value)}"
    if desk.today <= dates.completed_by and desk.to_complete:
        return f"{heard}. {desk.to_complete} kan kompletteras till {day_in_words(dates.completed_by)}"
    return f"{heard}. Stängd sedan {day_in_words(dates.last_day.value)}"


def _on_decisions(desk: Desk, shared: bool) -> str:
    if not shared:
        return "Efter omfördelningen"
    waits = []
    if desk.to_prepare:
        waits.append(f"{desk.to_prepare} väntar på föredragande")
    if desk.deciding.prepared:
        waits.append(f"{desk.deciding.prepared} väntar på beslutsfattare")
    if desk.deciding.unwritten:
        waits.append(f"{desk.deciding.unwritten} väntar på brev")
    return ", ".join(waits) or f"{desk.deciding.granted} bidrag beslutade"


def _by_whom(desk: Desk, when: datetime, about: str) -> str:
    name = desk.authors.get(about)
    return day_in_words(day_of_arrival(when)) + (f", {name}" if name else "")
