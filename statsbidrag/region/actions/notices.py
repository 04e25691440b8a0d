"""E-mail from the region's house: stored with the deed that causes it, and then put in the service's outbox.

The outbox lies in another database than the deed. So the e-mail is first a row beside the deed, and one that a killed
process left behind is put in the outbox later, unless it had come there already.
"""

from datetime import datetime
from functools import partial

from django.db import transaction

from statsbidrag.portal.actions import post
from statsbidrag.portal.correspondence import WITHIN_A_REGION
from statsbidrag.portal.models import Mail
from statsbidrag.region.models import Notice
from statsbidrag.region.router import REGION
from statsbidrag.region.writing import writing


def tell(to: str, subject: str, body: str, now: datetime, *, recipient: str = "") -> None:
    """Puts an e-mail beside the deed; it goes to the outbox when the deed is stored. Without an address, none goes."""
    if not to:
        return
    with writing():
        notice = Notice.objects.create(to=to, subject=subject[:200], body=body, recipient=recipient, created=now)
        transaction.on_commit(partial(_hand_over, notice.pk), using=REGION)


def hand_over_waiting() -> int:
    """Puts in the outbox what a killed process left behind, and gives how much that was."""
    waiting = list(Notice.objects.filter(posted=None).order_by("id").values_list("pk", flat=True))
    for each in waiting:
        _hand_over(each, again=True)
    return len(waiting)


def _hand_over(notice_id: int, *, again: bool = False) -> None:
    """Puts an e-mail in the outbox; ``again`` where it may have come there before the process was killed."""
    with writing():
        notice = Notice.objects.get(pk=notice_id)
        if notice.posted:
            return
        if not (again and _is_in_outbox(notice)):
            occasion, recipient = WITHIN_A_REGION, notice.recipient
            post.send(notice.to, notice.subject, notice.body, notice.created, occasion=occasion, recipient=recipient)
        notice.posted = notice.created
        notice.save(update_fields=["posted"])


def _is_in_outbox(notice: Notice) -> bool:
    same = Mail.objects.filter(occasion=WITHIN_A_REGION, to=notice.to, created=notice.created)
    return same.filter(subject=notice.subject, body=notice.body).exists()
