"""Hearing the recipient before a decision (kommunicering): the letter with all its material, and the answer (FL 25)."""

from datetime import datetime, timedelta

from statsbidrag.exchange.letters import repayment as letters
from statsbidrag.portal import access, letterhead, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import diary, post
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.models import Communication, Person, ReceivedReport, Repayment
from statsbidrag.portal.papers import Paper, text_paper
from statsbidrag.portal.queries.receivers import receivers
from statsbidrag.portal.queries.repayments import heard_in, owed_in, repayment_rules, state_of
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault

NOTHING_TO_ADD = "Vi har inget att tillägga."


def communicate(visitor: Visitor | None, row: Repayment, now: datetime) -> Communication:
    """Writes to the recipient what is considered, on what material, and by which day it may answer (adm-05)."""
    officer = access.require(visitor, "hear", row.recipient)
    with writing():
        if heard_in(row) is not None or state_of(row) != "opened":
            raise Fault(f"återbetalning {row.reference}", "Mottagaren har redan fått brevet.", "Vänta på svaret.")
        answer_by = day_of_arrival(now) + timedelta(days=repayment_rules(row.year).answer_days.value)
        sent = store(Communication(repayment=row, sent=now, answer_by=answer_by, by_id=officer.id))
        paper = Paper(
            direction="out",
            about="communication",
            party=rules.recipients()[row.recipient].name,
            matter=f"Kommunicering inför beslut om återbetalning, statsbidrag {row.year}",
            name=f"kommunicering-{row.year}-{row.recipient}.pdf",
            content=letterhead.press().render(_letter(row, sent, now)),
        )
        sent.document = diary.enter(row.case, paper, now, by=officer.id)
        sent.save(update_fields=["document"])
        _notify(row, sent, now)
        return sent


def answer(
    visitor: Visitor | None, row: Repayment, arguments: str, *, now: datetime, attachment: Paper | None = None
) -> Communication:
    """Takes in the recipient's answer in the e-service; it may come late, as long as nothing is decided."""
    writer = access.require(visitor, "submit", row.recipient)
    with writing():
        return _take_in(row, arguments, now, answered_by=writer.id, attachment=attachment)


def register_answer(visitor: Visitor | None, row: Repayment, arguments: str, *, now: datetime) -> Communication:
    """Registers an answer that came on paper or by e-mail."""
    registrar = access.require(visitor, "register", row.recipient)
    with writing():
        return _take_in(row, arguments, now, registered_by=registrar.id)


def _take_in(
    row: Repayment,
    arguments: str,
    now: datetime,
    *,
    answered_by: int | None = None,
    registered_by: int | None = None,
    attachment: Paper | None = None,
) -> Communication:
    heard = heard_in(row)
    where = f"återbetalning {row.reference}"
    if heard is None:
        raise Fault(where, "Vi har inte bett om ett yttrande.", "Vänta på vårt brev.")
    if state_of(row) in ("prepared", "decided", "closed"):
        raise Fault(where, "Beslutet är redan berett eller fattat.", "Ring handläggaren om ni har mer att säga.")
    if not arguments.strip():
        raise Fault(where, "Yttrandet är tomt.", "Skriv ert yttrande, eller att ni inte har något att tillägga.")
    party = rules.recipients()[row.recipient].name
    matter = f"Yttrande inför beslut om återbetalning, statsbidrag {row.year}"
    paper = text_paper("in", "answer", matter, arguments, name=f"yttrande-{row.year}-{row.recipient}.txt", party=party)
    heard.answer = diary.enter(row.case, paper, now, by=answered_by or registered_by)
    if attachment:
        diary.enter(row.case, attachment, now, by=answered_by)
    says = "" if arguments.strip() == NOTHING_TO_ADD else arguments.strip()
    earlier = f"{heard.arguments}\n\n" if heard.arguments and says else heard.arguments
    heard.answered, heard.arguments = now, f"{earlier}{says}"
    heard.answered_by_id, heard.registered_by_id = answered_by, registered_by
    heard.save()
    return heard


def _letter(row: Repayment, sent: Communication, now: datetime) -> letters.Communication:
    found = owed_in(row)
    officer = Person.objects.get(pk=sent.by_id)
    return letters.Communication(
        head=letterhead.head(row.case, row.recipient, day_of_arrival(now)),
        grounds=grounds_of(row),
        material=tuple(_material(row)),
        because=found.because(),
        answer_by=sent.answer_by,
        officer=f"{officer.name}, {officer.title}" if officer.title else officer.name,
    )


def grounds_of(row: Repayment) -> tuple[letters.Ground, ...]:
    """Gives the grounds of a matter as the letters say them."""
    return tuple(letters.Ground(f"{one.rule.text.value}.", one.kronor, one.why) for one in owed_in(row).liabilities)


def _material(row: Repayment) -> list[letters.Material]:
    """The decision on the grant and the report that stands, by their numbers in the case."""
    found = []
    grant = row.case.decisions.filter(kind="grant", letter__isnull=False).select_related("letter__entry").first()
    if grant and grant.letter:
        entry = grant.letter.entry
        found.append(letters.Material("Beslut om bidrag", entry.number, day_of_arrival(entry.at)))
    report = ReceivedReport.objects.filter(year=row.year, recipient=row.recipient).order_by("-number").first()
    if report:
        entry = report.document.entry
        found.append(letters.Material("Er återrapportering", entry.number, day_of_arrival(entry.at)))
    return found


def _notify(row: Repayment, sent: Communication, now: datetime) -> None:
    name = rules.recipients()[row.recipient].name
    for address in receivers(row.recipient):
        post.send(
            address,
            f"Yttra er senast {day_in_words(sent.answer_by)} om återbetalning av statsbidrag {row.year}",
            mail_text(
                f"Vi överväger att kräva tillbaka statsbidrag {row.year} från {name}. Brevet ligger som bilaga."
                f" Ärendets diarienummer är {row.case.number}.",
                f"Ni kan yttra er i e-tjänsten till och med den {day_in_words(sent.answer_by)}.",
            ),
            now,
            occasion="communication",
            recipient=row.recipient,
            case=row.case,
            document=sent.document,
        )
