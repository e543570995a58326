"""The weekly mail of one person: which questions it holds and how it reads. No clock and no database here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from crm.reminders.choices import Urgency
from crm.reminders.registry import Item

if TYPE_CHECKING:
    from crm.accounts.models import User

MOST_ITEMS = 25


@dataclass(frozen=True, slots=True)
class Group:
    urgency: Urgency
    items: Sequence[Item]

    @property
    def title(self) -> str:
        return str(self.urgency.label)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one mail asks: ``items`` in the order of urgency, 25 at most, and how many more there are."""

    user: "User"
    on: date
    items: tuple[Item, ...]
    all_items: tuple[Item, ...]

    @property
    def rest(self) -> int:
        return len(self.all_items) - len(self.items)

    @property
    def groups(self) -> list[Group]:
        return grouped(self.items)


@dataclass(frozen=True, slots=True)
class DigestMail:
    subject: str
    html: str
    text: str


def digest_of(user: "User", items: Sequence[Item], *, on: date) -> Digest:
    """Return the digest of ``items``, which stand in the order of their urgency."""
    return Digest(user=user, on=on, items=tuple(items[:MOST_ITEMS]), all_items=tuple(items))


def grouped(items: Sequence[Item]) -> list[Group]:
    """Return the groups that hold something, the most urgent first."""
    groups = (Group(urgency, [item for item in items if item.urgency == urgency]) for urgency in Urgency)
    return [group for group in groups if group.items]


def subject_of(items: Sequence[Item]) -> str:
    """Say what matters in the active language: "3 overdue, 2 deals gone quiet"."""
    count = Counter(item.urgency for item in items)
    parts = [
        ngettext("%(count)s overdue", "%(count)s overdue", count[Urgency.OVERDUE]),
        ngettext("%(count)s to do today", "%(count)s to do today", count[Urgency.TODAY]),
        ngettext("%(count)s due this week", "%(count)s due this week", count[Urgency.WEEK]),
        ngettext("%(count)s deal gone quiet", "%(count)s deals gone quiet", count[Urgency.QUIET]),
    ]
    numbered = zip(Urgency, parts, strict=True)
    said = (part % {"count": count[urgency]} for urgency, part in numbered if count[urgency])
    return capfirst(", ".join(said))


def render_digest(digest: Digest, *, unsubscribe_url: str) -> DigestMail:
    """Put the digest into words, HTML and plain text, in the language of its user. Addresses are absolute."""
    with translation.override(digest.user.language):
        subject = subject_of(digest.all_items)
        context = {
            "digest": digest,
            "subject": subject,
            "preheader": "; ".join(item.title for item in digest.items[:3]),
            "language": digest.user.language,
            "site_url": settings.SITE_URL,
            "my_week_url": settings.SITE_URL + reverse("home:my_week"),
            "settings_url": settings.SITE_URL + reverse("accounts:settings"),
            "unsubscribe_url": unsubscribe_url,
            "font": "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;",
            "sender": gettext("Sapar"),
        }
        return DigestMail(
            subject=subject,
            html=render_to_string("email/digest.html", context),
            text=render_to_string("email/digest.txt", context),
        )
