"""Folder 8-repayment: who is asked for what and why, the decisions, the invoices, and where each of them stands."""

from collections.abc import Iterator

from statsbidrag.cycle import SETTLEMENT_STATES, Communication, Invoice
from statsbidrag.exchange.invoice import ClaimInvoice, Endpoint, InvoiceLine, InvoiceParty, seller_of
from statsbidrag.exchange.letters import repayment as letters
from statsbidrag.exchange.peppol import write_invoice
from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.play.papers.desk import ADDRESS, Desk, Paper
from statsbidrag.play.papers.payment import vouchers
from statsbidrag.play.returning import Returned
from statsbidrag.play.stage import PRESENTER
from statsbidrag.terms.made_up import MADE_UP

_COLUMNS = (
    Column("recipient", "Mottagare"),
    Column("name", "Namn"),
    Column("grounds", "Grunder"),
    Column("owed", "Att återbetala (kr)", "kronor"),
    Column("waived", "Avstått (kr)", "kronor"),
    Column("claimed", "Återkrävt (kr)", "kronor"),
    Column("repaid", "Betalt (kr)", "kronor"),
    Column("interest", "Ränta (kr)", "kronor"),
    Column("state", "Läge", words=dict(SETTLEMENT_STATES.items())),
)
_WHAT = "Återbetalning av statsbidrag"
_REASON_TO_CLAIM = "Det finns grund för återbetalning. Ni är därför skyldiga att betala tillbaka bidraget i den delen."
_REASON_NOT_TO_WAIVE = "Det har inte kommit fram några särskilda skäl att avstå från återkravet."


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives the list of claims, the vouchers, and for each claim its letters, its decision and its invoice."""
    until = desk.stage.round.account.last_day.value
    rows = tuple(_row(desk, key, each) for key, each in desk.returning.returned.items())
    yield from desk.list_papers("claims", Table(f"Återkrav {desk.stage.year}", _COLUMNS, rows), until)
    before = len(desk.giving.ledger.postings)
    new = tuple(desk.returning.ledger.postings[before:])
    if any(posting.cause.startswith("owed") for posting in new):
        yield "vouchers.si", vouchers(desk, new, first=before + 1)
    for key, each in desk.returning.returned.items():
        yield from _case(desk, key, each)


def _row(desk: Desk, key: str, each: Returned) -> tuple[Cell, ...]:
    settled = each.settlement
    return (
        key,
        desk.stage.recipients[key].name,
        "; ".join(one.rule.text.value for one in each.claim.owed.liabilities),
        each.claim.owed.total,
        each.claim.waived,
        each.claim.claimed,
        settled.repaid if settled else 0,
        settled.interest if settled else 0,
        settled.state if settled else "",
    )


def _case(desk: Desk, key: str, each: Returned) -> Iterator[Paper]:
    heard = each.claim.heard
    grounds = tuple(
        letters.Ground(f"{one.rule.text.value}.", one.kronor, one.why) for one in each.claim.owed.liabilities
    )
    if isinstance(heard, Communication):
        yield f"communications/{key}.pdf", _communication(desk, key, each, grounds)
    yield f"decisions/{key}.pdf", _decision(desk, key, each, grounds)
    if each.invoice:
        yield f"invoices/{key}.pdf", _invoice_letter(desk, each.invoice)
        yield f"invoices/{key}.xml", write_invoice(_invoice(desk, each.invoice), desk.agency.invoicing.value)


def _communication(desk: Desk, key: str, each: Returned, grounds: tuple[letters.Ground, ...]) -> letters.Communication:
    heard = each.claim.heard
    assert isinstance(heard, Communication)
    grant = desk.entered(key, "grant")
    material = [letters.Material("Beslut om bidrag", grant.document_number, grant.dated)]
    if key in desk.using.reports:
        number = len(desk.using.reports[key].versions)
        report = desk.entered(key, f"report {number}")
        material.append(letters.Material("Er återrapportering", report.document_number, report.dated))
    return letters.Communication(
        head=desk.head(key, "communication", heard.sent),
        grounds=grounds,
        material=tuple(material),
        because=each.claim.owed.because(),
        answer_by=heard.answer_by,
        officer=PRESENTER,
    )


def _decision(desk: Desk, key: str, each: Returned, grounds: tuple[letters.Ground, ...]) -> letters.ClaimDecision:
    claim, approval = each.claim, each.decisions[0].approval
    heard = claim.heard
    told: letters.Heard | str
    if isinstance(heard, Communication):
        told = letters.Heard(
            desk.entered(key, "communication"), heard.answer_by, heard.answered, heard.arguments, claim.reply
        )
    else:
        told = heard.reason
    return letters.ClaimDecision(
        head=desk.head(key, "claim", approval.day),
        reasons=(_REASON_TO_CLAIM, _REASON_NOT_TO_WAIVE) if not claim.waived else (_REASON_TO_CLAIM,),
        appeal=desk.stage.round.decision.no_appeal.value,
        decision_maker=approval.decision_maker,
        presenter=approval.presenter,
        others=approval.took_part,
        of=desk.entered(key, "grant"),
        grounds=grounds,
        waived=claim.waived,
        special_reasons=claim.special_reasons,
        heard=told,
        due=each.invoice.due if each.invoice else None,
        because=claim.because(),
    )


def _invoice_letter(desk: Desk, sent: Invoice) -> letters.Invoice:
    return letters.Invoice(
        head=desk.head(sent.recipient, "invoice", sent.issued),
        number=_number(desk, sent),
        decision=desk.entered(sent.recipient, "claim"),
        lines=(letters.InvoiceLine(f"{_WHAT} {desk.stage.year}", sent.kronor),),
        due=sent.due,
        bankgiro=str(desk.agency.giro.value),
        ocr=sent.reference,
        your_reference=_your_reference(desk, sent.recipient),
        late=(desk.agency.invoicing.value.terms,),
    )


def _invoice(desk: Desk, sent: Invoice) -> ClaimInvoice:
    party = desk.stage.recipients[sent.recipient]
    digits = party.organisation_number.replace("-", "")
    return ClaimInvoice(
        number=_number(desk, sent),
        issued=sent.issued,
        buyer_reference=_your_reference(desk, sent.recipient),
        diary_number=desk.stage.diary_number(sent.recipient),
        seller=seller_of(desk.agency),
        buyer=InvoiceParty(party.name, party.organisation_number, ADDRESS, Endpoint("0007", digits)),
        lines=(InvoiceLine(_WHAT, f"{_WHAT} {desk.stage.year}", sent.kronor),),
        note=MADE_UP,
        due=sent.due,
        giro=desk.agency.giro.value,
        ocr=sent.reference,
    )


def _number(desk: Desk, sent: Invoice) -> str:
    return f"DEMO-{desk.stage.year}-F{desk.stage.numbers[sent.recipient]:03d}"


def _your_reference(desk: Desk, key: str) -> str:
    """What the recipient gave in its report, or its diary number where no report came."""
    if key in desk.using.reports:
        return str(desk.using.standing(key).values.get("invoice_reference") or desk.stage.diary_number(key))
    return desk.stage.diary_number(key)
