"""Single mails: written into a row with the transaction that wants them, sent by a task, at most one and never none."""

from collections.abc import Iterable
from datetime import datetime
from itertools import batched

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from crm.accounts.models import User
from crm.accounts.queries import require_administrator
from crm.audit.choices import Action
from crm.audit.services import record_event, update_record
from crm.reference.models import Region
from crm.reminders.choices import DeliveryState
from crm.reminders.models import Letter
from crm.reminders.services.claiming import finish, send_each, send_held
from crm.reminders.services.scheduling import BATCH, MOST_ATTEMPTS
from crm.shared.jobs import enqueue
from crm.shared.sending import Fate, Verdict


@transaction.atomic
def write_letter(
    *, key: str, address: str, region: Region, subject: str, text: str, html: str, user: User | None = None
) -> Letter:
    """Put a mail on its way, after commit; the same ``key`` again is the same mail and changes nothing."""
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "user": user,
            "region": region,
            "address": address,
            "subject": " ".join(subject.split())[:250],
            "text": text,
            "html": html,
            "lease_until": timezone.now(),
            "message_id": f"<{key}@{settings.SITE_HOST}>",
        },
    )
    if is_new:
        enqueue("reminders.send_letters", letter.pk)
    return letter


@transaction.atomic
def send_letter_again(letter: Letter, *, by: User | None) -> Letter:
    """Let a mail that failed be sent once more, with the same words, and start it; any other is left as it is.

    Raises ``NotAllowed`` for anybody but an administrator of its region.
    """
    require_administrator(by, letter.region)
    current = Letter.objects.select_for_update(of=("self",)).select_related("user", "region").get(pk=letter.pk)
    if current.state == DeliveryState.FAILED:
        address = current.user.email if current.user else current.address
        if current.user and current.user.address_failed_at:
            update_record(current.user, by=by, changes={"address_failed_at": None})
        changes = {"state": DeliveryState.CLAIMED, "lease_until": timezone.now(), "error": "", "address": address}
        update_record(current, by=by, changes=changes | {"outages": current.attempts, "told_at": None})
        enqueue("reminders.send_letters", current.pk)
    letter.refresh_from_db()
    return letter


def start_waiting_letters(*, now: datetime) -> list[int]:
    """Start a task for each batch of mails that nobody holds, and give up what was tried too often; return their keys.

    Safe at any time, any number of times and beside itself.
    """
    hopeless = _waiting(now=now).filter(attempts__gte=F("outages") + MOST_ATTEMPTS)
    hopeless.filter(error="").update(error="the sender stopped each time")
    hopeless.update(state=DeliveryState.FAILED)
    keys = list(_waiting(now=now).values_list("pk", flat=True))
    for batch in batched(keys, BATCH):
        enqueue("reminders.send_letters", *batch)
    return keys


def send_letters(letter_ids: Iterable[int]) -> None:
    """Send those of the mails that nobody holds, each to its end: sent, failed, or put off.

    When the mail server cannot be reached the rest stays free for the next run. Nothing is sent inside a transaction.
    """
    free = _waiting(now=timezone.now()).filter(pk__in=list(letter_ids), attempts__lt=F("outages") + MOST_ATTEMPTS)
    send_each(list(free.select_related("user", "region")), _send, task="reminders.send_letters")


def _waiting(*, now: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(state=DeliveryState.CLAIMED, lease_until__lte=now).order_by("attempts", "pk")


def _send(letter: Letter, line: BaseEmailBackend) -> Fate | None:
    if letter.user is not None and not letter.user.is_active:
        finish(letter, state=DeliveryState.EMPTY, text="", html="", error="")
        return None
    return send_held(
        letter,
        _message(letter),
        line,
        note=lambda: _note_sent(letter),
        give_up=lambda verdict: _give_up(letter, verdict),
    )


def _message(letter: Letter) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.address],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(letter.html, "text/html")
    return message


@transaction.atomic
def _note_sent(letter: Letter) -> None:
    if finish(letter, state=DeliveryState.SENT, sent_at=timezone.now(), text="", html="", error=""):
        changes = {"subject": letter.subject, "address": letter.address, "message_id": letter.message_id}
        record_event(Action.SENT, by=None, record=letter, changes=changes, region_code=letter.region.code)


@transaction.atomic
def _give_up(letter: Letter, verdict: Verdict) -> None:
    """Note that this mail is never taken; the words stay, for an administrator who corrects the address."""
    given_up = finish(letter, state=DeliveryState.FAILED, error=verdict.words)
    if given_up and verdict.fate == Fate.NO_SUCH_ADDRESS and letter.user is not None:
        update_record(letter.user, by=None, changes={"address_failed_at": timezone.now()})
