"""Decisions with made-up contents, and the letterhead of all made-up letters, for the tests that need them."""

from datetime import date

from statsbidrag.exchange.letters.decisions import (
    Amended,
    AmendedAmount,
    AmendingDecision,
    GrantDecision,
    WithholdingDecision,
)
from statsbidrag.exchange.letters.letterhead import Addressee, Letterhead, Reference, Sender
from statsbidrag.exchange.letters.repayment import ClaimDecision, Ground, Heard
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.law import law_of
from statsbidrag.terms.because import Because

BOOK = Rulebook()
LAW = law_of(BOOK.folder, "ordinance-2025-74")
COMMISSION = law_of(BOOK.folder, "commission-2024")
SENDER = Sender("Socialstyrelsen", ("100 00 Exempelstad",), "statsbidrag@example.org")
RECIPIENT = Addressee("Region Exempel", "232100-0016", ("Registrator", "Exempelgatan 1", "100 00 Exempelstad"))
HEAD = Letterhead(
    sender=SENDER,
    recipient=RECIPIENT,
    law=LAW,
    year=2025,
    dated=date(2025, 5, 26),
    our_number="9.1-1234/2025",
    document_number=4,
    your_number="RS 2025-0112",
    copies=("Ombudet för Region Exempel",),
    made_up=True,
)
REQUISITION = Reference("9.1-1234/2025", 2, date(2025, 4, 28))
DECISION = Reference("9.1-1234/2025", 4, date(2025, 5, 26))
PURPOSE = "bidra till en god och jämlik hälsa hos barn och främja barns utveckling i det svenska språket"
BECAUSE = Because(
    "Region Exempel kan rekvirera högst 16 634 974 kr",
    16_634_974,
    "kr",
    steps=(
        Because("Potten att fördela", 145_000_000, "kr", "anv-06"),
        Because(
            "Hälften efter andelen barn 0–5 år",
            161_234,
            "barn",
            "anv-12",
            steps=(Because("Befolkning 2023", None, "", "", "Tabellen är en uppskattning."),),
        ),
    ),
)
DECIDED = {
    "appeal": "Beslutet får inte överklagas",
    "decision_maker": "Beslutsfattare (påhittad)",
    "presenter": "Föredragande (påhittad)",
    "others": ("Jurist (påhittad)", "Controller (påhittad)"),
}

GRANT = GrantDecision(
    head=HEAD,
    reasons=("Rekvisitionen kom in i tid och ryms inom ert högsta belopp.",),
    **DECIDED,
    requested=16_259_682,
    granted=16_259_682,
    reallocated=412_300,
    use_from=date(2025, 1, 1),
    use_to=date(2025, 12, 31),
    report_by=date(2026, 3, 3),
    purpose=PURPOSE,
    may_use="att genomföra utökade hembesöksprogram via barnhälsovården",
    may_not_use="att upprätthålla barnhälsovårdens ordinarie verksamhet",
    conditions=tuple(condition.text for condition in BOOK.round(2025).decision.conditions),
    report_content=tuple(content.value for content in BOOK.round(2025).report.contents),
    repayment_grounds=tuple(ground.text.value for ground in BOOK.round(2025).repayment.grounds),
    because=BECAUSE,
)
HEARD = Heard(
    Reference("9.1-1234/2025", 11, date(2026, 4, 7)),
    date(2026, 4, 28),
    date(2026, 4, 20),
    "Vi anser att 200 000 kr inte ska krävas tillbaka.",
    "Vi bedömer att förseningen inte berodde på er.",
)
CLAIM = ClaimDecision(
    head=HEAD,
    reasons=("Ni har själva redovisat att en del av bidraget inte har använts.",),
    **DECIDED,
    of=DECISION,
    grounds=(
        Ground("Bidraget har helt eller delvis inte använts", 1_671_982, "Ni har redovisat 15 000 000 kr som använt"),
    ),
    waived=200_000,
    special_reasons="Leverantören fakturerade för sent, och ni kunde inte påverka det.",
    heard=HEARD,
    due=date(2026, 6, 8),
    because=Because("Att återbetala: 1 671 982 kr", 1_671_982, "kr", "sfs-43"),
)
WITHHOLDING = WithholdingDecision(
    head=HEAD,
    reasons=("Verksamheten har inte kommit i gång.",),
    **DECIDED,
    of=DECISION,
    decided=16_671_982,
    withheld=671_982,
    ground="Bidraget har helt eller delvis inte använts",
)
CORRECTION = AmendingDecision(
    head=HEAD,
    kind="correction",
    replaces=DECISION,
    reasons=("Två siffror hade bytt plats.",),
    **DECIDED,
    amounts=(AmendedAmount("Beviljat", 16_259_682, 16_295_682),),
    texts=(Amended("Sista dag för redovisning", "1 mars 2026", "3 mars 2026"),),
    effect=("Vi betalar ut skillnaden.",),
)
