"""An administrator's word on a mail that did not arrive."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_administrator
from crm.audit.services import update_record
from crm.reminders.choices import DeliveryState
from crm.reminders.models import DigestDelivery
from crm.shared.errors import DomainError
from crm.shared.jobs import enqueue


@transaction.atomic
def send_again(delivery: DigestDelivery, *, by: User | None) -> DigestDelivery:
    """Let the mail be sent once more, with what it asks today, and start it; one that is on its way is left as it is.

    An address that was given up counts as mended: it is tried again. The ``Message-ID`` stays, so that a program that
    has the mail already shows it once. Raises ``NotAllowed`` for anybody but an administrator of the user's region,
    ``DomainError`` where a newer mail has taken this one's place.
    """
    require_administrator(by, delivery.user.region)
    current = DigestDelivery.objects.select_for_update(of=("self",)).select_related("user__region").get(pk=delivery.pk)
    if current.state != DeliveryState.CLAIMED:
        if DigestDelivery.objects.filter(user=current.user, scheduled_for__gt=current.scheduled_for).exists():
            raise DomainError(_("A newer reminder has taken this one's place: send that one again."))
        if current.user.address_failed_at:
            update_record(current.user, by=by, changes={"address_failed_at": None})
        changes = {"state": DeliveryState.CLAIMED, "lease_until": timezone.now(), "error": ""}
        update_record(current, by=by, changes=changes | {"outages": current.attempts, "told_at": None})
        enqueue("reminders.send_digests", current.pk)
    delivery.refresh_from_db()
    return delivery
