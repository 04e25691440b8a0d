"""A letter of every kind with made-up contents, for the tests that need letters."""

from dataclasses import replace
from datetime import UTC, date, datetime

from made_up_decisions import (
    BECAUSE,
    BOOK,
    CLAIM,
    COMMISSION,
    CORRECTION,
    DECIDED,
    DECISION,
    GRANT,
    HEAD,
    PURPOSE,
    REQUISITION,
    WITHHOLDING,
)

from statsbidrag.exchange.letters.account import AccountLetter, Assessed, Compared, Comparison, Line, Money
from statsbidrag.exchange.letters.decisions import ClosingDecision, RejectionDecision
from statsbidrag.exchange.letters.letterhead import Addressee, Letter, Reference
from statsbidrag.exchange.letters.notices import CeilingNotice, PaymentNotice
from statsbidrag.exchange.letters.reading_copy import ReadingCopy, pages_to_read
from statsbidrag.exchange.letters.receipts import Answer, AnsweredPage, Certified, ReportReceipt, RequisitionReceipt
from statsbidrag.exchange.letters.repayment import Communication, Invoice, InvoiceLine, Material
from statsbidrag.terms.because import Because

INVOICE = Invoice(
    head=HEAD,
    number="2026-00042",
    decision=DECISION,
    lines=(InvoiceLine("Oanvänt statsbidrag", 1_671_982), InvoiceLine("Avstått från återkrav", -200_000)),
    due=date(2026, 6, 8),
    bankgiro="991-2346 (påhittat)",
    ocr="20260004217",
    your_reference="ZZ-4711",
    e_address="0007:2321000016",
    late=("Betalar ni för sent tar vi ut dröjsmålsränta.", "Ni kan be om anstånd eller avbetalning."),
)
RECEIPT = RequisitionReceipt(
    head=HEAD,
    document=REQUISITION,
    arrived=datetime(2025, 4, 29, 21, 59, tzinfo=UTC),
    last_day=date(2025, 4, 29),
    requested=16_259_682,
    ceiling=16_634_974,
    wants_more=True,
    at_most=500_000,
    other_support=False,
    giro="bankgiro 991-2346 (påhittat)",
    sent_by="Ombud (påhittat)",
)
REPORT = ReportReceipt(
    head=HEAD,
    document=Reference("9.1-1234/2025", 8, date(2026, 2, 26)),
    arrived=datetime(2026, 2, 26, 8, 14, tzinfo=UTC),
    last_day=date(2026, 3, 3),
    number=2,
    at_most=5,
    granted=16_259_682,
    reallocated=412_300,
    used=15_000_000,
    certified=Certified(
        "Kim Exempel (påhittad)",
        "Direktör",
        "010-000 00 00",
        "kim@example.org",
        "Delegationsordningen, punkt 4.2",
        datetime(2026, 2, 26, 8, 10, tzinfo=UTC),
    ),
    fingerprint="0123456789abcdef" * 4,
    pages=(AnsweredPage("Om era insatser", (Answer("Antal planerade utökade hembesök", "2 400"),)),),
)
MONEY = Money(
    granted=1_000_000, reallocated=25_000, paid=1_025_000, used=900_000, claimed=100_000, waived=25_000, repaid=0
)
ACCOUNT = AccountLetter(
    head=replace(HEAD, recipient=Addressee("Regeringskansliet", "202100-3831", ("Registrator", "100 00 Exempelstad"))),
    pot=145_000_000,
    asked=311,
    summary=("Nästan alla rekvirerade bidraget.",),
    regions=(Line("Region Exempel", MONEY), Line("Region Annan", replace(MONEY, used=None))),
    municipalities=tuple(Line(f"Exempel {number} kommun", MONEY) for number in range(1, 101)),
    use=("Medlen har framför allt använts till hembesök.",),
    used_for=(Comparison("Insatser", "Antal som har angett insatsen", (Compared("Utbildning", 17, 190),)),),
    results=("Fler familjer än tidigare har fått besök.",),
    reported=(
        Comparison("Hembesök", "Som redovisat", (Compared("Genomförda", 11_003, 10_411), Compared("BVC", 5, None))),
    ),
    purpose=PURPOSE,
    against_purpose=("Bidraget har bidragit till syftet.",),
    conditions=(Assessed("Minst två personer", "Var femte har inte kunnat säkerställa det."),),
    because=Because("Potten 2025: 145 000 000 kr", 145_000_000, "kr", steps=(Because("Använt", 140_000_000, "kr"),)),
    decision_maker="Generaldirektör (påhittad)",
    presenter="Utredare (påhittad)",
)
FORM = BOOK.form("report-2025")
READING = ReadingCopy(
    head=replace(HEAD, recipient=None, copies=(), your_number=""),
    title=FORM.title,
    note=FORM.free_text_note.value,
    pages=pages_to_read(FORM),
)

LETTERS: dict[str, Letter] = {
    "ceiling notice": CeilingNotice(
        head=HEAD,
        ceiling=16_634_974,
        last_day=date(2025, 4, 29),
        purpose=PURPOSE,
        e_service="https://example.org/statsbidrag",
        facts=tuple(fact.text.value for fact in BOOK.round(2025).requisition.facts),
        because=BECAUSE,
        basis="Antalet barn är en uppskattning.",
    ),
    "requisition receipt": RECEIPT,
    "receipt with nothing stated": replace(
        RECEIPT, requested=None, wants_more=None, at_most=None, other_support=None, giro="", sent_by=""
    ),
    "grant": GRANT,
    "reallocation": replace(GRANT, kind="reallocation"),
    "grant of 2024": replace(GRANT, head=replace(HEAD, law=COMMISSION, year=2024), reallocated=0),
    "withholding": WITHHOLDING,
    "rejection": RejectionDecision(
        head=HEAD,
        reasons=("Den kom in efter sista dagen.",),
        **DECIDED,
        requested=16_259_682,
        arrived=datetime(2025, 4, 29, 22, 1, tzinfo=UTC),
        last_day=date(2025, 4, 29),
        requisition=REQUISITION,
    ),
    "correction": CORRECTION,
    "change": replace(CORRECTION, kind="change"),
    "closing": ClosingDecision(
        head=HEAD, reasons=("Ni har tagit tillbaka rekvisitionen.",), **DECIDED, matter="er rekvisition av den 28 april"
    ),
    "claim": replace(CLAIM, waived=0, special_reasons="", heard="Ni har själva redovisat beloppet som oanvänt."),
    "claim in part": CLAIM,
    "waiver": replace(CLAIM, waived=1_671_982, due=None),
    "payment notice": PaymentNotice(
        head=HEAD,
        decision=DECISION,
        granted=16_259_682,
        reallocated=412_300,
        withheld=671_982,
        day=date(2025, 6, 5),
        giro="bankgiro 991-2346 (påhittat)",
        reference="DEMO-2025-0001",
    ),
    "report receipt": REPORT,
    "completion receipt": replace(REPORT, number=None, certified=replace(REPORT.certified, by_agent=True)),
    "communication": Communication(
        head=HEAD,
        grounds=CLAIM.grounds,
        material=(Material("Er redovisning, svar 2", 8, date(2026, 2, 26)),),
        because=CLAIM.because,
        answer_by=date(2026, 4, 28),
        officer="Handläggare (påhittad)",
    ),
    "invoice": INVOICE,
    "credit invoice": replace(INVOICE, kind="credit", earlier="2026-00042", lines=(InvoiceLine("Ändrat", -50_000),)),
    "reminder": replace(INVOICE, kind="reminder", earlier="2026-00042"),
    "account": ACCOUNT,
    "account of regions only": replace(ACCOUNT, municipalities=()),
    "reading copy": READING,
}
