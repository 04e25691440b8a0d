"""Deeds and readings in a process of their own, on whichever database the environment names.

.venv/bin/python tests/servers/apart.py move STAGE   moves the demonstration to a day
.venv/bin/python tests/servers/apart.py tell         says in JSON what the database holds, and whether it holds
.venv/bin/python tests/servers/apart.py watch        says what it holds at every line it is sent
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "statsbidrag.portal.settings"
django.setup()

from django.db.models import Count  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from statsbidrag.portal import clock  # noqa: E402
from statsbidrag.portal.actions.payment_notices import notices_lacking  # noqa: E402
from statsbidrag.portal.actions.requisition_receipt import receipts_lacking  # noqa: E402
from statsbidrag.portal.demonstration.filling import YEAR, fill  # noqa: E402
from statsbidrag.portal.demonstration.moving import move_to  # noqa: E402
from statsbidrag.portal.demonstration.stages import stage_of  # noqa: E402
from statsbidrag.portal.models import Decision, Document, Mail, Payment, ReceivedRequisition  # noqa: E402
from statsbidrag.portal.queries.record import check_record  # noqa: E402


def move(key: str) -> None:
    """Moves the clock to a stage of the round, and does on the way what everyone does."""
    fill()
    stage = stage_of(YEAR, key)
    assert stage
    move_to(YEAR, stage, clock.now())


def watch() -> None:
    """Prints what there is of everything each time it is asked."""
    for _ in sys.stdin:
        print(json.dumps(_held()), flush=True)  # noqa: T201


def tell() -> None:
    """Prints what there is of everything, and whether the record holds."""
    print(json.dumps({**_held(), "breaks": [str(found) for found in check_record().breaks]}))  # noqa: T201


def _held() -> dict[str, object]:
    mails = Mail.objects.values("to", "document").exclude(document=None).annotate(times=Count("id"))
    decided = Decision.objects.filter(year=YEAR, approval__isnull=False)
    return {
        "requisitions": list(
            ReceivedRequisition.objects.filter(year=YEAR, sent_by__isnull=False).values_list(
                "recipient", "amount", "reference"
            )
        ),
        "without receipt": len(receipts_lacking()),
        "receipts": Document.objects.filter(about="receipt").count(),
        "requisitions in all": ReceivedRequisition.objects.count(),
        "decided": decided.count(),
        "letters": decided.filter(letter__isnull=False).count(),
        "letters in the diary": Document.objects.filter(about="decision", entry__case__year=YEAR).count(),
        "paid": Payment.objects.filter(answers__outcome="paid", batch__year=YEAR).count(),
        "without notice": len(notices_lacking(YEAR)),
        "notices": Document.objects.filter(about="payment notice", entry__case__year=YEAR).count(),
        "put in the outbox twice": [row["to"] for row in mails if row["times"] > 1],
        "unsent": Mail.objects.filter(sent=None).count(),
        "unfinished jobs": DBTaskResult.objects.exclude(status="SUCCESSFUL").count(),
    }


if __name__ == "__main__":
    deed, *said = sys.argv[1:]
    globals()[deed](*said)
