"""The claim on a mail's row: who sends it, and what becomes of it.

Whoever sends a mail first takes its row by a conditional update that counts the attempt and holds it for a lease; who
crashed loses the lease, and the row is taken again. The count is the claim's own number: who has lost the row can no
longer write its end. The mail's ``Message-ID`` is made from the row, so that a mail sent twice, because a crash came
between sending and noting it, is the same mail. These rows are the machine's own state: their steps are no audit
events, that a mail was sent, given up or is to be sent again is one.
"""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F, QuerySet
from django.utils import timezone

from crm.reminders.choices import DeliveryState
from crm.reminders.models import Mailing
from crm.shared.jobs import enqueue
from crm.shared.sending import Fate, Verdict, send_mail

logger = structlog.get_logger(__name__)

#: Longer than a task that sends may live (``crm.reminders.tasks``): whoever has lost a row is gone.
LEASE = timedelta(minutes=15)
FIRST_PAUSE = timedelta(minutes=5)
#: A mail that is not taken now may wait long; a server that was away is asked again soon.
LONGEST_PAUSE = {Fate.LATER: timedelta(hours=12), Fate.OUTAGE: timedelta(minutes=30)}
#: A task sends for so long, then leaves the rest to the next.
BATCH_TIME = timedelta(minutes=2)
#: What was sent is noted as soon as the database answers again, asked every so many seconds.
NOTE_AGAIN = 1.0
#: So many mails in a row that found no server end a batch: one may be a line that grew old.
MOST_OUTAGES = 2


def send_each[Row: Mailing](
    waiting: Sequence[Row], send: Callable[[Row, BaseEmailBackend], Fate | None], *, task: str
) -> None:
    """Take those of the rows that nobody else has taken since they were read, and ``send`` each over one line.

    When the mail server cannot be reached the rest stays free for the next run; when time is up ``task`` gets it.
    Nothing is sent inside a transaction.
    """
    began = time.monotonic()
    line, outages = mailers.default, 0
    try:
        for place, mailing in enumerate(waiting):
            if outages >= MOST_OUTAGES:
                break
            if time.monotonic() - began > BATCH_TIME.total_seconds():
                enqueue(task, *(left.pk for left in waiting[place:]))
                break
            fate = send(mailing, line) if take(mailing) else None
            if fate:  # else there was nothing to send
                outages = outages + 1 if fate == Fate.OUTAGE else 0
    finally:
        line.close()


def send_held(
    mailing: Mailing,
    message: EmailMessage,
    line: BaseEmailBackend,
    *,
    note: Callable[[], object],
    give_up: Callable[[Verdict], object],
) -> Fate | None:
    """Send the mail of a row that was taken: ``note`` that it is out, put it off, or ``give_up``; return its fate.

    ``None`` where the database or this machine stood still meanwhile: the row may be somebody else's by now.
    """
    if _is_late(mailing):
        logger.warning("mail left to the next", mail=mailing.message_id)
        return None
    verdict = send_mail(message, line)
    if verdict.fate == Fate.ACCEPTED:
        _note_surely(mailing, note)
    elif verdict.fate in LONGEST_PAUSE:
        if verdict.fate == Fate.OUTAGE:
            line.close()
        put_off(mailing, verdict)
    else:
        give_up(verdict)
        logger.warning("mail refused for good", mail=mailing.message_id, fate=verdict.fate.value)
    return verdict.fate


def take(mailing: Mailing) -> bool:
    """Hold the row for a lease and count the attempt; false when somebody else did since it was read."""
    now = timezone.now()
    unchanged = type(mailing)._default_manager.filter(
        pk=mailing.pk, state=DeliveryState.CLAIMED, attempts=mailing.attempts, lease_until__lte=now
    )
    taken = unchanged.update(attempts=F("attempts") + 1, lease_until=now + LEASE)
    mailing.attempts += 1
    mailing.lease_until = now + LEASE
    return bool(taken)


def _is_late(mailing: Mailing) -> bool:
    """Say whether less than half of the lease is left: enough for no mail that the server is slow to take."""
    return timezone.now() > mailing.lease_until - LEASE / 2


def finish(mailing: Mailing, **fields: object) -> bool:
    """Write the row's end, as long as this attempt holds it; false where it does no longer."""
    return bool(_held(mailing).update(**fields))


def put_off(mailing: Mailing, verdict: Verdict) -> None:
    """Leave the row free after a pause that grows with each failure of its kind."""
    outage = verdict.fate == Fate.OUTAGE
    failures = mailing.outages + 1 if outage else mailing.attempts - mailing.outages
    pause = min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE[verdict.fate])
    free_from = timezone.now() + pause
    _held(mailing).update(lease_until=free_from, error=verdict.words, outages=mailing.outages + outage)
    logger.info("mail put off", mail=mailing.message_id, attempts=mailing.attempts, fate=verdict.fate.value)


def _note_surely(mailing: Mailing, note: Callable[[], object]) -> None:
    """Note that the mail is out, which nobody else knows: ask a database that is away again until the lease is over."""
    while True:
        try:
            note()
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or _is_late(mailing):
                raise
            logger.warning("sent, not noted yet", mail=mailing.message_id, error=str(error))
            connection.close()
            time.sleep(NOTE_AGAIN)
        else:
            return


def _held(mailing: Mailing) -> QuerySet[Mailing]:
    """Return the row as long as this attempt holds it."""
    held: QuerySet[Mailing] = type(mailing)._default_manager.filter(
        pk=mailing.pk, state=DeliveryState.CLAIMED, attempts=mailing.attempts
    )
    return held
