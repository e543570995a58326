"""Telling people at once what was given to them and where they were mentioned: here, and ten minutes later by mail."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Model, QuerySet
from django.utils import timezone

from crm.accounts.models import User
from crm.reminders.choices import NoticeKind
from crm.reminders.models import Notice
from crm.reminders.notices import render_notices, told
from crm.reminders.services.letters import write_letter
from crm.shared.about import about as about_record

#: What comes within so long after the first goes into one mail.
BUNDLED = timedelta(minutes=10)
#: What nobody was told by mail after so long (no mail went out) is told on the page alone.
STALE = timedelta(days=3)
WORDS = 300


@transaction.atomic
def tell_assigned(
    record: Model, *, to: Iterable[User | None], by: User | None, within: Model | None = None
) -> list[Notice]:
    """Tell those in ``to``, save whoever did it, that ``record`` was given to them.

    Who was told a moment ago that the record ``within`` is theirs is not told of its parts. What the system does by
    itself (``by`` is none) is told by the weekly mail.
    """
    if by is None:
        return []
    people = [user for user in {user.pk: user for user in to if user}.values() if user.is_active and user.pk != by.pk]
    if within is not None and people:
        fresh = Notice.objects.filter(
            user__in=people, kind=NoticeKind.ASSIGNED, created_at__gt=timezone.now() - BUNDLED, **about_record(within)
        )
        covered = set(fresh.values_list("user_id", flat=True))
        people = [user for user in people if user.pk not in covered]
    return _tell(people, NoticeKind.ASSIGNED, record, by)


@transaction.atomic
def tell_mentioned(record: Model, *, to: Iterable[User], by: User, words: str) -> list[Notice]:
    """Tell those in ``to`` that ``by`` mentioned them with these ``words`` about ``record``."""
    return _tell([user for user in to if user.pk != by.pk], NoticeKind.MENTIONED, record, by, words=words)


def _tell(people: Iterable[User], kind: NoticeKind, record: Model, by: User, *, words: str = "") -> list[Notice]:
    excerpt = words if len(words) <= WORDS else words[: WORDS - 1] + "…"
    return Notice.objects.bulk_create(
        Notice(user=user, kind=kind, by=by, words=excerpt, **about_record(record)) for user in people
    )


def mail_due_notices(*, now: datetime) -> int:
    """Write one mail to everybody whose first notice not read yet is ten minutes old; return how many.

    Safe at any time, any number of times and beside itself: the notices of a person are held while their mail is
    written, and its key is that of the first of them.
    """
    due = _to_mail().filter(created_at__gt=now - STALE).values("user").annotate(first=Min("created_at"))
    people = due.filter(first__lte=now - BUNDLED).values_list("user", flat=True)
    return sum(_mail(user, now=now) for user in User.objects.select_related("region").filter(pk__in=list(people)))


def _to_mail() -> QuerySet[Notice]:
    wanting = {"user__is_active": True, "user__notices_by_mail": True, "user__address_failed_at__isnull": True}
    return Notice.objects.filter(read_at__isnull=True, letter__isnull=True, **wanting)


@transaction.atomic
def _mail(user: User, *, now: datetime) -> int:
    waiting = _to_mail().filter(user=user, created_at__gt=now - STALE).select_related("by")
    notices = list(waiting.select_for_update(of=("self",)).order_by("created_at", "pk"))
    shown = told(user, notices)
    if not shown:
        return 0
    mail = render_notices(user, shown)
    letter = write_letter(
        key=f"notices.{user.pk}.{notices[0].pk}",
        address=user.email,
        region=user.region,
        user=user,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(letter=letter)
    return 1


def read_notice(notice: Notice, *, by: User) -> Notice:
    """Note that its user has read it; one that was read stays as it is."""
    Notice.objects.filter(pk=notice.pk, user=by, read_at__isnull=True).update(read_at=timezone.now())
    notice.refresh_from_db()
    return notice


def read_all_notices(*, by: User) -> int:
    """Note that ``by`` has read whatever was unread; return how many."""
    return Notice.objects.filter(user=by, read_at__isnull=True).update(read_at=timezone.now())
