from celery import shared_task

from crm.audit.choices import Door
from crm.audit.context import entered_by
from leads.deals import services


@shared_task(name="deals.fill_missing_rates")
def fill_missing_rates() -> None:
    """Convert the figures whose day had no rate yet, once there is one."""
    with entered_by(Door.TASK):
        services.fill_missing_rates()
