"""Whom the mails of a test go to, and what must have become of them."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone

from crm.accounts.models import User
from crm.reminders.choices import DeliveryState
from crm.reminders.models import DigestDelivery
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

AGES_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def busy_people(number: int) -> list[User]:
    """Make people who are asked one thing each and whose slot has come; nobody else gets mail any more."""
    User.objects.update(digest_wanted=False)
    deal = DealFactory(owner=None)
    people = UserFactory.create_batch(number, password="!", digest_wanted=False)
    for person in people:
        CommitmentFactory(executor=person, about=deal, due_date=timezone.localdate())
    # All at once: a scheduler that runs meanwhile finds either nobody or everybody.
    User.objects.filter(pk__in=[person.pk for person in people]).update(created_at=AGES_AGO, digest_wanted=True)
    return people


def deliveries_of(people: list[User]) -> dict[str, DigestDelivery]:
    rows = DigestDelivery.objects.filter(user__in=people).exclude(state=DeliveryState.REPLACED)
    return {row.user.email: row for row in rows.select_related("user")}


def what_the_database_does() -> str:
    """Return a line for each connection to the test's database: since when it does what, and what it waits for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, state, wait_event, pg_blocking_pids(pid), now() - state_change, left(query, 200)"
            " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return "\n".join(str(row) for row in cursor.fetchall())


def wait_until_settled(people: list[User], *, seconds: float, meanwhile: Callable[[], None]) -> bool:
    """Do ``meanwhile`` again and again until every delivery has come to its end; say whether it has."""

    def settled() -> bool:
        meanwhile()
        states = [row.state for row in deliveries_of(people).values()]
        return len(states) == len(people) and DeliveryState.CLAIMED not in states

    return wait_for(settled, seconds)


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return met
