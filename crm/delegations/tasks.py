from celery import shared_task
from django.utils import timezone

from crm.audit.choices import Door
from crm.audit.context import entered_by
from crm.delegations import services


@shared_task(name="delegations.ask_for_debriefs")
def ask_for_debriefs() -> None:
    """Ask the members of delegations that are back what was agreed."""
    with entered_by(Door.TASK):
        services.ask_for_debriefs(now=timezone.now())
