"""What waits for someone at the agency right now, by its roles: how many, until when, and where it is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db import connection

from statsbidrag.cycle import Intake
from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor, may
from statsbidrag.portal.correspondence import NOT_THE_AGENCYS
from statsbidrag.portal.jinja import url
from statsbidrag.portal.models import Round
from statsbidrag.portal.queries.prepared import PreparedObjects
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.queries.requisitions import intake
from statsbidrag.rulebook.reminders import Occasion

# How many of each thing wait, by round; 0 is no round in particular. One question, whatever the roles.
_COUNTS = """
SELECT 'begun', year, COUNT(*) FROM portal_decision
 WHERE kind IN ('grant', 'rejection') AND earlier_id IS NULL GROUP BY year
UNION ALL SELECT 'prepared', year, COUNT(*) FROM portal_decision WHERE approval_id IS NULL GROUP BY year
UNION ALL SELECT 'unwritten', year, COUNT(*) FROM portal_decision
 WHERE approval_id IS NOT NULL AND letter_id IS NULL GROUP BY year
UNION ALL SELECT 'unpaid', d.year, COUNT(*) FROM portal_decision d
 WHERE d.kind = 'grant' AND d.approval_id IS NOT NULL AND NOT EXISTS (
   SELECT 1 FROM portal_payment p JOIN portal_paymentbatch b ON b.id = p.batch_id
    WHERE p.decision_id = d.id AND b.withdrawn IS NULL) GROUP BY d.year
UNION ALL SELECT 'to attest', b.year, COUNT(*) FROM portal_paymentbatch b
 WHERE b.handed_over IS NULL AND b.withdrawn IS NULL
   AND (SELECT COUNT(*) FROM portal_attestation a WHERE a.batch_id = b.id) < 2
   AND NOT EXISTS (SELECT 1 FROM portal_attestation a WHERE a.batch_id = b.id AND a.person_id = %s) GROUP BY b.year
UNION ALL SELECT 'to hand over', b.year, COUNT(*) FROM portal_paymentbatch b
 WHERE b.handed_over IS NULL AND b.withdrawn IS NULL
   AND (SELECT COUNT(*) FROM portal_attestation a WHERE a.batch_id = b.id) >= 2 GROUP BY b.year
UNION ALL SELECT 'failed', b.year, COUNT(*) FROM portal_payment p JOIN portal_paymentbatch b ON b.id = p.batch_id
 WHERE EXISTS (SELECT 1 FROM portal_bankanswer a WHERE a.payment_id = p.id AND a.outcome IN ('rejected', 'returned'))
   AND NOT EXISTS (SELECT 1 FROM portal_payment later WHERE later.decision_id = p.decision_id AND later.id > p.id)
 GROUP BY b.year
UNION ALL SELECT 'unmatched', f.year, COUNT(*) FROM portal_bankanswer a JOIN portal_answerfile f ON f.id = a.file_id
 WHERE a.payment_id IS NULL AND a.looked_at IS NULL GROUP BY f.year
UNION ALL SELECT 'applications', 0, COUNT(*) FROM portal_agentapplicationevent e
 WHERE e.kind IN ('received', 'completed', 'withdrawn') AND NOT EXISTS (
   SELECT 1 FROM portal_agentapplicationevent later
    WHERE later.application_id = e.application_id AND later.id > e.id)
UNION ALL SELECT 'closings', 0, COUNT(*) FROM portal_agentapplicationevent e
 WHERE e.kind = 'closing proposed' AND NOT EXISTS (
   SELECT 1 FROM portal_agentapplicationevent later
    WHERE later.application_id = e.application_id AND later.id > e.id)
UNION ALL SELECT 'paid', year, COUNT(DISTINCT recipient) FROM portal_ledgerentry WHERE cause = 'paid' GROUP BY year
UNION ALL SELECT 'reported', year, COUNT(*) FROM portal_receivedreport WHERE number = 1 GROUP BY year
UNION ALL SELECT 'to review', r.year, COUNT(*) FROM portal_receivedreport r
 WHERE NOT EXISTS (SELECT 1 FROM portal_receivedreport later
    WHERE later.year = r.year AND later.recipient = r.recipient AND later.number > r.number)
   AND NOT EXISTS (SELECT 1 FROM portal_acceptedreport a WHERE a.report_id = r.id)
   AND NOT EXISTS (SELECT 1 FROM portal_completionrequest c WHERE c.report_id = r.id AND c.withdrawn IS NULL)
 GROUP BY r.year
UNION ALL SELECT occasion, year, 1 FROM portal_reminderrun
UNION ALL SELECT 'mail', 0, COUNT(*) FROM portal_mail
 WHERE sent IS NULL AND fault <> '' AND occasion NOT IN (%s, %s, %s)
"""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: what it is, where it is done, and by when where there is a day."""

    what: str
    link: str
    by: date | None = None
    note: str = ""


@dataclass(frozen=True)
class _Seen:
    """A round as far as the first page needs it, with how many of each thing wait in it."""

    visitor: Visitor
    year: int
    today: date
    row: Round | None
    counts: Mapping[tuple[str, int], int]

    @cached_property
    def arrived(self) -> Intake:
        """What has come in; asked for only where somebody needs it."""
        return intake(self.year, self.today)

    def waits(self, what: str) -> int:
        """How many of a thing wait in the round."""
        return self.counts.get((what, self.year), 0)


def waiting(visitor: Visitor, today: date) -> list[Task]:
    """Gives what waits for someone now, what has a last day first, in few questions whatever the roles."""
    found = [task for seen in _rounds(visitor, today) for task in _tasks(seen)]
    return sorted(found, key=lambda task: (task.by is None, task.by or today))


_ROUNDS = PreparedObjects[Round](Round.objects.all)


def _rounds(visitor: Visitor, today: date) -> Iterator[_Seen]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [visitor.id, *sorted(NOT_THE_AGENCYS)])
        counts = {(what, year): count for what, year, count in cursor.fetchall()}
    rows = {row.year: row for row in _ROUNDS.all({})}
    for year in rules.years():
        coming = today <= rules.round_rules(year).requisition.last_day.value
        if year in rows or coming:
            yield _Seen(visitor, year, today, rows.get(year), counts)
    yield _Seen(visitor, 0, today, None, counts)


def _tasks(seen: _Seen) -> Iterator[Task]:
    if not seen.year:
        yield from _of_no_round(seen)
        return
    if may(seen.visitor, "run round"):
        yield from _running(seen)
    elif may(seen.visitor, "register"):
        yield from _registering(seen)
    if may(seen.visitor, "remind"):
        yield from _reminding(seen)
    yield from _reporting(seen)
    yield from _deciding(seen)
    yield from _paying(seen)


def _running(seen: _Seen) -> Iterator[Task]:
    year, row, dates = seen.year, seen.row, rules.round_rules(seen.year).requisition
    if not row or not row.published:
        opens = dates.opens.value
        yield Task(f"Fördela och publicera listan för omgång {year}", url("round_desk", year), opens)
        return
    if not row.opened and dates.opens.value <= seen.today <= dates.last_day.value:
        yield Task(f"Öppna omgång {year}", url("round_desk", year), dates.opens.value)
    lacking = sum(review.state == "to complete" for review in seen.arrived.reviews)
    if lacking and seen.today <= dates.completed_by:
        link = f"{url('requisitions', year)}?lage=to+complete"
        note = "Mottagarna kompletterar själva; påminn dem eller registrera det som kommer på papper."
        yield Task(f"{lacking} {_of(lacking, 'rekvisition', 'rekvisitioner')} brister", link, dates.completed_by, note)
    if not row.reallocated and seen.today > dates.completed_by:
        due = dates.completed_by + timedelta(days=1)
        yield Task(f"Omfördela det som är kvar i omgång {year}", url("reallocation", year), due)


def _registering(seen: _Seen) -> Iterator[Task]:
    completed_by = rules.round_rules(seen.year).requisition.completed_by
    if seen.row and seen.row.opened and seen.today <= completed_by:
        what = f"Registrera det som kommer på papper eller med e-post i omgång {seen.year}"
        yield Task(what, url("register_requisition", seen.year), completed_by)


def _reminding(seen: _Seen) -> Iterator[Task]:
    if not seen.row or not seen.row.opened:
        return
    of_round = rules.round_rules(seen.year)
    for occasion in rules.book().reminders:
        begun = seen.row.form_sent if occasion.about == "report" else not seen.row.reallocated
        if not begun or seen.waits(occasion.key) or not _someone(seen, occasion):
            continue
        if occasion.day(of_round) <= seen.today <= occasion.last_day_of_use(of_round):
            link = url("reminder", seen.year, occasion.key)
            yield Task(f"Skicka påminnelsen ”{occasion.name}”", link, occasion.last_day_of_use(of_round))


def _reporting(seen: _Seen) -> Iterator[Task]:
    """The form to send out when the year is over, and the reports to review."""
    year, last_day = seen.year, rules.round_rules(seen.year).report.last_day.value
    unsent = seen.row is not None and not seen.row.form_sent and seen.waits("paid") > 0
    if unsent and may(seen.visitor, "run round") and form_of(year) and seen.today > date(year, 12, 31):
        yield Task(f"Skicka ut återrapporteringsformuläret {year}", url("report_sending_out", year), last_day)
    if may(seen.visitor, "review report") and (to_review := seen.waits("to review")):
        what = _of(to_review, "återrapport", "återrapporter")
        yield Task(f"Granska {to_review} {what} i omgång {year}", f"{url('reports', year)}?lage=sent")


def _someone(seen: _Seen, occasion: Occasion) -> bool:
    """Whether anyone would get the reminder."""
    if occasion.to == "not reported":
        return seen.waits("reported") < seen.waits("paid")
    if occasion.to == "to complete":
        return any(review.state == "to complete" for review in seen.arrived.reviews)
    return bool(seen.arrived.to_remind(rules.ceilings(seen.year)))


def _deciding(seen: _Seen) -> Iterator[Task]:
    year, visitor = seen.year, seen.visitor
    if seen.row and seen.row.reallocated and may(visitor, "prepare decision"):
        rejected = sum(review.state == "rejected" for review in seen.arrived.reviews)
        left = len(seen.arrived.requested) + rejected - seen.waits("begun")
        if left > 0:
            yield Task(f"Bered {left} beslut i omgång {year}", url("prepare_decisions", year))
    if (prepared := seen.waits("prepared")) and may(visitor, "decide"):
        yield Task(f"Fatta {prepared} beslut i omgång {year}", url("decisions", year))
    if (unwritten := seen.waits("unwritten")) and may(visitor, "send letters"):
        yield Task(f"Skriv och skicka {unwritten} beslutsbrev i omgång {year}", url("letters", year))


def _paying(seen: _Seen) -> Iterator[Task]:
    year, visitor = seen.year, seen.visitor
    if (to_attest := seen.waits("to attest")) and may(visitor, "attest"):
        what = _of(to_attest, "utbetalning", "utbetalningar")
        yield Task(f"Attestera {to_attest} {what} i omgång {year}", url("payments", year))
    if not may(visitor, "prepare payment"):
        return
    if unpaid := seen.waits("unpaid"):
        note = "Kontrollera först vem som äger de gironummer som är nya."
        what = _of(unpaid, "beslutat bidrag", "beslutade bidrag")
        yield Task(f"Betala ut {unpaid} {what} i omgång {year}", url("payments", year), None, note)
    if ready := seen.waits("to hand over"):
        what = _of(ready, "attesterad utbetalning", "attesterade utbetalningar")
        yield Task(f"Lämna över {ready} {what} i omgång {year}", url("payments", year))
    if failed := seen.waits("failed"):
        what = _of(failed, "betalning", "betalningar")
        yield Task(f"Åtgärda {failed} {what} som inte gick fram i omgång {year}", url("payments", year))
    if unmatched := seen.waits("unmatched"):
        yield Task(f"Gå igenom {unmatched} svar som inte hör till någon betalning", url("bank_answers", year))


def _of_no_round(seen: _Seen) -> Iterator[Task]:
    if (applications := seen.waits("applications")) and may(seen.visitor, "judge agents"):
        what = _of(applications, "ansökan", "ansökningar")
        yield Task(f"Pröva {applications} {what} om att bli ombud", url("agent_applications"))
    if (closings := seen.waits("closings")) and may(seen.visitor, "decide"):
        what = _of(closings, "ansökan", "ansökningar")
        yield Task(f"Besluta om att avskriva {closings} {what} om att bli ombud", url("agent_applications"))
    if (mails := seen.waits("mail")) and may(seen.visitor, "remind"):
        link = f"{url('outbox')}?lage=failed"
        yield Task(f"{mails} mejl gick inte fram", link, None, "Se varför och skicka igen.")


def _of(count: int, one: str, several: str) -> str:
    return one if count == 1 else several
