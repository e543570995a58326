"""The last run of each periodic task, and when one is late."""

from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from celery.signals import task_failure, task_prerun, task_success

from crm.schedule import BEAT_SCHEDULE
from crm.shared.models import PeriodicRun
from crm.shared.periodic import periodic_tasks

DIGESTS, HOLIDAYS = "reminders.send_due_digests", "reference.load_coming_holidays"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tasks() -> None:
    """Load what a worker loads."""
    current_app.loader.import_default_modules()


def task(name: str) -> object:
    return current_app.tasks[name]


def late(now: datetime) -> dict[str, bool]:
    return {one.task: one.is_late for one in periodic_tasks(now=now)}


def test_begun_finished_and_failed_are_kept_one_row_a_task() -> None:
    for _ in range(2):
        task_prerun.send(sender=task(DIGESTS), task=task(DIGESTS))
        task_success.send(sender=task(DIGESTS))
    run = PeriodicRun.objects.get()
    assert run.started_at <= run.finished_at
    assert not next(one for one in periodic_tasks(now=NOON) if one.task == DIGESTS).has_failed
    task_failure.send(sender=task(DIGESTS), exception=LookupError("gone"))
    assert "gone" in PeriodicRun.objects.get().error
    assert next(one for one in periodic_tasks(now=NOON) if one.task == DIGESTS).has_failed
    task_success.send(sender=task(DIGESTS))
    assert not next(one for one in periodic_tasks(now=NOON) if one.task == DIGESTS).has_failed


def test_a_task_that_is_not_of_the_schedule_is_not_kept() -> None:
    task_prerun.send(sender=task("reminders.send_digests"), task=task("reminders.send_digests"))
    task_success.send(sender=task("reminders.send_digests"))
    assert not PeriodicRun.objects.exists()


def test_a_task_is_late_a_quarter_of_an_hour_after_it_was_due() -> None:
    PeriodicRun.objects.create(task=DIGESTS, finished_at=NOON)
    PeriodicRun.objects.create(task=HOLIDAYS, finished_at=NOON)
    assert not late(NOON + timedelta(minutes=19))[DIGESTS]
    assert late(NOON + timedelta(minutes=21))[DIGESTS]
    assert not late(NOON + timedelta(hours=15))[HOLIDAYS]
    assert late(NOON + timedelta(hours=16))[HOLIDAYS]


def test_what_never_ran_is_late() -> None:
    assert set(late(NOON).values()) == {True}


def test_every_task_of_the_schedule_exists_and_does_not_pile_up() -> None:
    """What waits until the next one comes is dropped: a worker that was away finds one of each, not hundreds."""
    for entry in BEAT_SCHEDULE.values():
        assert entry["task"] in current_app.tasks
        assert entry["options"]["expires"] <= 12 * 3600
