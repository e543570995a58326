"""The page on how the machine does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from celery import current_app
from django.urls import reverse
from django.utils import timezone

from crm.accounts.models import User
from crm.home.admin import NAMES
from crm.schedule import BEAT_SCHEDULE
from crm.shared.jobs import enqueue
from crm.shared.models import PeriodicRun
from tests.factories.reminders import DigestDeliveryFactory
from tests.factories.visit_reports import VisitReportFactory
from tests.worker import running_broker

PAGE = reverse("admin:shared_periodicrun_changelist")
pytestmark = pytest.mark.django_db


@pytest.fixture
def broker() -> Iterator[None]:
    with running_broker():
        yield


def test_it_shows_what_ran_what_waits_and_the_last_trouble(manager: User, signed_in: Any) -> None:
    now = timezone.now()
    PeriodicRun.objects.create(task="reminders.send_due_digests", started_at=now, finished_at=now)
    PeriodicRun.objects.create(task="deals.fill_missing_rates", failed_at=now, error="LookupError('no rate')")
    DigestDeliveryFactory(lease_until=now + timedelta(minutes=9), error="421 closing", attempts=1)
    DigestDeliveryFactory.create_batch(2, scheduled_for=datetime(2026, 1, 5, 3, tzinfo=UTC))
    VisitReportFactory(state="uploaded")
    response = signed_in(manager).get(PAGE)
    health = response.context["health"]
    assert (health.digests.now, health.digests.later, health.digests.trouble) == (2, 1, "421 closing")
    assert health.digests.oldest == datetime(2026, 1, 5, 3, tzinfo=UTC)
    assert health.reports.now == 1
    page = response.content.decode()
    for words in ("Send the reminders that are due", "In order", "LookupError", "421 closing", "Has not run yet"):
        assert words in page


def test_a_broker_that_is_away_is_said_so(manager: User, signed_in: Any) -> None:
    settings_url = current_app.conf.broker_url
    current_app.conf.broker_url = "redis://127.0.0.1:1/0"
    try:
        response = signed_in(manager).get(PAGE)
    finally:
        current_app.conf.broker_url = settings_url
    assert response.context["health"].broker is None
    assert "The broker does not answer." in response.content.decode()


@pytest.mark.services
def test_a_queue_shows_how_many_wait_and_since_when(
    manager: User, signed_in: Any, broker: None, django_capture_on_commit_callbacks: Any
) -> None:
    began = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            enqueue("reminders.send_digests", number)
        enqueue("visit_reports.read_report", 1)
    found = signed_in(manager).get(PAGE).context["health"].broker
    queues = {queue.name: queue for queue in found.queues}
    assert {name: queue.waiting for name, queue in queues.items()} == {"mail": 3, "extraction": 1, "default": 0}
    assert began <= queues["mail"].oldest <= queues["extraction"].oldest <= timezone.now()
    assert queues["default"].oldest is None
    assert found.taken == 0


def test_every_task_of_the_schedule_has_its_words() -> None:
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} == set(NAMES)
