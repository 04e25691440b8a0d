import re
from dataclasses import replace
from datetime import date

import made_up_money
import pytest
import validators
from made_up_money import STOCKHOLM, buyer, claim_invoice, credit_invoice

from statsbidrag.exchange.invoice import ClaimInvoice, CreditInvoice, Endpoint, InvoiceLine, read_endpoint
from statsbidrag.exchange.peppol import write_invoice
from statsbidrag.terms.addresses import Address
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import Giro

SETTINGS = made_up_money.AGENCY.invoicing.value
INTEREST = InvoiceLine("Dröjsmålsränta", "Ränta enligt räntelagen", 1_204)


def written(invoice: ClaimInvoice | CreditInvoice) -> str:
    """The file of an invoice, as text."""
    return write_invoice(invoice, SETTINGS).decode()


@pytest.mark.shows("adm-12", "anv-46", "rap-10", "rap-33")
@pytest.mark.parametrize(
    "invoice",
    [
        claim_invoice(),
        claim_invoice(buyer("212000-1439")),
        claim_invoice(buyer("232100-0016", STOCKHOLM)),
        claim_invoice(giro=Giro("plusgiro", "9020033")),
        claim_invoice(lines=(*claim_invoice().lines, INTEREST)),
        credit_invoice(claim_invoice(), 23_456),
    ],
    ids=["to a GLN", "to an organisation number", "to a region", "to plusgiro", "with interest", "a credit invoice"],
)
def test_no_official_rule_has_anything_to_say_of_an_invoice(invoice: ClaimInvoice | CreditInvoice) -> None:
    assert validators.invoice_findings(write_invoice(invoice, SETTINGS)) == []


@pytest.mark.parametrize(
    ("planted", "instead", "rule"),
    [
        (r"(PayableAmount .*>)123456", r"\g<1>123457", "BR-CO-16"),
        (r"7300009012343", "7300009012344", "PEPPOL-COMMON-R040"),
        (r"2120001439", "2120001440", "ORGNR"),
        (r">380<", ">381<", "PEPPOL-EN16931-P0100"),
        (r"<cbc:TaxExemptionReason.*Reason.*>", "", "BR-O-10"),
        (r"<cbc:BuyerReference>.*</cbc:BuyerReference>", "", "PEPPOL-EN16931-R003"),
        (r">9912346<", ">991234600<", "SE-R-009"),
        (r"(<cbc:IssueDate>.*</cbc:IssueDate>)\s*(<cbc:DueDate>.*</cbc:DueDate>)", r"\2\1", "XSD"),
    ],
)
def test_the_rules_find_what_is_planted_in_an_invoice(planted: str, instead: str, rule: str) -> None:
    file, places = re.subn(planted, instead, written(claim_invoice()))
    assert places
    assert [finding for finding in validators.invoice_findings(file.encode()) if finding.startswith(rule)]


@pytest.mark.shows("adm-12")
def test_an_invoice_says_where_and_with_which_reference_it_is_paid() -> None:
    file = written(claim_invoice())
    assert "<cbc:PaymentID>2025004207</cbc:PaymentID>" in file
    assert "<cbc:ID>9912346</cbc:ID>" in file
    assert "<cbc:ID>SE:BANKGIRO</cbc:ID>" in file
    assert "<cbc:DueDate>2026-06-03</cbc:DueDate>" in file
    assert "räntelagen (1975:635)" in file


def test_a_claim_is_outside_vat_and_names_no_vat_number() -> None:
    file = written(claim_invoice())
    assert "<cbc:ID>O</cbc:ID>" in file
    assert "SE202100055501" not in file


@pytest.mark.shows("adm-23")
def test_a_changed_claim_gives_a_credit_invoice_that_names_the_invoice_it_lowers() -> None:
    file = written(credit_invoice(claim_invoice(), 23_456))
    assert "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>" in file
    assert "<cbc:ID>DEMO-2025-0042</cbc:ID>" in file
    assert '<cbc:PayableAmount currencyID="SEK">23456.00</cbc:PayableAmount>' in file
    assert "DueDate" not in file


@pytest.mark.parametrize("changed", [{"credits": ""}, {"credits_issued": date(2026, 6, 9)}])
def test_a_credit_invoice_lowers_an_invoice_that_was_issued_before_it(changed: dict[str, object]) -> None:
    with pytest.raises(Fault, match="redan är utfärdad"):
        replace(credit_invoice(claim_invoice(), 1), **changed)


def test_numbers_are_written_plainly_however_people_wrote_them() -> None:
    ale = replace(buyer(), organisation_number="212000 1439", address=Address("SE-12345", "Exempelstad"))
    file = written(claim_invoice(ale, ocr="2025 0042 07"))
    assert '<cbc:CompanyID schemeID="0007">2120001439</cbc:CompanyID>' in file
    assert "<cbc:PostalZone>123 45</cbc:PostalZone>" in file
    assert "<cbc:PaymentID>2025004207</cbc:PaymentID>" in file


@pytest.mark.shows("adm-13")
def test_a_made_up_invoice_says_so() -> None:
    assert f"<cbc:Note>{made_up_money.MADE_UP}</cbc:Note>" in written(claim_invoice())


def test_the_same_invoice_written_again_gives_the_same_bytes() -> None:
    assert written(claim_invoice()) == written(claim_invoice())


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("7300009012343", Endpoint("0088", "7300009012343")),
        ("0088:7300009012343", Endpoint("0088", "7300009012343")),
        ("GLN 7300 009 012 343", Endpoint("0088", "7300009012343")),
        ("Peppol-id: 0007:2120001439", Endpoint("0007", "2120001439")),
        ("212000-1439", Endpoint("0007", "2120001439")),
        ("orgnr 212000-1439", Endpoint("0007", "2120001439")),
    ],
)
@pytest.mark.shows("rap-33")
def test_an_electronic_address_is_read_as_recipients_write_it(text: str, endpoint: Endpoint) -> None:
    assert read_endpoint(text, "rapporten") == endpoint


@pytest.mark.shows("rap-33")
@pytest.mark.parametrize(
    "text", ["", "7300009012344", "212000-1440", "0088:2120001439", "0007:7300009012343", "faktura@ale.se", "7300009"]
)
def test_an_electronic_address_that_leads_nowhere_is_refused(text: str) -> None:
    with pytest.raises(Fault, match="elektronisk fakturaadress"):
        read_endpoint(text, "rapporten")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"buyer_reference": " "}, "Fakturareferens saknas"),
        ({"number": ""}, "Fakturans nummer saknas"),
        ({"diary_number": ""}, "Diarienummer saknas"),
        ({"note": ""}, "Meddelande saknas"),
        ({"lines": (replace(INTEREST, name=""),)}, "Radens text saknas"),
        ({"lines": ()}, "Beloppet är 0"),
        ({"lines": (replace(INTEREST, kronor=-1),)}, "Beloppet är"),
        ({"ocr": "123"}, "Kontrollsiffrorna"),
        ({"due": date(2026, 5, 3)}, "Förfallodagen"),
        ({"buyer": replace(buyer(), organisation_number="212000-1440")}, "inte ett organisationsnummer"),
        ({"buyer": replace(buyer(), endpoint=Endpoint("0088", "7300009012344"))}, "ingen elektronisk fakturaadress"),
        ({"buyer": replace(buyer(), endpoint=Endpoint("0088", "2120001439"))}, "av slaget 0088"),
        ({"buyer": replace(buyer(), address=Address("1", "Ale"))}, "inte ett postnummer"),
        ({"buyer": replace(buyer(), address=Address("123 45", ""))}, "Postort saknas"),
        (
            {"seller": replace(claim_invoice().seller, organisation_number="202100-0556")},
            "inte ett organisationsnummer",
        ),
    ],
)
def test_an_invoice_that_the_network_would_refuse_is_never_made(changed: dict[str, object], why: str) -> None:
    with pytest.raises(Fault, match=why):
        claim_invoice(**changed)
