"""Delivery with real processes and threads: once, whoever sends."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from crm.accounts.models import User
from crm.reminders.choices import DeliveryState
from crm.reminders.models import DigestDelivery
from crm.reminders.services import send_digests, start_due_digests
from crm.shared.jobs import enqueue
from crm.shared.mail import mails_in_outbox
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def busy_users(number: int) -> list[User]:
    """Return people who are asked one thing each, and whose slot has come."""
    users = []
    deal = DealFactory(owner=None)
    for _ in range(number):
        users.append(UserFactory())
        CommitmentFactory(executor=users[-1], about=deal, due_date=timezone.localdate())
    User.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    return users


def test_four_senders_at_once_send_each_digest_once() -> None:
    users = busy_users(12)
    now = timezone.now()

    def schedule_and_send() -> None:
        try:
            send_digests(start_due_digests(now=now))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(schedule_and_send) for _ in range(4)]:
            done.result()
    # A worker that an earlier test has started takes part: its mails lie in the outbox.
    deadline = time.monotonic() + 30
    while DigestDelivery.objects.exclude(state=DeliveryState.SENT).exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    by_worker = [message.recipient for user in users for message in mails_to(user)]
    assert Counter([message.to[0] for message in mail.outbox] + by_worker) == {user.email: 1 for user in users}
    assert set(DigestDelivery.objects.values_list("state", "attempts")) == {(DeliveryState.SENT, 1)}


def test_the_scheduled_task_brings_the_digest_into_the_outbox(worker: Path) -> None:
    [user] = busy_users(1)
    with transaction.atomic():
        enqueue("reminders.send_due_digests")
        enqueue("reminders.send_due_digests")
    deadline = time.monotonic() + 30
    while not mails_to(user) and time.monotonic() < deadline:
        time.sleep(0.1)
    enqueue("reminders.send_due_digests")
    while worker.read_text().count("reminders.send_due_digests") < 6 and time.monotonic() < deadline:
        time.sleep(0.1)
    [message] = mails_to(user)
    assert message.subject == "1 to do today"
    assert DigestDelivery.objects.get(user=user).state == DeliveryState.SENT


def mails_to(user: User) -> list:
    return [message for message in mails_in_outbox() if message.recipient == user.email] if settings.OUTBOX_DIR else []
