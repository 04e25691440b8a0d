"""The worker: does what can wait, such as letters and e-mail, and takes up what an earlier worker left undone."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from django.conf import settings
from django.core.management import call_command
from django_tasks_db.management.commands.db_worker import Worker

from statsbidrag.portal import clock
from statsbidrag.portal.actions import resuming, tidying

_PAUSE = 0.5
_LOOK_AGAIN = 60.0
_JOBS_KEPT, _FAILED_JOBS_KEPT = 7, 365  # days


def work() -> None:
    """Does the jobs in the order they came, until it is told to stop; one worker at a time."""
    with _alone():
        resuming.give_back()
        worker = _worker()
        worker.configure_signals()
        looked = -_LOOK_AGAIN
        while worker.running:
            worker.run()  # until nothing is in line
            if worker.running and time.monotonic() - looked >= _LOOK_AGAIN:
                looked = time.monotonic()
                _tidy()
                if resuming.order_what_is_lacking():
                    continue
            if worker.running:
                time.sleep(_PAUSE)


def _tidy() -> None:
    tidying.tidy(clock.now())
    call_command("prune_db_task_results", min_age_days=_JOBS_KEPT, failed_min_age_days=_FAILED_JOBS_KEPT, verbosity=0)


@contextmanager
def _alone() -> Iterator[TextIO]:
    """Waits until no other worker of this installation is at work; the lock goes with the process that holds it."""
    settings.ENVIRONMENT.data.mkdir(parents=True, exist_ok=True)
    with (settings.ENVIRONMENT.data / "worker.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


def _worker() -> Worker:
    return Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"worker-{os.getpid()}",
        excluded_queue_names=[],
    )
