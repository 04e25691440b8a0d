"""The invoices of a round as they stand: what is paid, what is left, and the interest so far (adm-23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from statsbidrag import cycle
from statsbidrag.cycle import Settlement, settle_invoice
from statsbidrag.cycle.step_8_invoice import Credit, Event, Instalments, Refunded, Reminder, Repaid, Respite
from statsbidrag.portal import rules
from statsbidrag.portal.models import Decision, IncomingPayment, Invoice, InvoiceEvent
from statsbidrag.portal.queries.repayments import repayment_rules


@dataclass(frozen=True, slots=True)
class Standing:
    """An invoice, where it stands today, and all that has happened to it."""

    invoice: Invoice
    name: str
    settlement: Settlement
    events: tuple[InvoiceEvent, ...]


_CLAIMS = Decision.objects.filter(kind="claim", approval__isnull=False, repayment__isnull=False)


def standing_invoices(year: int, today: date) -> tuple[Standing, ...]:
    """Gives every invoice of a round as it stands on a day."""
    rows = Invoice.objects.filter(year=year).prefetch_related("events__by").select_related("repayment", "decision")
    return tuple(_standing(row, today) for row in rows)


def standing_invoice(year: int, recipient: str, number: int, today: date) -> Standing | None:
    """Gives one invoice as it stands on a day, or None."""
    rows = Invoice.objects.filter(year=year, recipient=recipient, pk=number)
    row = rows.prefetch_related("events__by").select_related("repayment__case", "decision").first()
    return _standing(row, today) if row else None


def settled(row: Invoice, events: Iterable[InvoiceEvent], today: date) -> Settlement:
    """Gives what an invoice comes to with these events; raises Fault where they do not fit it."""
    claimed = cycle.Invoice(row.reference, row.recipient, row.kronor, row.issued, row.due)
    return settle_invoice(repayment_rules(row.year), claimed, [_event(one) for one in events], today)


def invoices_lacking(year: int) -> list[int]:
    """Gives the decided claims that have no invoice yet."""
    rows = _CLAIMS.filter(year=year, invoice=None)
    return list(rows.order_by("id").values_list("id", flat=True))


def years_lacking_invoices() -> list[int]:
    """Gives the rounds that have a decided claim without an invoice."""
    return list(_CLAIMS.filter(invoice=None).order_by("year").values_list("year", flat=True).distinct())


def unplaced(year: int) -> tuple[IncomingPayment, ...]:
    """Gives the money that has come in without an invoice that it belongs to, and that nobody has looked at."""
    return tuple(IncomingPayment.objects.filter(year=year, event=None, looked_at=None).order_by("id"))


def _standing(row: Invoice, today: date) -> Standing:
    events = tuple(row.events.all())
    return Standing(row, rules.recipients()[row.recipient].name, settled(row, events, today), events)


def _event(row: InvoiceEvent) -> Event:
    kronor = row.kronor or 0
    match row.kind:
        case "repaid":
            return Repaid(row.day, kronor)
        case "refunded":
            return Refunded(row.day, kronor)
        case "credit":
            return Credit(row.day, kronor, row.source)
        case "respite":
            return Respite(row.day, row.until or row.day)
        case "instalments":
            return Instalments(row.day, tuple((date.fromisoformat(day), part) for day, part in row.parts))
        case _:
            return Reminder(row.day)
