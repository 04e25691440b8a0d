"""Jobs that can wait: stored with the deed that orders them, and done after it by the worker."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend


def order(job: Task[..., Any], *arguments: Any) -> None:
    """Orders a job within a deed; it is done when the deed is stored, and never where the deed is taken back.

    In real use the order lies in the same database, so a process that dies just after the deed cannot lose it.
    """
    if isinstance(job.get_backend(), DatabaseBackend):
        job.enqueue(*arguments)
    else:
        transaction.on_commit(partial(job.enqueue, *arguments))
