"""The last run of each task of the schedule, kept for whoever looks after the site."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import Task, current_app
from celery.signals import task_failure, task_prerun, task_success
from django.db import connection
from django.utils import timezone

from crm.shared.models import PeriodicRun

#: A task that was due so long ago and has not come to its end since is late.
GRACE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class PeriodicTask:
    """A task of the schedule with its last run; ``run`` is ``None`` for one that never ran."""

    name: str
    task: str
    run: PeriodicRun | None
    is_late: bool

    @property
    def has_failed(self) -> bool:
        """Did the last run that ended fail?"""
        run = self.run
        return bool(run and run.failed_at and (run.finished_at is None or run.failed_at > run.finished_at))


def periodic_tasks(*, now: datetime) -> list[PeriodicTask]:
    """Return the tasks of the schedule, in its order. One query."""
    runs = {run.task: run for run in PeriodicRun.objects.all()}
    return [
        PeriodicTask(name, entry["task"], run, is_late=_is_late(run, entry["schedule"], now=now))
        for name, entry in current_app.conf.beat_schedule.items()
        for run in [runs.get(entry["task"])]
    ]


def _is_late(run: PeriodicRun | None, schedule: Any, *, now: datetime) -> bool:
    if run is None or run.finished_at is None:
        return True
    _, due_in, _ = schedule.remaining_delta(run.finished_at)
    return bool(run.finished_at + due_in + GRACE < now)


def note_run(task: str, **fields: Any) -> None:
    """Keep ``fields`` of the last run of ``task``, whoever runs it; what is not of the schedule is not kept."""
    if any(entry["task"] == task for entry in current_app.conf.beat_schedule.values()):
        PeriodicRun.objects.update_or_create(task=task, defaults=fields)


@task_prerun.connect
def note_start(task: Task, **kwargs: Any) -> None:
    note_run(task.name, started_at=timezone.now())


@task_success.connect
def note_success(sender: Task, **kwargs: Any) -> None:
    note_run(sender.name, finished_at=timezone.now())


@task_failure.connect
def note_failure(sender: Task, exception: BaseException, **kwargs: Any) -> None:
    note_run(sender.name, failed_at=timezone.now(), error=repr(exception))
    # A task that was killed is reported by the worker's parent process, which closes nothing by itself.
    if not connection.in_atomic_block:
        connection.close()
