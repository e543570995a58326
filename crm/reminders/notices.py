"""What people are told at once: their notices as a page and a mail show them, and the words of the mail."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from crm.accounts.models import User
from crm.reminders.choices import NoticeKind
from crm.reminders.models import Notice
from crm.shared.about import visible_about
from crm.shared.mail import MAIL_FONT

#: So many notices, the newest, are shown on a page and in a mail.
MOST_NOTICES = 50


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with the record it is about."""

    notice: Notice
    record: Model

    @property
    def title(self) -> str:
        return str(self.record)

    @property
    def url(self) -> str:
        record: Any = self.record
        return str(record.get_absolute_url()) if hasattr(record, "get_absolute_url") else reverse("home:my_week")

    @property
    def says(self) -> str:
        """What happened, in the active language."""
        if self.notice.kind == NoticeKind.MENTIONED:
            return gettext("%(name)s mentioned you") % {"name": self.notice.by}
        return gettext("%(name)s assigned this to you") % {"name": self.notice.by}


def unread_notices(user: User) -> QuerySet[Notice]:
    """Return the notices that ``user`` has not read."""
    return Notice.objects.filter(user=user, read_at__isnull=True)


def notices_of(user: User) -> list[Told]:
    """Return the newest notices of ``user``, the newest first, as far as their records may still be seen.

    One query, and one for each kind of record.
    """
    return told(user, Notice.objects.filter(user=user).select_related("by")[:MOST_NOTICES])


def told(user: User, notices: QuerySet[Notice] | Sequence[Notice]) -> list[Told]:
    """Return ``notices`` with their records, without those of records that ``user`` may not see (any more)."""
    rows = list(notices)
    records = visible_about(user, rows)
    found = ((notice, records.get((notice.about_type_id, notice.about_id))) for notice in rows)
    return [Told(notice, record) for notice, record in found if record is not None]


@dataclass(frozen=True, slots=True)
class NoticeMail:
    subject: str
    text: str
    html: str


def render_notices(user: User, shown: Sequence[Told]) -> NoticeMail:
    """Put notices (at least one) into the words of one mail, in the language of ``user``. Addresses are absolute."""
    with translation.override(user.language):
        subject = _subject(shown)
        context = {
            "told": shown,
            "subject": subject,
            "language": user.language,
            "site_url": settings.SITE_URL,
            "settings_url": settings.SITE_URL + reverse("accounts:settings"),
            "notices_url": settings.SITE_URL + reverse("reminders:notices"),
            "font": MAIL_FONT,
        }
        return NoticeMail(
            subject=subject,
            text=render_to_string("email/notices.txt", context),
            html=render_to_string("email/notices.html", context),
        )


def _subject(shown: Sequence[Told]) -> str:
    """Say what matters: one notice by its record, several by their number."""
    if len(shown) == 1:
        return f"{shown[0].says}: {shown[0].title}"
    count = Counter(one.notice.kind for one in shown)
    assigned, mentioned = count[NoticeKind.ASSIGNED], count[NoticeKind.MENTIONED]
    parts = []
    if assigned:
        words = ngettext("%(count)s record assigned to you", "%(count)s records assigned to you", assigned)
        parts.append(words % {"count": assigned})
    if mentioned:
        words = ngettext("%(count)s mention of you", "%(count)s mentions of you", mentioned)
        parts.append(words % {"count": mentioned})
    return capfirst(", ".join(parts))
