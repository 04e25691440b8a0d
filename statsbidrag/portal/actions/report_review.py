"""The officer's review of a report: accepted as it stands, or to be completed by a day."""

from datetime import date, datetime

from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import diary, post
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.models import AcceptedReport, CompletionRequest, ReceivedReport
from statsbidrag.portal.papers import Paper, text_paper
from statsbidrag.portal.queries.prepared import RECIPIENT, YEAR, PreparedObjects
from statsbidrag.portal.queries.receivers import receivers
from statsbidrag.portal.queries.reports import acceptance, form_of
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault

_OPEN = PreparedObjects[CompletionRequest](
    lambda: CompletionRequest.objects.filter(
        report__year=YEAR, report__recipient=RECIPIENT, withdrawn=None, answers=None
    ).select_related("report", "by")
)


def accept(visitor: Visitor | None, row: ReceivedReport, now: datetime, *, note: str = "") -> AcceptedReport:
    """Accepts the version that stands. Raises Fault where a later one has come in, or a completion is awaited."""
    officer = access.require(visitor, "review report", row.recipient)
    with writing():
        _refuse_replaced(row)
        if open_request(row.year, row.recipient):
            raise Fault("redovisningen", "En komplettering är begärd.", "Ta tillbaka den, eller vänta på svaret.")
        return acceptance(row) or store(AcceptedReport(report=row, at=now, by_id=officer.id, note=note.strip()))


def ask_completion(
    visitor: Visitor | None, row: ReceivedReport, *, says: str, questions: list[str], answer_by: date, now: datetime
) -> CompletionRequest:
    """Asks a recipient to complete its report; the version that follows does not count among its submissions (adm-22).

    Raises Fault where something is asked already, the day has been, or a later version has come in.
    """
    officer = access.require(visitor, "review report", row.recipient)
    with writing():
        _refuse_replaced(row)
        if open_request(row.year, row.recipient):
            raise Fault("redovisningen", "En komplettering är redan begärd.", "Ta tillbaka den först.")
        if answer_by <= day_of_arrival(now):
            raise Fault("redovisningen", "Den dagen har redan varit.", "Ange en senare dag.")
        asked = store(
            CompletionRequest(
                report=row, says=says.strip(), questions=questions, answer_by=answer_by, at=now, by_id=officer.id
            )
        )
        asked.letter = diary.enter(row.document.entry.case, _letter(asked), now, by=officer.id)
        asked.save(update_fields=["letter"])
        _send(asked, now)
        return asked


def withdraw(visitor: Visitor | None, asked: CompletionRequest, now: datetime) -> None:
    """Takes back a request to complete that nobody has answered."""
    access.require(visitor, "review report", asked.report.recipient)
    with writing():
        CompletionRequest.objects.filter(pk=asked.pk, answers=None, withdrawn=None).update(withdrawn=now)


def open_request(year: int, recipient: str) -> CompletionRequest | None:
    """Gives what a recipient has been asked to complete and has not answered, or None."""
    return _OPEN.one({YEAR: year, RECIPIENT: recipient})


def _refuse_replaced(row: ReceivedReport) -> None:
    later = ReceivedReport.objects.filter(year=row.year, recipient=row.recipient, number__gt=row.number)
    if later.exists():
        raise Fault("redovisningen", "En senare version har kommit in.", "Läs den i stället.")


def _letter(asked: CompletionRequest) -> Paper:
    row = asked.report
    return text_paper(
        "out",
        "completion request",
        f"Begäran om komplettering av återrapporteringen {row.year}",
        "\n\n".join(_paragraphs(asked)),
        name=f"begaran-om-komplettering-{row.year}-{row.recipient}.txt",
        party=rules.recipients()[row.recipient].name,
    )


def _paragraphs(asked: CompletionRequest) -> list[str]:
    row, form = asked.report, form_of(asked.report.year)
    known = {question.id: question.text for question in form.questions} if form else {}
    about = [f"– {known[id]}" for id in asked.questions if id in known]
    return [
        f"Vi behöver att ni kompletterar återrapporteringen {row.year}, svar {row.number}.",
        asked.says,
        *(["Det gäller:\n" + "\n".join(about)] if about else []),
        f"Svara i e-tjänsten senast den {day_in_words(asked.answer_by)}.",
        "Kompletteringen räknas inte som ett av era svar.",
    ]


def _send(asked: CompletionRequest, now: datetime) -> None:
    row = asked.report
    for address in receivers(row.recipient):
        post.send(
            address,
            f"Komplettera återrapporteringen {row.year} senast {day_in_words(asked.answer_by)}",
            mail_text(*_paragraphs(asked)),
            now,
            occasion="completion request",
            recipient=row.recipient,
            case=row.document.entry.case,
            document=asked.letter,
        )
