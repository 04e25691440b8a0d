"""What becomes of an invoice: money that comes in, a reminder, respite, instalments, and money paid back (adm-23)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from statsbidrag.cycle.ledger import Posting
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import diary, ledger, post
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.models import Invoice, InvoiceEvent
from statsbidrag.portal.papers import text_paper
from statsbidrag.portal.queries.invoices import settled
from statsbidrag.portal.queries.receivers import receivers
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words


def note_payment(row: Invoice, *, day: date, kronor: int, source: str, now: datetime, by: int | None) -> InvoiceEvent:
    """Notes money that has come in on an invoice, and books what of it is owed; within the deed that read it.

    What is paid beyond the invoice is never booked as repaid: it is too much, and is paid out again.
    """
    before = settled(row, row.events.all(), day)
    event = _store(row, "repaid", day=day, kronor=kronor, source=source, now=now, by=by)
    settled(row, [*row.events.all()], day_of_arrival(now))
    _book(row, min(kronor, max(0, before.outstanding)), source, day)
    return event


def refund(visitor: Visitor | None, row: Invoice, now: datetime) -> InvoiceEvent:
    """Notes that what was paid too much has been paid out again."""
    finance = access.require(visitor, "settle", row.recipient)
    with writing():
        today = day_of_arrival(now)
        stands = settled(row, row.events.all(), today)
        if stands.outstanding >= 0:
            raise Fault(f"faktura {row.reference}", "Inget är betalt för mycket.", "Betala inte ut något.")
        source = f"retur {row.events.count() + 1}"
        return _store(row, "refunded", day=today, kronor=-stands.outstanding, source=source, now=now, by=finance.id)


def remind(visitor: Visitor | None, row: Invoice, now: datetime) -> InvoiceEvent:
    """Reminds of an invoice that is overdue, at the recipient's registry and its agent."""
    finance = access.require(visitor, "settle", row.recipient)
    with writing():
        today = day_of_arrival(now)
        stands = settled(row, row.events.all(), today)
        if not stands.overdue:
            raise Fault(f"faktura {row.reference}", "Inget är förfallet.", "Vänta till efter förfallodagen.")
        event = _store(row, "reminder", day=today, source=f"{today}", now=now, by=finance.id)
        text = (
            f"Fakturan med OCR-nummer {row.reference} förföll den {day_in_words(row.due)}."
            f" {in_words(stands.overdue)} är obetalt. Betala snarast. Ränta tas ut för tiden efter förfallodagen."
        )
        party = rules.recipients()[row.recipient].name
        paper = text_paper(
            "out",
            "reminder",
            f"Påminnelse om faktura, återkrav av statsbidrag {row.year}",
            text,
            name=f"paminnelse-{row.reference}-{today}.txt",
            party=party,
        )
        event.document = diary.enter(row.repayment.case, paper, now, by=finance.id)
        event.save(update_fields=["document"])
        for address in receivers(row.recipient):
            subject = f"Påminnelse om faktura, statsbidrag {row.year}"
            along = {"recipient": row.recipient, "case": row.repayment.case, "document": event.document}
            post.send(address, subject, mail_text(text), now, occasion="invoice", **along)  # type: ignore[arg-type]
        return event


def give_respite(visitor: Visitor | None, row: Invoice, *, until: date, reason: str, now: datetime) -> InvoiceEvent:
    """Lets the recipient pay later (anstånd), with the reason. Raises Fault for a day that has been."""
    officer = access.require(visitor, "settle", row.recipient)
    with writing():
        _require_reason(row, reason)
        if until <= day_of_arrival(now):
            raise Fault(f"faktura {row.reference}", "Den dagen har redan varit.", "Ange en senare dag.")
        return _store(
            row,
            "respite",
            day=day_of_arrival(now),
            until=until,
            reason=reason.strip(),
            source=f"till {until}",
            now=now,
            by=officer.id,
        )


def divide(
    visitor: Visitor | None, row: Invoice, parts: Sequence[tuple[date, int]], *, reason: str, now: datetime
) -> InvoiceEvent:
    """Lets the recipient pay in parts (avbetalning). Raises Fault where they do not add up to what is left."""
    officer = access.require(visitor, "settle", row.recipient)
    with writing():
        _require_reason(row, reason)
        today = day_of_arrival(now)
        event = _store(
            row,
            "instalments",
            day=today,
            parts=[[day.isoformat(), kronor] for day, kronor in parts],
            reason=reason.strip(),
            source=f"plan {row.events.count() + 1}",
            now=now,
            by=officer.id,
        )
        settled(row, row.events.all(), today)  # refuses a plan that does not add up, and then nothing is stored
        return event


def _require_reason(row: Invoice, reason: str) -> None:
    if not reason.strip():
        raise Fault(f"faktura {row.reference}", "Skälet saknas.", "Skriv varför.")


def _store(row: Invoice, kind: str, *, now: datetime, by: int | None, **facts: Any) -> InvoiceEvent:
    known = InvoiceEvent.objects.filter(invoice=row, kind=kind, source=facts["source"]).first()
    if known:
        raise Fault(f"faktura {row.reference}", "Det är redan gjort.", "Läs in sidan på nytt.")
    return store(InvoiceEvent(invoice=row, kind=kind, at=now, by_id=by, **facts))


def _book(row: Invoice, kronor: int, reference: str, day: date) -> None:
    posting = Posting(
        "repaid", row.recipient, kronor, f"{row.reference} {reference}"[:60], day, row.year, rules.fingerprint(row.year)
    )
    ledger.post(row.year, [posting])
