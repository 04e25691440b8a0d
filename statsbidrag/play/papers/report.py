"""Folder 7-report: the form to read, what came in and when, every answer that counts, and the receipts."""

import json
from collections.abc import Iterator

from statsbidrag.cycle import Version
from statsbidrag.exchange.answers import plain_answers
from statsbidrag.exchange.letters.answered import pages_answered
from statsbidrag.exchange.letters.reading_copy import ReadingCopy, pages_to_read
from statsbidrag.exchange.letters.receipts import Certified, ReportReceipt
from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.play.papers.desk import Desk, Paper
from statsbidrag.terms.dates import SWEDISH_TIME, day_in_words, day_of_arrival
from statsbidrag.terms.language import Answer as Value
from statsbidrag.terms.made_up import MADE_UP

_COLUMNS = (
    Column("recipient", "Mottagare"),
    Column("name", "Namn"),
    Column("used", "Använt (kr)", "kronor"),
    Column("visits_planned", "Planerade hembesök", "number"),
    Column("visits_done", "Genomförda hembesök", "number"),
    Column("families", "Familjer", "number"),
    Column("clinics", "Barnavårdscentraler", "number"),
    Column("versions", "Svar", "number"),
    Column("came_in", "Kom in", "date"),
    Column("late", "För sent", words={"yes": "Ja", "no": "Nej"}),
    Column("flags", "Flaggor"),
    Column("fingerprint", "Fingeravtryck"),
)


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives the reading copy, the list, the answers and the receipts; a round without a form has only the list."""
    form, until = desk.using.form, desk.stage.round.report.last_day.value
    table = Table(f"Återrapporter {desk.stage.year}", _COLUMNS, tuple(_rows(desk)))
    yield from desk.list_papers("reports", table, until)
    if form is None:
        return
    note = f"Redovisningen ska ha kommit in till oss senast den {day_in_words(until)}."
    copy = ReadingCopy(head=desk.common_head(None, until), title=form.title, note=note, pages=pages_to_read(form))
    yield "reading-copy.pdf", copy
    answers = {key: plain_answers(form, desk.using.standing(key).values) for key in desk.using.reports}
    told = {"note": MADE_UP, "form": form.id, "answers": answers}
    yield "answers.json", (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    for key, report in desk.using.reports.items():
        for version in report.versions:
            yield f"receipts/{key}-{version.number}.pdf", _receipt(desk, key, version)


def _rows(desk: Desk) -> Iterator[tuple[Cell, ...]]:
    for told in desk.using.reported:
        report = desk.using.reports.get(told.recipient)
        standing = report.standing if report else None
        yield (
            told.recipient,
            desk.stage.recipients[told.recipient].name,
            told.used,
            *told.visits,
            len(report.versions) if report else 1,
            day_of_arrival(standing.came_in) if standing else None,
            ("yes" if standing.late else "no") if standing else "",
            ", ".join(check.id for check in standing.outcome.fired("flag")) if standing else "",
            standing.outcome.fingerprint if standing else "",
        )


def _receipt(desk: Desk, key: str, version: Version) -> ReportReceipt:
    values, arrived = version.outcome.values, day_of_arrival(version.came_in)
    desk.enter(key, f"report {version.number}", arrived)
    return ReportReceipt(
        head=desk.head(key, f"report receipt {version.number}", arrived),
        document=desk.entered(key, f"report {version.number}"),
        arrived=version.came_in,
        last_day=version.last_day,
        number=version.number if version.counts else None,
        at_most=desk.stage.round.report.submissions.value,
        granted=_whole(values.get("granted")),
        reallocated=_whole(values.get("reallocated")),
        used=_whole(values.get("used")),
        certified=Certified(
            name=str(values["signatory_name"]),
            position=str(values["signatory_position"]),
            telephone=str(values["signatory_phone"]),
            email=str(values["signatory_email"]),
            delegation=version.certificate.delegation,
            at=version.certificate.at.astimezone(SWEDISH_TIME),
        ),
        fingerprint=version.outcome.fingerprint,
        pages=pages_answered(version.outcome),
    )


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0
