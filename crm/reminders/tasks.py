from celery import shared_task
from django.utils import timezone

from crm.audit.choices import Door
from crm.audit.context import entered_by
from crm.reminders import services


@shared_task(name="reminders.send_due_digests")
def send_due_digests() -> None:
    """Start the mails whose time has come."""
    with entered_by(Door.TASK):
        services.start_due_digests(now=timezone.now())


@shared_task(name="reminders.send_digests")
def send_digests(*delivery_ids: int) -> None:
    """Send a batch of deliveries; those that are gone, finished or held by another worker are passed over."""
    with entered_by(Door.TASK):
        services.send_digests(delivery_ids)
