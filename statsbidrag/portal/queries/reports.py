"""Step 7 as it stands: every version of a report that has come in, as the steps know it (§ 10).

What is a draft is never read here: this is what the agency may see (adm-02).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any

from statsbidrag.cycle import Certificate, Outcome, Version
from statsbidrag.cycle.answers import read_answer
from statsbidrag.cycle.form import Field, Form
from statsbidrag.cycle.step_7_prefill import Prefilled
from statsbidrag.portal import rules
from statsbidrag.portal.models import AcceptedReport, ReceivedReport
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, YEAR, Prepared, PreparedObjects
from statsbidrag.terms.language import Answer

_VERSIONS = PreparedObjects[ReceivedReport](
    lambda: (
        ReceivedReport.objects.filter(year=YEAR, recipient=RECIPIENT)
        .order_by("number")
        .select_related("certified_by", "sent_by", "document__entry__case", "completes")
    )
)
_EARLIER = PreparedObjects[ReceivedReport](
    lambda: ReceivedReport.objects.filter(year__lt=YEAR, recipient=RECIPIENT).order_by("-year", "-number")[:1]
)
_ACCEPTED = PreparedObjects[AcceptedReport](lambda: AcceptedReport.objects.filter(report=ID).select_related("by"))
_LAST = Prepared(
    lambda: ReceivedReport.objects.filter(year=YEAR, recipient=RECIPIENT).order_by("-number").values_list("number")[:1]
)


@cache
def form_of(year: int) -> Form | None:
    """Gives the form of a round's reports, or None where no source has it."""
    name = rules.round_rules(year).report.form
    return _form_by(name) if name else None


def versions(year: int, recipient: str) -> tuple[ReceivedReport, ...]:
    """Gives every version that a recipient has sent in, the first first."""
    return tuple(_VERSIONS.all({YEAR: year, RECIPIENT: recipient}))


def last_number(year: int, recipient: str) -> int:
    """Gives the number of the version that a recipient sent in last; 0 before the first."""
    last = _LAST.first({YEAR: year, RECIPIENT: recipient})
    return int(last[0]) if last else 0


def standing(year: int) -> dict[str, ReceivedReport]:
    """Gives the version that counts of every recipient that has reported: the last one that came in."""
    return {row.recipient: row for row in ReceivedReport.objects.filter(year=year).order_by("number")}


def earlier_report(year: int, recipient: str) -> ReceivedReport | None:
    """Gives the version that stands of the last report for an earlier year, or None."""
    return _EARLIER.one({YEAR: year, RECIPIENT: recipient})


def acceptance(row: ReceivedReport) -> AcceptedReport | None:
    """Gives that the officer has accepted a version, with who that was, or None."""
    return _ACCEPTED.one({ID: row.pk})


def version_of(row: ReceivedReport) -> Version:
    """Gives a version as the steps know it."""
    certificate = Certificate(
        row.certified,  # type: ignore[arg-type]  # what was stored is who certified
        row.certified_by.name,
        row.delegation,
        row.certified_at,
        row.fingerprint,
        str(row.attachment_id or ""),
    )
    return Version(
        number=row.number,
        outcome=outcome_of(row),
        certificate=certificate,
        came_in=row.came_in,
        last_day=row.last_day,
        counts=row.counts,
        notes=row.notes,
        prefilled=as_prefilled(_form(row), row.prefilled),
        reasons=row.reasons,
    )


def outcome_of(row: ReceivedReport) -> Outcome:
    """Gives what a version came to, as it was when it came in; nothing is worked out again."""
    form = _form(row)
    fields, before = form.by_id(), {field.id: field for field in form.background}
    fired = set(row.fired)
    return Outcome(
        form=form,
        shows=tuple(row.shows),
        values={id: _answer(fields[id], value) for id, value in row.answers.items()},
        missing=(),
        mistakes={},
        checks=tuple(check for check in form.checks if check.id in fired),
        measures={id: Fraction(text) for id, text in row.measures.items()},
        background={id: _answer(before[id], value) for id, value in row.background.items()},
    )


def as_stored(prefilled: Mapping[str, Prefilled], plain: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    """Gives what the sources said as plain values; ``plain`` has their answers by field."""
    return {
        id: {
            "answer": plain[id],
            "source": each.source,
            "query": each.query,
            "level": each.level,
            "at": each.at.isoformat(),
            "count": each.count,
        }
        for id, each in prefilled.items()
    }


def as_prefilled(form: Form, kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Prefilled]:
    """Gives back what the sources said."""
    fields = form.by_id() if kept else {}
    return {
        id: Prefilled(
            id,
            _answer(fields[id], each["answer"]),
            each["source"],
            each["query"],
            each["level"],
            datetime.fromisoformat(each["at"]),
            each["count"],
        )
        for id, each in kept.items()
    }


def last_answers(year: int, recipient: str, ids: Iterable[str]) -> dict[str, object]:
    """Gives what a recipient answered the last time it reported for an earlier year, for the fields asked about."""
    row = earlier_report(year, recipient)
    return {id: row.answers[id] for id in ids if id in row.answers} if row else {}


def _form(row: ReceivedReport) -> Form:
    return _form_by(row.form)


@cache
def _form_by(name: str) -> Form:
    return rules.book().form(name)


def _answer(field: Field, value: Any) -> Answer:
    """An answer as it was stored; a computed number with decimals was stored as text, as a fraction."""
    if field.kind == "computed":
        return Fraction(value) if isinstance(value, str) else value
    return read_answer(field, value) if isinstance(value, str | list) else value


def plainly(values: Mapping[str, Answer]) -> dict[str, int | str | Sequence[str] | None]:
    """Gives answers as they are stored: several choices in order, a number with decimals as a fraction in text."""
    return {id: _plain(value) for id, value in values.items()}


def _plain(value: Answer) -> int | str | list[str] | None:
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value) if isinstance(value, Fraction) else value
