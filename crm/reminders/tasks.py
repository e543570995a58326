from celery import shared_task
from django.utils import timezone

from crm.audit.choices import Door
from crm.audit.context import entered_by
from crm.reminders import services

#: Sending ends by itself after ``BATCH_TIME`` and what one mail may take, with a database that is away for minutes; it
#: must be over before a lease is (``claiming.LEASE``), and before the broker hands the task out again.
SOFT_LIMIT, LIMIT = 660, 720


@shared_task(name="reminders.send_due_digests")
def send_due_digests() -> None:
    """Start the mails whose time has come, and tell administrators of those that did not arrive."""
    with entered_by(Door.TASK):
        services.start_due_digests(now=timezone.now())
        services.tell_of_undelivered(now=timezone.now())


@shared_task(name="reminders.send_digests", soft_time_limit=SOFT_LIMIT, time_limit=LIMIT)
def send_digests(*delivery_ids: int) -> None:
    """Send a batch of deliveries; those that are gone, finished or held by another worker are passed over."""
    with entered_by(Door.TASK):
        services.send_digests(delivery_ids)


@shared_task(name="reminders.send_letters", soft_time_limit=SOFT_LIMIT, time_limit=LIMIT)
def send_letters(*letter_ids: int) -> None:
    """Send a batch of single mails; those that are gone, finished or held by another worker are passed over."""
    with entered_by(Door.TASK):
        services.send_letters(letter_ids)


@shared_task(name="reminders.mail_due_notices")
def mail_due_notices() -> None:
    """Put together what people are to be told by mail, and take up mails that were left behind."""
    with entered_by(Door.TASK):
        services.mail_due_notices(now=timezone.now())
        services.start_waiting_letters(now=timezone.now())
