from celery import shared_task
from django.core.management import call_command

from crm.accounts import services
from crm.audit.choices import Door
from crm.audit.context import entered_by


@shared_task(name="accounts.send_invitation")
def send_invitation(invitation_id: int) -> None:
    """Mail one invitation; one that is gone, sent or held by another worker is passed over."""
    with entered_by(Door.TASK):
        services.send_invitation(invitation_id)


@shared_task(name="accounts.send_waiting_invitations")
def send_waiting_invitations() -> None:
    with entered_by(Door.TASK):
        services.send_waiting_invitations()


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Throw away the sessions that have ended by themselves."""
    call_command("clearsessions")
