"""E-mail: put in the outbox by the deed that causes it, sent after it, tried again where it fails."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django_tasks import task

from statsbidrag.portal import clock
from statsbidrag.portal.correspondence import HOLDING_LINKS
from statsbidrag.portal.jobs import order
from statsbidrag.portal.models import Case, Document, Mail
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing

_ENOUGH_TRIES = 5


def send(
    to: str,
    subject: str,
    body: str,
    now: datetime,
    *,
    occasion: str,
    recipient: str = "",
    case: Case | None = None,
    document: Document | None = None,
) -> Mail:
    """Puts an e-mail in the outbox; it goes when the deed is stored, and only then.

    ``occasion`` is what it is about, in a word of ours. A document goes along as a file.
    """
    with writing():
        mail = store(
            Mail(
                to=to,
                subject=subject,
                body=body,
                occasion=occasion,
                recipient=recipient,
                case=case,
                document=document,
                created=now,
            )
        )
        order(deliver, mail.pk)
        return mail


def try_again(mail: Mail) -> None:
    """Sends an e-mail that failed once more."""
    with writing():
        Mail.objects.filter(pk=mail.pk, sent=None).update(attempts=0, fault="")
        order(deliver, mail.pk)


@task()
def deliver(mail_id: int) -> None:
    """Delivers one e-mail of the outbox; what is already sent is left alone, and a failure is written down."""
    mail = Mail.objects.select_related("document__content").get(pk=mail_id)
    if mail.sent:
        return
    message = EmailMessage(mail.subject, mail.body, to=[mail.to])
    if mail.document:
        message.attach(mail.document.name, bytes(mail.document.content.content), mail.document.mime)
    fault = ""
    try:
        message.send()
    except (OSError, ValueError) as problem:  # smtplib's errors are of the first kind, unusable headers of the second
        fault = str(problem) or type(problem).__name__
    with writing():
        mail.attempts += 1
        mail.fault = fault
        mail.sent = None if fault else clock.now()
        if mail.sent and mail.occasion in HOLDING_LINKS and not settings.DEMONSTRATION:
            mail.body = ""  # its link is a secret; the demonstration is the only place where it is read from here
        mail.save(update_fields=["attempts", "fault", "sent", "body"])


def untried() -> list[int]:
    """Gives the e-mail that has not gone and has not been tried often enough; the worker tries it once a minute."""
    return list(Mail.objects.filter(sent=None, attempts__lt=_ENOUGH_TRIES).order_by("id").values_list("id", flat=True))
