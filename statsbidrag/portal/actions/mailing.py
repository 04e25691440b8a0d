"""E-mail to many at once, and e-mail that is tried again by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django_tasks import task

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.post import deliver, try_again
from statsbidrag.portal.jobs import order
from statsbidrag.portal.models import Document, Mail
from statsbidrag.portal.queries.mail import stuck
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


@dataclass(frozen=True, slots=True)
class Addressed:
    """An e-mail with its address, and the key of the recipient that it is to."""

    to: str
    subject: str
    body: str
    recipient: str


def send_to_all(mails: Iterable[Addressed], occasion: str, now: datetime, *, document: Document | None = None) -> None:
    """Puts many e-mails in the outbox, all or none; one job delivers them, with a document, when the deed is stored."""
    with writing():
        rows = [
            Mail(
                to=mail.to,
                subject=mail.subject,
                body=mail.body,
                occasion=occasion,
                recipient=mail.recipient,
                document=document,
                created=now,
            )
            for mail in mails
        ]
        _deliver_later([mail.pk for mail in Mail.objects.bulk_create(rows)])


def send_again(visitor: Visitor | None, mail: Mail) -> None:
    """Sends an e-mail that has failed, or that still waits, once more. Raises Fault where it has gone already."""
    access.require(visitor, "remind", mail.recipient)
    with writing():
        if Mail.objects.filter(pk=mail.pk, sent__isnull=False).exists():
            raise Fault("mejlet", "Det har redan skickats.", "Det behöver inte skickas igen.")
        try_again(mail)


def send_what_is_stuck(visitor: Visitor | None, now: datetime) -> int:
    """Delivers what should have gone but was never tried, as when the service was stopped midway; says how many."""
    access.require(visitor, "remind")
    with writing():
        waiting = stuck(now)
        _deliver_later(waiting)
        return len(waiting)


@task()
def deliver_all(mail_ids: list[int]) -> None:
    """Delivers e-mails one by one; what has gone already is left alone, so the job may be run again."""
    for mail_id in mail_ids:
        deliver.call(mail_id)


def _deliver_later(mail_ids: list[int]) -> None:
    if mail_ids:
        order(deliver_all, mail_ids)
