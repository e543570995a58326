"""A task that a service starts is really done by a worker process, over a real broker."""

import time
from pathlib import Path

import pytest
from django.db import transaction

from crm.reference.models import Holiday
from crm.shared.jobs import enqueue


@pytest.mark.services
def test_a_committed_task_is_done_by_the_worker(worker: Path) -> None:
    Holiday.objects.all().delete()
    with transaction.atomic():
        enqueue("reference.load_coming_holidays")
    deadline = time.monotonic() + 20
    while not Holiday.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert Holiday.objects.exists(), worker.read_text()
    assert "reference.load_coming_holidays" in worker.read_text()


@pytest.mark.services
def test_a_task_of_a_transaction_that_fails_is_never_started(worker: Path) -> None:
    with transaction.atomic():
        enqueue("reference.of_a_failed_transaction")
        transaction.set_rollback(True)
    enqueue("reference.committed_afterwards")
    deadline = time.monotonic() + 20
    while "reference.committed_afterwards" not in worker.read_text() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "reference.committed_afterwards" in worker.read_text()  # refused by name, as unknown
    assert "reference.of_a_failed_transaction" not in worker.read_text()
