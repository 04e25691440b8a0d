"""E-mail from the region's house: stored with the deed that causes it, and then put in the service's outbox.

The outbox lies in another database than the deed. So the e-mail is first a row beside the deed, and one that a killed
process left behind is put in the outbox later.
"""

from datetime import datetime
from functools import partial

from django.db import transaction

from statsbidrag.portal.actions import post
from statsbidrag.region.models import Notice
from statsbidrag.region.router import REGION
from statsbidrag.region.writing import writing

OCCASION = "region"


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
        _hand_over(each)
    return len(waiting)


def _hand_over(notice_id: int) -> None:
    with writing():
        notice = Notice.objects.get(pk=notice_id)
        if notice.posted:
            return
        post.send(notice.to, notice.subject, notice.body, notice.created, occasion=OCCASION, recipient=notice.recipient)
        notice.posted = notice.created
        notice.save(update_fields=["posted"])
