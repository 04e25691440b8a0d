"""Invoices and credit invoices as Peppol BIS Billing 3 (UBL 2.1), for the agency's invoice operator.

A claim for repayment is no sale: its VAT category is O, outside VAT, and the seller states no VAT number.
"""

from dataclasses import dataclass

from stdnum.se import orgnr, postnummer

from statsbidrag.exchange.invoice import ClaimInvoice, CreditInvoice, InvoiceLine, InvoiceParty
from statsbidrag.exchange.markup import Content, Element, Markup, document
from statsbidrag.rulebook.agency import InvoiceSettings
from statsbidrag.terms.giro import GiroKind, read_ocr

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CAC = Markup(f"{_UBL}CommonAggregateComponents-2", "cac")
_CBC = Markup(f"{_UBL}CommonBasicComponents-2", "cbc")
# Code lists of UN/CEFACT and Peppol.
_OUTSIDE_VAT, _OUTSIDE_VAT_REASON = "O", "VATEX-EU-O"
_CREDIT_TRANSFER, _ONE_PIECE = "30", "C62"
_ORGANISATION_NUMBER = "0007"
_BRANCHES: dict[GiroKind, str] = {"bankgiro": "SE:BANKGIRO", "plusgiro": "SE:PLUSGIRO"}


@dataclass(frozen=True, slots=True)
class _Words:
    """What UBL calls the same things in an invoice and in a credit note, and the code of each."""

    root: str
    type_tag: str
    type_code: str
    line: str
    quantity: str


_INVOICE = _Words("Invoice", "InvoiceTypeCode", "380", "InvoiceLine", "InvoicedQuantity")
_CREDIT = _Words("CreditNote", "CreditNoteTypeCode", "381", "CreditNoteLine", "CreditedQuantity")


def write_invoice(invoice: ClaimInvoice | CreditInvoice, settings: InvoiceSettings) -> bytes:
    """Gives an invoice or a credit invoice as a file; the same one always gives the same bytes."""
    words = _INVOICE if isinstance(invoice, ClaimInvoice) else _CREDIT
    root = Markup(f"{_UBL}{words.root}-2", within=(_CAC, _CBC))
    return document(
        root(
            words.root,
            _CBC("CustomizationID", settings.customization),
            _CBC("ProfileID", settings.profile),
            _CBC("ID", invoice.number),
            _CBC("IssueDate", invoice.issued.isoformat()),
            _CBC("DueDate", invoice.due.isoformat()) if isinstance(invoice, ClaimInvoice) else None,
            _CBC(words.type_tag, words.type_code),
            _CBC("Note", invoice.note),
            _CBC("DocumentCurrencyCode", "SEK"),
            _CBC("BuyerReference", invoice.buyer_reference),
            _credited(invoice) if isinstance(invoice, CreditInvoice) else None,
            _CAC("ContractDocumentReference", _CBC("ID", invoice.diary_number)),
            _CAC("AccountingSupplierParty", _party(invoice.seller)),
            _CAC("AccountingCustomerParty", _party(invoice.buyer)),
            *(_payment(invoice, settings) if isinstance(invoice, ClaimInvoice) else ()),
            *_sums(invoice.total, settings),
            *(_line(number, line, words) for number, line in enumerate(invoice.lines, 1)),
        )
    )


def _credited(credit: CreditInvoice) -> Element:
    issued = _CBC("IssueDate", credit.credits_issued.isoformat())
    return _CAC("BillingReference", _CAC("InvoiceDocumentReference", _CBC("ID", credit.credits), issued))


def _party(party: InvoiceParty) -> Element:
    number, address = str(orgnr.compact(party.organisation_number)), party.address
    return _CAC(
        "Party",
        _CBC("EndpointID", party.endpoint.number, schemeID=party.endpoint.scheme),
        _CAC("PartyIdentification", _CBC("ID", number, schemeID=_ORGANISATION_NUMBER)),
        _CAC("PartyName", _CBC("Name", party.name)),
        _CAC(
            "PostalAddress",
            _CBC("StreetName", address.street) if address.street else None,
            _CBC("CityName", address.town),
            _CBC("PostalZone", str(postnummer.format(address.postcode))),
            _CAC("Country", _CBC("IdentificationCode", "SE")),
        ),
        _CAC(
            "PartyLegalEntity",
            _CBC("RegistrationName", party.name),
            _CBC("CompanyID", number, schemeID=_ORGANISATION_NUMBER),
        ),
        _contact(party) if party.contact or party.email else None,
    )


def _contact(party: InvoiceParty) -> Element:
    return _CAC(
        "Contact",
        _CBC("Name", party.contact) if party.contact else None,
        _CBC("ElectronicMail", party.email) if party.email else None,
    )


def _payment(invoice: ClaimInvoice, settings: InvoiceSettings) -> tuple[Element, Element]:
    branch = _CAC("FinancialInstitutionBranch", _CBC("ID", _BRANCHES[invoice.giro.kind]))
    means = _CAC(
        "PaymentMeans",
        _CBC("PaymentMeansCode", _CREDIT_TRANSFER, name="Kreditöverföring"),
        _CBC("PaymentID", read_ocr(invoice.ocr, f"faktura {invoice.number}")),
        _CAC("PayeeFinancialAccount", _CBC("ID", invoice.giro.digits), branch),
    )
    return means, _CAC("PaymentTerms", _CBC("Note", settings.terms))


def _sums(total: int, settings: InvoiceSettings) -> tuple[Element, Element]:
    reason = _CBC("TaxExemptionReasonCode", _OUTSIDE_VAT_REASON), _CBC("TaxExemptionReason", settings.exemption)
    category = _vat("TaxCategory", *reason)
    subtotal = _CAC("TaxSubtotal", _kronor("TaxableAmount", total), _kronor("TaxAmount", 0), category)
    tags = ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount")
    return (
        _CAC("TaxTotal", _kronor("TaxAmount", 0), subtotal),
        _CAC("LegalMonetaryTotal", *(_kronor(tag, total) for tag in tags)),
    )


def _line(number: int, line: InvoiceLine, words: _Words) -> Element:
    return _CAC(
        words.line,
        _CBC("ID", str(number)),
        _CBC(words.quantity, "1", unitCode=_ONE_PIECE),
        _kronor("LineExtensionAmount", line.kronor),
        _CAC(
            "Item",
            _CBC("Description", line.description) if line.description else None,
            _CBC("Name", line.name),
            _vat("ClassifiedTaxCategory"),
        ),
        _CAC("Price", _kronor("PriceAmount", line.kronor)),
    )


def _vat(tag: str, *reason: Content) -> Element:
    return _CAC(tag, _CBC("ID", _OUTSIDE_VAT), *reason, _CAC("TaxScheme", _CBC("ID", "VAT")))


def _kronor(tag: str, kronor: int) -> Element:
    return _CBC(tag, f"{kronor}.00", currencyID="SEK")
