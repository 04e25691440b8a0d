"""The receipt for a report (svarskvitto): made after it has come in, whole or not at all, and once.

A process that is killed leaves a report without a receipt; ``make_missing_receipts`` then makes it.
"""

from datetime import datetime
from urllib.parse import urljoin

from django.urls import reverse
from django_tasks import task

from statsbidrag.portal import clock, letterhead, rules
from statsbidrag.portal.actions import diary, post
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.letters.reports import receipt_of
from statsbidrag.portal.models import ReceivedReport, Registry
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.writing import writing


@task()
def make_receipt(report_id: int, site: str = "") -> None:
    """Makes the receipt of a report, enters it in the case and e-mails it; where there is one, nothing.

    ``site`` is our own address, for the link that a new version is opened by.
    """
    along = ("document__entry__case", "sent_by", "certified_by")
    row = ReceivedReport.objects.select_related(*along).get(pk=report_id)
    while row.receipt_id is None:
        now = clock.now()
        number = row.document.entry.case.entries.count() + 1
        content = letterhead.press().render(receipt_of(row, number, now))
        with writing():
            row.refresh_from_db(fields=["receipt"])
            # Another document may have taken the number while the letter was set; then it is set anew.
            if row.receipt_id is None and diary.next_number(row.document.entry.case) == number:
                _enter_and_send(row, content, now, site=site)


def make_missing_receipts() -> int:
    """Makes the receipts that a killed process left unmade, and gives how many."""
    lacking = receipts_lacking()
    for each in lacking:
        make_receipt.call(each)
    return len(lacking)


def receipts_lacking() -> list[int]:
    """Gives the reports that have no receipt yet."""
    return list(ReceivedReport.objects.filter(receipt=None).order_by("id").values_list("id", flat=True))


def answer_number(row: ReceivedReport) -> str:
    """Says which of the answers it is: ``svar 2 av 5``, or that it completes the report."""
    most = rules.round_rules(row.year).report.submissions.value
    return f"svar {row.number} av {most}" if row.counts else "komplettering"


def _enter_and_send(row: ReceivedReport, content: bytes, now: datetime, *, site: str) -> None:
    case, party = row.document.entry.case, rules.recipients()[row.recipient]
    paper = Paper(
        direction="out",
        about="receipt",
        party=party.name,
        matter=f"Svarskvitto, återrapportering av statsbidrag {row.year}, {answer_number(row)}",
        name=f"svarskvitto-{row.year}-{row.recipient}-{row.number}.pdf",
        content=content,
    )
    row.receipt = diary.enter(case, paper, now)
    row.save(update_fields=["receipt"])
    for address in _addresses(row):
        post.send(
            address,
            f"Vi har tagit emot er återrapportering, dnr {case.number}",
            mail_text(
                f"Vi har tagit emot återrapporteringen av statsbidrag {row.year} för {party.name},"
                f" {answer_number(row)}. Ärendets diarienummer är {case.number}."
                " Svarskvittot med alla svar ligger som bilaga.",
                _way_back(row, site),
            ),
            now,
            occasion="receipt",
            recipient=row.recipient,
            case=case,
            document=row.receipt,
        )


def _way_back(row: ReceivedReport, site: str) -> str:
    """How the answers are seen again and a new version is opened; by a link where our own address is known."""
    link = urljoin(site, reverse("report", args=(row.recipient, row.year))) if site else ""
    return f"Ni ser svaren i e-tjänsten och kan öppna en ny version där{f': {link}' if link else '.'}"


def _addresses(row: ReceivedReport) -> list[str]:
    """Who gets the receipt: the contact that the report names, the sender and the registry, each once."""
    registry = Registry.objects.filter(pk=row.recipient).values_list("email", flat=True).first()
    contact = row.answers.get("contact_email", "")
    return list(dict.fromkeys(filter(None, (str(contact), row.sent_by.email, registry))))
