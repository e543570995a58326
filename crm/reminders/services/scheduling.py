"""Which weekly mail is due: a row for each, and a task for each batch of rows that nobody holds."""

from datetime import datetime
from itertools import batched

from django.conf import settings
from django.db.models import Exists, OuterRef

from crm.accounts.models import User
from crm.reminders.choices import DeliveryState
from crm.reminders.models import DigestDelivery
from crm.reminders.queries import deliveries_to_send, deliveries_tried_too_often, due_slots
from crm.shared.jobs import enqueue

#: With the growing pauses between them a weekend.
MOST_ATTEMPTS = 12
#: The questions of a batch are asked together; what asking costs hardly depends on how many people are asked.
BATCH = 100


def start_due_digests(*, now: datetime) -> list[int]:
    """Make the rows whose time has come, and start a task for each batch of rows that nobody holds; return their keys.

    Safe at any time, any number of times and beside itself: the constraint keeps one row a user and week, and a row
    that two tasks get is sent by one.
    """
    make_due_deliveries(now=now)
    _close_hopeless(now=now)
    keys = list(deliveries_to_send(now=now).values_list("pk", flat=True))
    for batch in batched(keys, BATCH):
        enqueue("reminders.send_digests", *batch)
    return keys


def make_due_deliveries(*, now: datetime) -> None:
    """Make the rows of everybody whose slot has come, those that are not there yet, a thousand at a time."""
    for slots in batched(due_slots(now=now), 1000):
        made = set(
            DigestDelivery.objects.filter(
                user__in=[slot.user.pk for slot in slots], week__in={s.week for s in slots}
            ).values_list("user_id", "week")
        )
        rows = [new_delivery(s.user, s.week, s.at, now) for s in slots if (s.user.pk, s.week) not in made]
        DigestDelivery.objects.bulk_create(rows, ignore_conflicts=True)


def new_delivery(user: User, week: str, at: datetime, now: datetime) -> DigestDelivery:
    """Return the row, not saved, of the mail of ``week`` that is due since ``at`` and free from ``now`` on."""
    message_id = f"<digest.{user.pk}.{week}@{settings.SITE_HOST}>"
    return DigestDelivery(user=user, week=week, scheduled_for=at, lease_until=now, message_id=message_id)


def _close_hopeless(*, now: datetime) -> None:
    """Give up what a newer digest replaces, and what has been tried too often."""
    newer = DigestDelivery.objects.filter(user=OuterRef("user"), scheduled_for__gt=OuterRef("scheduled_for"))
    deliveries_to_send(now=now).filter(Exists(newer)).update(state=DeliveryState.REPLACED)
    tried = deliveries_tried_too_often(now=now, most=MOST_ATTEMPTS)
    tried.filter(error="").update(error="the sender stopped each time")
    tried.update(state=DeliveryState.FAILED)
