"""Invoices of claims: made when a claim is decided, as PDF and as Peppol invoice, whole or not at all, and once.

A process that is killed has made whole invoices or none; the next one goes on with those that lack one.
"""

from datetime import datetime

from django.conf import settings
from django_tasks import task

from statsbidrag import cycle
from statsbidrag.exchange.invoice import ClaimInvoice, Endpoint, InvoiceLine, InvoiceParty, seller_of
from statsbidrag.exchange.letters import repayment as letters
from statsbidrag.exchange.letters.letterhead import Reference
from statsbidrag.exchange.peppol import write_invoice
from statsbidrag.portal import clock, letterhead, rules
from statsbidrag.portal.actions import diary, post
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.models import Decision, Invoice, ReceivedReport
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries.invoices import invoices_lacking
from statsbidrag.portal.queries.receivers import receivers
from statsbidrag.portal.queries.repayments import claim_in, repayment_rules
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.addresses import Address
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.giro import ocr_reference
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.made_up import MADE_UP

_WHAT = "Återbetalning av statsbidrag"


@task(priority=50)  # someone waits for them; receipts and e-mail, of which there may be hundreds, do not
def make_invoices(year: int) -> None:
    """Makes the invoice of every decided claim that has none."""
    for decision in invoices_lacking(year):
        with writing():
            _make(decision, clock.now())


def _make(decision_id: int, now: datetime) -> None:
    along = ("case", "approval", "repayment__case", "letter__entry")
    row = Decision.objects.select_for_update(of=("self",)).select_related(*along).get(pk=decision_id)
    if row.repayment is None or row.approval is None or Invoice.objects.filter(decision=row).exists():
        return
    number = Invoice.objects.filter(year=row.year).count() + 1
    reference = ocr_reference(f"{row.year}{number:05d}")
    made = cycle.invoice(
        repayment_rules(row.year), claim_in(row.repayment, row.approval.day), reference, row.approval.day
    )
    invoice = store(
        Invoice(
            reference=reference,
            year=row.year,
            recipient=row.recipient,
            repayment=row.repayment,
            decision=row,
            kronor=made.kronor,
            issued=made.issued,
            due=made.due,
        )
    )
    _enter(invoice, row, now)
    _send(invoice, now)


def _enter(invoice: Invoice, row: Decision, now: datetime) -> None:
    party = rules.recipients()[invoice.recipient]
    matter, name = f"Faktura {number_of(invoice)}, återkrav av statsbidrag {invoice.year}", number_of(invoice).lower()
    pdf = letterhead.press().render(_letter(invoice, row, now))
    invoice.document = diary.enter(row.case, Paper("out", "invoice", party.name, matter, f"{name}.pdf", pdf), now)
    xml = write_invoice(_peppol(invoice, row), rules.book().agency.invoicing.value)
    paper = Paper("out", "invoice", party.name, f"{matter}, för Peppol", f"{name}.xml", xml, "application/xml")
    invoice.file = diary.enter(row.case, paper, now)
    invoice.save(update_fields=["document", "file"])


def number_of(invoice: Invoice) -> str:
    """Gives the invoice's number, which is never used twice."""
    made_up = "DEMO-" if settings.DEMONSTRATION else ""
    return f"{made_up}{invoice.year}-F{invoice.pk:05d}"


def _letter(invoice: Invoice, row: Decision, now: datetime) -> letters.Invoice:
    agency = rules.book().agency
    entry = row.letter.entry if row.letter else None
    assert row.approval is not None, "only a decided claim is invoiced"
    return letters.Invoice(
        head=letterhead.head(row.case, invoice.recipient, day_of_arrival(now)),
        number=number_of(invoice),
        decision=Reference(row.case.number, entry.number if entry else 0, row.approval.day),
        lines=(letters.InvoiceLine(f"{_WHAT} {invoice.year}", invoice.kronor),),
        due=invoice.due,
        bankgiro=str(agency.giro.value),
        ocr=invoice.reference,
        your_reference=_their_reference(invoice),
        e_address=str(_reported(invoice).get("invoice_e_address") or ""),
        late=(agency.invoicing.value.terms,),
    )


def _peppol(invoice: Invoice, row: Decision) -> ClaimInvoice:
    party, agency = rules.recipients()[invoice.recipient], rules.book().agency
    said = _reported(invoice)
    address = Address(
        postcode=str(said.get("invoice_postcode") or agency.address.value.postcode),
        town=str(said.get("invoice_town") or party.name),
        street=str(said.get("invoice_address") or "Registrator"),
    )
    digits = party.organisation_number.replace("-", "")
    return ClaimInvoice(
        number=number_of(invoice),
        issued=invoice.issued,
        buyer_reference=_their_reference(invoice),
        diary_number=row.case.number,
        seller=seller_of(agency),
        buyer=InvoiceParty(party.name, party.organisation_number, address, Endpoint("0007", digits)),
        lines=(InvoiceLine(_WHAT, f"{_WHAT} {invoice.year}", invoice.kronor),),
        note=MADE_UP if settings.DEMONSTRATION else f"{_WHAT} {invoice.year}, dnr {row.case.number}",
        due=invoice.due,
        giro=agency.giro.value,
        ocr=invoice.reference,
    )


def _reported(invoice: Invoice) -> dict[str, object]:
    """What the recipient said of its invoices in the report that stands; empty where it has not reported."""
    rows = ReceivedReport.objects.filter(year=invoice.year, recipient=invoice.recipient).order_by("-number")
    found: dict[str, object] | None = rows.values_list("answers", flat=True).first()
    return found or {}


def _their_reference(invoice: Invoice) -> str:
    """The reference that the recipient asked for, or the number of the case."""
    return str(_reported(invoice).get("invoice_reference") or invoice.repayment.case.number)


def _send(invoice: Invoice, now: datetime) -> None:
    name = rules.recipients()[invoice.recipient].name
    for address in receivers(invoice.recipient):
        post.send(
            address,
            f"Faktura {number_of(invoice)}, återkrav av statsbidrag {invoice.year}",
            mail_text(
                f"{name} ska betala tillbaka {in_words(invoice.kronor)} av statsbidrag {invoice.year}"
                f" senast den {day_in_words(invoice.due)}. Ange OCR-numret {invoice.reference}.",
                "Fakturan ligger som bilaga.",
            ),
            now,
            occasion="invoice",
            recipient=invoice.recipient,
            case=invoice.repayment.case,
            document=invoice.document,
        )
