"""The receipt for a requisition (mottagningsbevis): made after it has come in, whole or not at all, and once.

A process that is killed leaves a requisition without a receipt; ``make_missing_receipts`` then makes it.
"""

from datetime import datetime

from django_tasks import task

from statsbidrag.cycle import Review
from statsbidrag.exchange.letters.letterhead import Reference
from statsbidrag.exchange.letters.receipts import RequisitionReceipt
from statsbidrag.portal import clock, letterhead, rules
from statsbidrag.portal.actions import diary, post
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.models import Document, ReceivedRequisition, Registry
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries import requisitions
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_of_arrival


@task()
def make_receipt(requisition_id: int) -> None:
    """Makes the receipt of a requisition, enters it in the case and e-mails it; where there is one, nothing."""
    row = ReceivedRequisition.objects.select_related("document__entry__case", "sent_by").get(pk=requisition_id)
    while row.receipt_id is None:
        now = clock.now()
        number = row.document.entry.case.entries.count() + 1
        content = letterhead.press().render(_receipt(row, number, now))
        with writing():
            row.refresh_from_db(fields=["receipt"])
            # Another document may have taken the number while the letter was set; then it is set anew.
            if row.receipt_id is None and diary.next_number(row.document.entry.case) == number:
                _enter_and_send(row, content, now)


def make_missing_receipts() -> int:
    """Makes the receipts that a killed process left unmade, and gives how many."""
    lacking = receipts_lacking()
    for each in lacking:
        make_receipt.call(each)
    return len(lacking)


def receipts_lacking() -> list[int]:
    """Gives the requisitions that have no receipt; what nobody can tell whose it is gets none."""
    rows = ReceivedRequisition.objects.filter(receipt=None).exclude(recipient="").order_by("id")
    return list(rows.values_list("id", flat=True))


def _enter_and_send(row: ReceivedRequisition, content: bytes, now: datetime) -> None:
    case, party = row.document.entry.case, rules.recipients()[row.recipient]
    paper = Paper(
        direction="out",
        about="receipt",
        party=party.name,
        matter=f"Mottagningsbevis, {'avstår från' if row.abstains else 'rekvisition av'} statsbidrag {row.year}",
        name=f"mottagningsbevis-{row.year}-{row.recipient}.pdf",
        content=content,
    )
    row.receipt = diary.enter(case, paper, now)
    row.save(update_fields=["receipt"])
    what = "att ni avstår" if row.abstains else "er rekvisition"
    for address in _addresses(row):
        post.send(
            address,
            f"Vi har tagit emot {what}, dnr {case.number}",
            mail_text(
                f"Vi har tagit emot {what} för {party.name}, statsbidrag {row.year}."
                f" Ärendets diarienummer är {case.number}. Mottagningsbeviset ligger som bilaga.",
                "Ni ser ärendet och vad som händer härnäst i e-tjänsten.",
            ),
            now,
            occasion="receipt",
            recipient=row.recipient,
            case=case,
            document=row.receipt,
        )


def _addresses(row: ReceivedRequisition) -> list[str]:
    """Who gets the receipt: the sender, the contact and the recipient's registry, each once."""
    registry = Registry.objects.filter(pk=row.recipient).values_list("email", flat=True).first()
    sender = row.sent_by.email if row.sent_by else ""
    return list(dict.fromkeys(filter(None, (sender, row.contact_email, registry))))


def _receipt(row: ReceivedRequisition, number: int, now: datetime) -> RequisitionReceipt:
    case, asked = row.document.entry.case, rules.round_rules(row.year).requisition
    arrived = day_of_arrival(row.arrived)
    reviews = requisitions.versions(row.year, row.recipient, arrived)
    review = next(each for each in reviews if each.requisition.reference == row.reference)
    return RequisitionReceipt(
        head=letterhead.head(case, row.recipient, day_of_arrival(now), number=number, copies=_copies(row)),
        document=_reference(row.document),
        arrived=row.arrived,
        last_day=asked.last_day.value,
        requested=row.amount,
        ceiling=rules.ceilings(row.year).get(row.recipient, 0),
        wants_more=row.wants_more,
        at_most=row.at_most,
        other_support=row.other_support,
        giro=row.giro,
        sent_by=row.agent,
        remarks=_remarks(review),
        complete_by=asked.completed_by if review.state == "to complete" else None,
        abstains=row.abstains,
        completes=_completed(row),
    )


def _remarks(review: Review) -> tuple[str, ...]:
    found = [finding for finding in review.findings if finding.weight != "replaces"]
    return tuple(f"{finding.says} {finding.remedy}".strip() for finding in found)


def _copies(row: ReceivedRequisition) -> tuple[str, ...]:
    return (row.sent_by.name,) if row.sent_by else ()


def _completed(row: ReceivedRequisition) -> Reference | None:
    earlier = ReceivedRequisition.objects.filter(reference=row.completes) if row.completes else None
    found = earlier.select_related("document__entry__case").first() if earlier is not None else None
    return _reference(found.document) if found else None


def _reference(document: Document) -> Reference:
    entry = document.entry
    return Reference(entry.case.number, entry.number, day_of_arrival(entry.at))
