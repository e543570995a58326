"""The weekly mail from its claim to its end.

A delivery is a row ``(user, week)``, claimed as ``claiming`` says.

    claimed ──▶ sent | empty (nothing to ask) | replaced (a newer one came) | failed ──an administrator──▶ claimed
"""

from collections.abc import Iterable
from datetime import date, datetime

import structlog
from django.contrib.contenttypes.models import ContentType
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.choices import Action
from crm.audit.services import record_event, update_record
from crm.reminders.choices import DeliveryState
from crm.reminders.digest import Digest
from crm.reminders.models import DigestDelivery, DigestItem
from crm.reminders.queries import deliveries_to_send, iso_week
from crm.reminders.services.claiming import finish, put_off, send_each, send_held, take
from crm.reminders.services.composing import digests_for, message_of
from crm.reminders.services.scheduling import MOST_ATTEMPTS, new_delivery
from crm.shared.jobs import enqueue
from crm.shared.sending import Fate, Verdict

logger = structlog.get_logger(__name__)


def send_digest_now(user: User, *, on: date, now: datetime) -> DigestDelivery:
    """Send the digest of ``user`` for the day ``on`` and its week at once, unless that week's has been sent already.

    What failed is tried again. Returns the delivery as it stands afterwards.
    """
    week = iso_week(on)
    DigestDelivery.objects.bulk_create([new_delivery(user, week, now, now)], ignore_conflicts=True)
    delivery = DigestDelivery.objects.get(user=user, week=week)
    retried = DigestDelivery.objects.filter(pk=delivery.pk, state__in=[DeliveryState.FAILED, DeliveryState.EMPTY])
    retried.update(state=DeliveryState.CLAIMED, lease_until=now, outages=F("attempts"))
    send_digests([delivery.pk], on=on)
    delivery.refresh_from_db()
    return delivery


def send_digests(delivery_ids: Iterable[int], *, on: date | None = None) -> None:
    """Send those of the deliveries that nobody holds, each to its end: sent, nothing to ask, failed, or put off.

    The questions of all are read together, for each owner's local day (or ``on``). When the mail server cannot be
    reached the rest of the batch stays free for the next run; when time is up the next task gets it. Nothing is sent
    inside a transaction.
    """
    now = timezone.now()
    free = deliveries_to_send(now=now).filter(pk__in=list(delivery_ids), attempts__lt=F("outages") + MOST_ATTEMPTS)
    waiting = list(free.select_related("user__region__parent"))
    digests = _digests(waiting, now=now, on=on)
    if digests:
        send_each(
            waiting, lambda delivery, line: _send(delivery, digests[delivery.pk], line), task="reminders.send_digests"
        )


def _digests(deliveries: list[DigestDelivery], *, now: datetime, on: date | None) -> dict[int, Digest]:
    """Return what each asks; where that fails, none: each is tried in a task of its own, to hold nobody else up."""
    try:
        return digests_for(deliveries, now=now, on=on)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("digests cannot be made", deliveries=[delivery.pk for delivery in deliveries])
        if len(deliveries) == 1 and take(deliveries[0]):
            put_off(deliveries[0], Verdict(Fate.LATER, repr(error)))
        for delivery in deliveries if len(deliveries) > 1 else ():
            enqueue("reminders.send_digests", delivery.pk)
        return {}


def _send(delivery: DigestDelivery, digest: Digest, line: BaseEmailBackend) -> Fate | None:
    """Send one mail and note its end; return what became of it, ``None`` where there was none to send."""
    user = delivery.user
    if digest.is_empty or not user.digest_wanted or not user.is_active:
        finish(delivery, state=DeliveryState.EMPTY, error="")
        return None
    try:
        message = message_of(delivery, digest)
    except Exception as error:
        logger.exception("digest cannot be written", delivery=delivery.pk)
        put_off(delivery, Verdict(Fate.LATER, repr(error)))
        return None
    return send_held(
        delivery,
        message,
        line,
        note=lambda: _note_sent(delivery, digest),
        give_up=lambda verdict: _give_up(delivery, verdict),
    )


@transaction.atomic
def _give_up(delivery: DigestDelivery, verdict: Verdict) -> None:
    """Note that this mail is never taken, and that its address is no good where the server says so."""
    given_up = finish(delivery, state=DeliveryState.FAILED, error=verdict.words)
    if given_up and verdict.fate == Fate.NO_SUCH_ADDRESS:
        update_record(delivery.user, by=None, changes={"address_failed_at": timezone.now()})


@transaction.atomic
def _note_sent(delivery: DigestDelivery, digest: Digest) -> None:
    """Mark the row as sent and keep what it asked. Somebody who took the row in between sends the same mail."""
    if not finish(delivery, state=DeliveryState.SENT, sent_at=timezone.now(), error=""):
        return
    rows = (
        DigestItem(
            delivery=delivery,
            rule=item.rule,
            about_type=ContentType.objects.get_by_natural_key(*item.about[0].split(".")),
            about_id=item.about_id,
            due_date=item.due,
            times=item.asked_before + 1,
        )
        for item in digest.items
    )
    # What a mail that is sent again asks once more stands there already.
    DigestItem.objects.bulk_create(rows, ignore_conflicts=True)
    changes = {"week": delivery.week, "items": len(digest.items), "message_id": delivery.message_id}
    record_event(Action.SENT, by=None, record=delivery, changes=changes, region_code=delivery.user.region.code)
