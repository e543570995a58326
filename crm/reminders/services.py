"""Writes of reminders: the weekly mail from its claim to its end, and stopping it.

A delivery is a row ``(user, week)``. Whoever sends it first takes it by a conditional update that counts the attempt
and holds it for a lease; who crashed loses the lease, and the row is taken again. The mail's ``Message-ID`` is made
from the row, so that a mail sent twice, because a crash came between sending and noting it, is the same mail. These
rows are the machine's own state: their steps are no audit events, that a mail was sent is one.
"""

import smtplib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import batched

import structlog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.audit.choices import Action
from crm.audit.services import record_event, update_record
from crm.reminders.choices import DeliveryState
from crm.reminders.digest import Digest, digest_of, render_digest
from crm.reminders.errors import LinkBroken
from crm.reminders.models import DigestDelivery, DigestItem
from crm.reminders.queries import deliveries_to_send, due_slots, iso_week, items_for
from crm.shared.jobs import enqueue

logger = structlog.get_logger(__name__)

LEASE = timedelta(minutes=15)
FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=12)
MOST_ATTEMPTS = 8
BATCH = 50
UNSUBSCRIBE_SALT = "reminders.unsubscribe"


def start_due_digests(*, now: datetime) -> list[int]:
    """Make the rows whose time has come, and start a task for each batch of rows that nobody holds; return their keys.

    Safe at any time, any number of times and beside itself: the constraint keeps one row a user and week, and a row
    that two tasks get is sent by one.
    """
    _make_rows(now=now)
    _close_hopeless(now=now)
    keys = list(deliveries_to_send(now=now).values_list("pk", flat=True))
    for batch in batched(keys, BATCH):
        enqueue("reminders.send_digests", *batch)
    return keys


def _make_rows(*, now: datetime) -> None:
    for slots in batched(due_slots(now=now), 1000):
        made = set(
            DigestDelivery.objects.filter(
                user__in=[slot.user.pk for slot in slots], week__in={s.week for s in slots}
            ).values_list("user_id", "week")
        )
        rows = [_new_row(s.user, s.week, s.at, now) for s in slots if (s.user.pk, s.week) not in made]
        DigestDelivery.objects.bulk_create(rows, ignore_conflicts=True)


def _new_row(user: User, week: str, at: datetime, now: datetime) -> DigestDelivery:
    message_id = f"<digest.{user.pk}.{week}@{settings.SITE_HOST}>"
    return DigestDelivery(user=user, week=week, scheduled_for=at, lease_until=now, message_id=message_id)


def _close_hopeless(*, now: datetime) -> None:
    """Give up what a newer digest replaces, and what has been tried too often."""
    waiting = DigestDelivery.objects.filter(state=DeliveryState.CLAIMED, lease_until__lte=now)
    newer = DigestDelivery.objects.filter(user=OuterRef("user"), scheduled_for__gt=OuterRef("scheduled_for"))
    waiting.filter(Exists(newer)).update(state=DeliveryState.FAILED, error="replaced by a newer digest")
    waiting.filter(attempts__gte=MOST_ATTEMPTS, error="").update(error="the sender stopped each time")
    waiting.filter(attempts__gte=MOST_ATTEMPTS).update(state=DeliveryState.FAILED)


def send_digest_now(user: User, *, on: date, now: datetime) -> DigestDelivery:
    """Send the digest of ``user`` for the day ``on`` and its week at once, unless that week's has been sent already.

    What failed is tried again. Returns the delivery as it stands afterwards.
    """
    week = iso_week(on)
    DigestDelivery.objects.bulk_create([_new_row(user, week, now, now)], ignore_conflicts=True)
    delivery = DigestDelivery.objects.get(user=user, week=week)
    retried = DigestDelivery.objects.filter(pk=delivery.pk, state__in=[DeliveryState.FAILED, DeliveryState.EMPTY])
    retried.update(state=DeliveryState.CLAIMED, lease_until=now, attempts=0)
    send_digests([delivery.pk], on=on)
    delivery.refresh_from_db()
    return delivery


def send_digests(delivery_ids: Iterable[int], *, on: date | None = None) -> None:
    """Send those of the deliveries that nobody holds, each to its end: sent, nothing to ask, failed, or put off.

    The questions of all are read together, for each owner's local day (or ``on``). When the mail server cannot be
    reached the rest of the batch stays free for the next run. Nothing is sent inside a transaction.
    """
    now = timezone.now()
    free = deliveries_to_send(now=now).filter(pk__in=list(delivery_ids), attempts__lt=MOST_ATTEMPTS)
    deliveries = list(free.select_related("user__region__parent"))
    digests = _digests(deliveries, now=now, on=on)
    connection = mailers.default
    try:
        for delivery in deliveries:
            if _take(delivery) and not _send(delivery, digests[delivery.pk], connection):
                break
    finally:
        connection.close()


def _digests(deliveries: Iterable[DigestDelivery], *, now: datetime, on: date | None) -> dict[int, Digest]:
    by_day: dict[date, list[DigestDelivery]] = defaultdict(list)
    for delivery in deliveries:
        by_day[on or now.astimezone(delivery.user.zone).date()].append(delivery)
    digests: dict[int, Digest] = {}
    for day, of_day in by_day.items():
        items = items_for([delivery.user for delivery in of_day], on=day)
        digests |= {d.pk: digest_of(d.user, items.get(d.user_id, []), on=day) for d in of_day}
    return digests


def _take(delivery: DigestDelivery) -> bool:
    """Hold the row for a lease and count the attempt; false when somebody else did since it was read."""
    now = timezone.now()
    unchanged = DigestDelivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.CLAIMED, attempts=delivery.attempts, lease_until__lte=now
    )
    taken = unchanged.update(attempts=F("attempts") + 1, lease_until=now + LEASE)
    delivery.attempts += 1
    return bool(taken)


def _send(delivery: DigestDelivery, digest: Digest, connection: BaseEmailBackend) -> bool:
    """Send one mail and note its end; false when the mail server cannot be reached."""
    user = delivery.user
    if not digest.items or not user.digest_wanted or not user.is_active:
        _finish(delivery, state=DeliveryState.EMPTY)
        return True
    message = _message(delivery, digest)
    try:
        connection.open()
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        _refused(delivery, code, answer, address=True)
    except smtplib.SMTPDataError as error:
        _refused(delivery, error.smtp_code, error.smtp_error, address=False)
    except (smtplib.SMTPException, OSError) as error:
        # Not this mail's fault: the server, the way to it, or how we sign in there.
        _put_off(delivery, repr(error))
        return False
    else:
        _note_sent(delivery, digest)
    return True


def _message(delivery: DigestDelivery, digest: Digest) -> EmailMultiAlternatives:
    url = unsubscribe_url(delivery.user)
    mail = render_digest(digest, unsubscribe_url=url)
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[delivery.user.email],
        headers={
            "Message-ID": delivery.message_id,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def _refused(delivery: DigestDelivery, code: int, answer: bytes | str, *, address: bool) -> None:
    """Note the server's refusal: 4xx is tried again, 5xx is the end; of the address too, where it was refused."""
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    if code < 500:
        _put_off(delivery, f"{code} {words}")
        return
    _finish(delivery, state=DeliveryState.FAILED, error=f"{code} {words}")
    if address:
        update_record(delivery.user, by=None, changes={"address_failed_at": timezone.now()})
    logger.warning("digest refused for good", delivery=delivery.pk, code=code, address=address)


def _put_off(delivery: DigestDelivery, error: str) -> None:
    """Leave the row free after a pause that grows with each attempt."""
    pause = min(FIRST_PAUSE * 2 ** (delivery.attempts - 1), LONGEST_PAUSE)
    _held(delivery).update(lease_until=timezone.now() + pause, error=error)
    logger.info("digest put off", delivery=delivery.pk, attempts=delivery.attempts, error=error)


@transaction.atomic
def _note_sent(delivery: DigestDelivery, digest: Digest) -> None:
    """Mark the row as sent and keep what it asked. Somebody who took the row in between sends the same mail."""
    if not _finish(delivery, state=DeliveryState.SENT, sent_at=timezone.now(), error=""):
        return
    DigestItem.objects.bulk_create(
        DigestItem(
            delivery=delivery,
            rule=item.rule,
            about_type=ContentType.objects.get_by_natural_key(*item.about[0].split(".")),
            about_id=item.about_id,
            due_date=item.due,
        )
        for item in digest.items
    )
    changes = {"week": delivery.week, "items": len(digest.items), "message_id": delivery.message_id}
    record_event(Action.SENT, by=None, record=delivery, changes=changes, region_code=delivery.user.region.code)


def _finish(delivery: DigestDelivery, **fields: object) -> bool:
    return bool(_held(delivery).update(**fields))


def _held(delivery: DigestDelivery) -> QuerySet[DigestDelivery]:
    """Return the row as long as this attempt holds it."""
    return DigestDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.CLAIMED, attempts=delivery.attempts)


def unsubscribe_url(user: User) -> str:
    """Return the signed address that stops the digests of ``user`` by a POST, without sign-in."""
    token = signing.dumps(user.pk, salt=UNSUBSCRIBE_SALT)
    return settings.SITE_URL + reverse("reminders:unsubscribe", args=[token])


def user_of_link(token: str) -> User:
    """Return whose digests the link stops. Raises ``LinkBroken`` for one that this site did not sign."""
    try:
        return User.objects.get(pk=signing.loads(token, salt=UNSUBSCRIBE_SALT), is_active=True)
    except (signing.BadSignature, User.DoesNotExist) as error:
        raise LinkBroken(_("This link is not complete. Open the mail again and follow it from there.")) from error


@transaction.atomic
def stop_digests(user: User, *, by: User | None) -> User:
    """Send no more digests to ``user``; who gets none already stays so. ``by`` is the user, whose link says so."""
    return update_record(user, by=by, changes={"digest_wanted": False})
