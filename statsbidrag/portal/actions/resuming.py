"""What a process that was killed left undone is taken up again, so that nothing that was promised is lost.

A job may have been cut off in the middle, or never been ordered because the process died between storing a deed and
ordering its job. Every job may be done again: what is already there is left alone.
"""

from collections.abc import Iterable

from django.db.models import Q
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from statsbidrag.portal import neighbours
from statsbidrag.portal.actions import report_receipt
from statsbidrag.portal.actions.invoices import make_invoices
from statsbidrag.portal.actions.payment_notices import notices_lacking, send_notices
from statsbidrag.portal.actions.post import deliver, untried
from statsbidrag.portal.actions.requisition_receipt import make_receipt, receipts_lacking
from statsbidrag.portal.models import PaymentBatch
from statsbidrag.portal.queries.invoices import years_lacking_invoices
from statsbidrag.portal.writing import writing

_CUT_OFF = Q(status=TaskResultStatus.RUNNING)
_FAILED = Q(status=TaskResultStatus.FAILED)


def give_back() -> int:
    """Puts the jobs that a worker died from, or that failed, back in line, and gives how many.

    Only where no other worker is at work: a worker asks for it when it begins, once it is alone.
    """
    with writing():
        return DBTaskResult.objects.filter(_CUT_OFF | _FAILED).update(status=TaskResultStatus.READY)


def order_what_is_lacking() -> int:
    """Orders the receipts, notices, invoices and e-mail that lack a job, and gives how many; asked when none waits."""
    taken_up = neighbours.take_up()
    years = PaymentBatch.objects.order_by().values_list("year", flat=True).distinct()
    with writing():
        ordered = _order(make_receipt, receipts_lacking())
        ordered += _order(report_receipt.make_receipt, report_receipt.receipts_lacking())
        ordered += _order(send_notices, [year for year in years if notices_lacking(year)])
        ordered += _order(make_invoices, years_lacking_invoices())
        return taken_up + ordered + _order(deliver, untried())


def _order(job: Task[[int], None], lacking: Iterable[int]) -> int:
    """Orders a job for each that has none; one that has failed waits for the next worker to try it."""
    unfinished = DBTaskResult.objects.filter(task_path=job.module_path).exclude(status=TaskResultStatus.SUCCESSFUL)
    known = {kept["args"][0] for kept in unfinished.values_list("args_kwargs", flat=True)}
    new = [each for each in lacking if each not in known]
    for each in new:
        job.enqueue(each)
    return len(new)
