from celery import shared_task
from django.utils import timezone

from crm.audit.choices import Door
from crm.audit.context import entered_by
from crm.reference.services import load_holidays


@shared_task(name="reference.load_coming_holidays")
def load_coming_holidays() -> None:
    """Bring this year's and the next year's days off; days that are there stay as they are."""
    year = timezone.localdate().year
    with entered_by(Door.TASK):
        load_holidays(by=None, years=[year, year + 1])
