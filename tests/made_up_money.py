"""Made-up payments, invoices and postings to real recipients, which the tests of the money formats share."""

from datetime import UTC, date, datetime

from stdnum import luhn

from statsbidrag.cycle.step_5_payment import History
from statsbidrag.cycle.step_5_payment import Payment as PaymentOfStep5
from statsbidrag.exchange.bank.batch import Payment, PaymentBatch, debtor_of
from statsbidrag.exchange.bank.matching import Matching
from statsbidrag.exchange.invoice import (
    ClaimInvoice,
    CreditInvoice,
    InvoiceLine,
    InvoiceParty,
    read_endpoint,
    seller_of,
)
from statsbidrag.rulebook.agency import read_agency
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.tables import read_recipients
from statsbidrag.terms.addresses import Address
from statsbidrag.terms.giro import Giro, ocr_reference
from statsbidrag.terms.parties import Recipient

MADE_UP = "Exempel – påhittade uppgifter, inget beslut"
AGENCY = read_agency(SHIPPED)
RECIPIENTS = read_recipients(SHIPPED / "recipients.csv")
BY_KEY = {recipient.key: recipient for recipient in RECIPIENTS}
ALE, STOCKHOLM = BY_KEY["municipality-1440"], BY_KEY["region-01"]
GOTLAND = [recipient for recipient in RECIPIENTS if recipient.organisation_number == "212000-0803"]


def giro_number(number: int) -> Giro:
    """A made-up giro number with a right check digit: every seventh a plusgiro number."""
    digits = str(500_000 + number)
    checked = f"{digits}{luhn.calc_check_digit(digits)}"
    return Giro("bankgiro" if number % 7 else "plusgiro", checked)


def payment(number: int, recipient: Recipient, kronor: int = 226_542) -> Payment:
    """A made-up payment to a recipient, at an address that says so."""
    return Payment(
        reference=f"DEMO-UTB-2025-{number:04d}",
        name=recipient.name,
        organisation_number=recipient.organisation_number,
        postcode="123 45",
        town="Exempelstad (påhittad)",
        giro=giro_number(number),
        kronor=kronor,
        text=f"Statsbidrag utökade hembesök 2025, dnr 4.3-{1000 + number}/2025",
    )


def batch(payments: tuple[Payment, ...], message_id: str = "DEMO-SB-2025-0001") -> PaymentBatch:
    """A made-up batch of payments by the agency, to be executed on Wednesday 28 May 2025."""
    created = datetime(2025, 5, 26, 7, 0, tzinfo=UTC)
    return PaymentBatch(message_id, created, date(2025, 5, 28), debtor_of(AGENCY), payments)


TWO = batch((payment(1, ALE), payment(2, STOCKHOLM)))


def every_recipient() -> PaymentBatch:
    """A batch that pays every region and municipality of the list."""
    return batch(tuple(payment(number, recipient, 1000 + number) for number, recipient in enumerate(RECIPIENTS, 1)))


def history(sent: PaymentBatch, matching: Matching) -> History:
    """What step 5 makes of a batch and of what the bank has said."""
    payments = (
        PaymentOfStep5(paid.reference, paid.reference, "", paid.kronor, str(paid.giro), sent.execution_date)
        for paid in sent.payments
    )
    return History(tuple(payments), matching.answers)


def buyer(electronic_address: str = "7300009012343", recipient: Recipient = ALE) -> InvoiceParty:
    """A recipient with a made-up address, as its report states them."""
    address = Address("123 45", "Exempelstad", "Påhittade gatan 1")
    endpoint = read_endpoint(electronic_address, "elektronisk fakturaadress")
    return InvoiceParty(recipient.name, recipient.organisation_number, address, endpoint)


def claim_invoice(receiver: InvoiceParty | None = None, **changed: object) -> ClaimInvoice:
    """A made-up invoice of a claim of 123 456 kr."""
    stated: dict[str, object] = {
        "number": "DEMO-2025-0042",
        "issued": date(2026, 5, 4),
        "buyer_reference": "ANSVAR-7702",
        "diary_number": "4.3-1234/2025",
        "seller": seller_of(AGENCY),
        "buyer": receiver or buyer(),
        "lines": (InvoiceLine("Återbetalning av statsbidrag", "Statsbidrag som inte har använts 2025", 123_456),),
        "note": MADE_UP,
        "due": date(2026, 6, 3),
        "giro": AGENCY.giro.value,
        "ocr": ocr_reference("20250042"),
    }
    return ClaimInvoice(**(stated | changed))  # type: ignore[arg-type]


def credit_invoice(of: ClaimInvoice, kronor: int) -> CreditInvoice:
    """A made-up credit invoice that lowers an invoice."""
    return CreditInvoice(
        number="DEMO-2025-0043",
        issued=date(2026, 6, 8),
        buyer_reference=of.buyer_reference,
        diary_number=of.diary_number,
        seller=of.seller,
        buyer=of.buyer,
        lines=(InvoiceLine("Återbetalning av statsbidrag", "Återkravet är ändrat", kronor),),
        note=MADE_UP,
        credits=of.number,
        credits_issued=of.issued,
    )
