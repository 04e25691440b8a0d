"""Jobs of the region's house: ordered once its own deed is stored, and again where a killed process forgot to."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from statsbidrag.portal import writing as portal_writing
from statsbidrag.portal.jobs import order
from statsbidrag.region.router import REGION


def order_after(job: Task[[int], None], number: int) -> None:
    """Orders a job for a row when the deed here is stored. The order lies in the service's own database.

    A process that dies in between leaves a row without an order, which ``order_lacking`` gives it later.
    """
    transaction.on_commit(partial(_order, job, number), using=REGION)


def order_lacking(job: Task[[int], None], numbers: list[int]) -> int:
    """Orders a job for each row that has none, and gives how many; one that failed waits for the next worker."""
    if not numbers:
        return 0
    unfinished = DBTaskResult.objects.filter(task_path=job.module_path).exclude(status=TaskResultStatus.SUCCESSFUL)
    known: set[Any] = {kept["args"][0] for kept in unfinished.values_list("args_kwargs", flat=True)}
    lacking = [number for number in numbers if number not in known]
    for number in lacking:
        _order(job, number)
    return len(lacking)


def _order(job: Task[[int], None], number: int) -> None:
    with portal_writing.writing():
        order(job, number)
