"""Jobs that can wait: stored with the deed that orders them, and done after it by the worker."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max

from statsbidrag.portal.storing import store


def order(job: Task[..., Any], *arguments: Any) -> None:
    """Orders a job within a deed; it is done when the deed is stored, and never where the deed is taken back.

    In real use the order lies in the same database, so a process that dies just after the deed cannot lose it.
    """
    if not isinstance(job.get_backend(), DatabaseBackend):
        transaction.on_commit(partial(job.enqueue, *arguments))
        return
    ordered: DBTaskResult[..., Any] = DBTaskResult(
        args_kwargs={"args": arguments, "kwargs": {}},
        priority=job.priority,
        task_path=job.module_path,
        queue_name=job.queue_name,
        run_after=job.run_after or get_date_max(),
        backend_name=job.backend,
    )
    store(ordered)
