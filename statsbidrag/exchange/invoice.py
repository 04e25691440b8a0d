"""The invoice of a claim, and the credit invoice after a changed claim: what stands in them, checked before writing.

The number of an invoice is the operator's duplicate key, so the same claim is never invoiced twice.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from stdnum import ean
from stdnum.se import orgnr

from statsbidrag.exchange.characters import one_line
from statsbidrag.rulebook.agency import Agency
from statsbidrag.terms.addresses import Address, postcode, town
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import Giro, read_ocr
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.parties import organisation_number

EndpointScheme = Literal["0007", "0088"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where in the Peppol network an invoice goes: an organisation number (0007) or a GLN (0088)."""

    scheme: EndpointScheme
    number: str


@dataclass(frozen=True, slots=True)
class InvoiceParty:
    """Who sends or receives an invoice; the contact is a function, never a person."""

    name: str
    organisation_number: str
    address: Address
    endpoint: Endpoint
    contact: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """What is invoiced, in whole kronor, such as the claim or the interest on it."""

    name: str
    description: str
    kronor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """What an invoice and a credit invoice have in common.

    number            never used twice
    buyer_reference   what the recipient gave as its invoice reference (fakturareferens); never empty
    diary_number      of the decision that it rests on
    """

    number: str
    issued: date
    buyer_reference: str
    diary_number: str
    seller: InvoiceParty
    buyer: InvoiceParty
    lines: tuple[InvoiceLine, ...]
    note: str

    def __post_init__(self) -> None:
        where = f"faktura {self.number}"
        required = [
            ("Fakturans nummer", self.number),
            ("Fakturareferens", self.buyer_reference),
            ("Diarienummer", self.diary_number),
            ("Meddelande", self.note),
            *(("Radens text", line.name) for line in self.lines),
        ]
        for name, text in required:
            if not one_line(text):
                raise Fault(where, f"{name} saknas.", "Lägg till uppgiften; utan den tas fakturan inte emot.")
        for party in (self.seller, self.buyer):
            _check_party(party, f"{where}, {party.name}")
        if any(line.kronor <= 0 for line in self.lines) or not self.lines:
            raise Fault(where, f"Beloppet är {in_words(self.total)}.", "Fakturera bara belopp som är större än 0.")

    @property
    def total(self) -> int:
        """The kronor of all lines together."""
        return sum(line.kronor for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimInvoice(_Document):
    """The invoice of a claim: what to repay, by when, to which giro and with which reference (OCR)."""

    due: date
    giro: Giro
    ocr: str

    def __post_init__(self) -> None:
        _Document.__post_init__(self)
        read_ocr(self.ocr, f"faktura {self.number}")
        if self.due < self.issued:
            raise Fault(f"faktura {self.number}", "Förfallodagen ligger före fakturadagen.", "Rätta förfallodagen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditInvoice(_Document):
    """A credit invoice after a changed claim: how much of which invoice no longer applies.

    credits, credits_issued   the number and the day of the invoice that it lowers
    """

    credits: str
    credits_issued: date

    def __post_init__(self) -> None:
        _Document.__post_init__(self)
        if not one_line(self.credits) or self.credits_issued > self.issued:
            why = f"Den sänker fakturan ”{self.credits}” från {day_in_words(self.credits_issued)}."
            raise Fault(f"kreditfaktura {self.number}", why, "Ange numret på en faktura som redan är utfärdad.")


def read_endpoint(text: str, where: str) -> Endpoint:
    """Reads an electronic invoice address as people write it: ``0088:7300009012343``, a GLN or an organisation number.

    Raises Fault where it is neither, or its check digit is wrong.
    """
    plain = re.sub(r"(?i)\b(gln|peppol(-?id)?|orgnr|edi)\b|[\s:.-]", "", text)
    number = re.sub(r"^(0007(?=\d{10}$)|0088(?=\d{13}$))", "", plain)
    if ean.is_valid(number) and len(number) == 13:
        return Endpoint("0088", number)
    if orgnr.is_valid(number):
        return Endpoint("0007", number)
    raise Fault(
        where,
        f"”{text}” är ingen elektronisk fakturaadress som går att använda.",
        "Skriv ett GLN med 13 siffror eller ett organisationsnummer med 10; den sista är en kontrollsiffra.",
    )


def seller_of(agency: Agency) -> InvoiceParty:
    """Gives the agency as the one who invoices."""
    name, number = agency.name.value, agency.organisation_number.value
    endpoint = Endpoint("0007", str(orgnr.compact(number)))
    return InvoiceParty(name, number, agency.address.value, endpoint, "Statsbidrag", agency.contact.value)


def _check_party(party: InvoiceParty, where: str) -> None:
    """Refuses what the network would refuse: a wrong check digit, or an address without postcode or town."""
    organisation_number(party.organisation_number, where)
    postcode(party.address.postcode, where)
    town(party.address.town, where)
    if read_endpoint(party.endpoint.number, where) != party.endpoint:
        why = f"{party.endpoint.number} är ingen fakturaadress av slaget {party.endpoint.scheme}."
        raise Fault(where, why, "Rätta fakturaadressen.")
