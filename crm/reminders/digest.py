"""The weekly mail of one person: which questions it holds and how it reads. No clock and no database here.

A large office gets thousands of these mails in an hour, each with 25 rows. So a row is rendered once, with the names of
its blanks in their places, and filled in for each question: many times as fast as rendering it each time.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from crm.reminders.choices import Urgency
from crm.reminders.queries import Agenda
from crm.reminders.queries.briefings import NOTHING_NEW, Briefing, Section
from crm.reminders.registry import Item, News
from crm.shared.mail import MAIL_FONT

if TYPE_CHECKING:
    from crm.accounts.models import User

MOST_ITEMS = 25
#: What a row says of its urgency by colour: late, soon, or nothing.
TONES = {Urgency.OVERDUE: "late", Urgency.TODAY: "soon", Urgency.QUIET: "soon"}
#: The label of each answer, and what follows the address of the page of all answers; the last is that page itself.
Ways = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """How a mail lets one question be answered; ``page`` is the absolute address of the page of all answers."""

    ways: Ways
    page: str


Offers = Callable[[Item], Offer | None]


@dataclass(frozen=True, slots=True)
class Digest:
    """What one mail asks: ``items`` in the order of urgency, 25 at most, and how many more there are by urgency.

    ``briefing`` is what a manager is told beside; ``may_answer``: the mail holds links that answer.
    """

    user: "User"
    on: date
    items: tuple[Item, ...]
    numbers: Mapping[Urgency, int]
    briefing: Briefing = NOTHING_NEW
    may_answer: bool = True

    @property
    def is_empty(self) -> bool:
        """Is there nothing to ask? Then no mail is sent."""
        return not self.items and self.briefing.is_empty

    @property
    def rest(self) -> int:
        return sum(self.numbers.values()) - len(self.items)


@dataclass(frozen=True, slots=True)
class DigestMail:
    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the mail with its rows, as HTML and as plain text."""

    title: str
    html: SafeString
    text: SafeString
    rest: int = 0


def digest_of(user: "User", agenda: Agenda, *, on: date, may_answer: bool = True) -> Digest:
    """Return the digest of what ``user`` is asked and told on the day ``on``, with links that answer where allowed."""
    numbers = Counter(item.urgency for item in agenda.items) + Counter(agenda.unnamed)
    return Digest(user, on, agenda.items[:MOST_ITEMS], numbers, agenda.briefing, may_answer)


def subject_of(digest: Digest) -> str:
    """Say what matters in the active language: "3 overdue, 2 deals gone quiet".

    To a manager who is asked nothing: what is told that has to be done.
    """
    count = {urgency: digest.numbers.get(urgency, 0) for urgency in Urgency}
    parts = [
        ngettext("%(count)s overdue", "%(count)s overdue", count[Urgency.OVERDUE]),
        ngettext("%(count)s to do today", "%(count)s to do today", count[Urgency.TODAY]),
        ngettext("%(count)s due this week", "%(count)s due this week", count[Urgency.WEEK]),
        ngettext("%(count)s deal gone quiet", "%(count)s deals gone quiet", count[Urgency.QUIET]),
    ]
    numbered = zip(Urgency, parts, strict=True)
    said = [part % {"count": count[urgency]} for urgency, part in numbered if count[urgency]]
    said = said or [f"{section.title}: {section.number}" for section in digest.briefing.sections if section.asks]
    return capfirst(", ".join(said))


def render_digest(digest: Digest, *, unsubscribe_url: str, offers: Offers | None = None) -> DigestMail:
    """Put the digest into words, HTML and plain text, in the language of its user. Addresses are absolute.

    ``offers`` are the answers that each question can be given from the mail; without it there are none.
    """
    with translation.override(digest.user.language):
        subject = subject_of(digest)
        week = my_week_url()
        context = {
            "digest": digest,
            "subject": subject,
            "preheader": "; ".join(item.title for item in digest.items[:3]),
            "language": digest.user.language,
            "groups": [_group(group, week, offers) for group in _grouped(digest.items)],
            "sections": [_section(section, week) for section in digest.briefing.sections],
            "my_week_url": week,
            "settings_url": settings_url(),
            "unsubscribe_url": unsubscribe_url,
            "font": MAIL_FONT,
        }
        return DigestMail(
            subject=subject,
            html=render_to_string("email/digest.html", context),
            text=render_to_string("email/digest.txt", context),
        )


@cache
def my_week_url() -> str:
    return settings.SITE_URL + reverse("home:my_week")


@cache
def settings_url() -> str:
    return settings.SITE_URL + reverse("accounts:settings")


def _grouped(items: Iterable[Item]) -> list[tuple[Urgency, list[Item]]]:
    """Return the groups that hold something, the most urgent first."""
    groups: dict[Urgency, list[Item]] = {urgency: [] for urgency in Urgency}
    for item in items:
        groups[item.urgency].append(item)
    return [(urgency, found) for urgency, found in groups.items() if found]


def _group(group: tuple[Urgency, list[Item]], my_week_url: str, offers: Offers | None) -> Part:
    urgency, items = group
    tone = TONES.get(urgency, "")
    rows = [_row(item, tone, my_week_url, offers(item) if offers else None) for item in items]
    return _part(str(urgency.label), rows)


def _section(section: Section, my_week_url: str) -> Part:
    return _part(str(section.title), [_row(line, "", my_week_url) for line in section.lines], rest=section.rest)


def _part(title: str, rows: list[tuple[str, str]], *, rest: int = 0) -> Part:
    # Every value that was filled in has been escaped.
    html = mark_safe("".join(row for row, _text in rows))  # noqa: S308
    text = mark_safe("".join(text for _row, text in rows))  # noqa: S308
    return Part(title, html, text, rest)


def _row(line: Item | News, tone: str, my_week_url: str, offer: Offer | None = None) -> tuple[str, str]:
    """Return one question as HTML and as plain text."""
    url = settings.SITE_URL + line.url if line.url else my_week_url
    why = str(line.why)
    details = " · ".join(part for part in (str(getattr(line, "context", "")), line.person) if part)
    html = _blank("row", tone).format(
        url=escape(url),
        title=escape(line.title),
        why=escape(why),
        details=_blank("details").format(details=escape(details)) if details else "",
        answers=_answers(offer.ways).format(page=escape(offer.page)) if offer else "",
    )
    text = [f"- {line.title} ({why})", *filter(None, [details]), url]
    if offer:  # the page that has all of them: a text is no place for many long addresses
        text.append(f"{gettext('Answer')}: {offer.page}")
    return html, "\n  ".join(text) + "\n"


@lru_cache(maxsize=200)
def _answers(ways: Ways) -> str:
    """Return the links that answer, with ``{page}`` where the address of the question's page belongs."""
    links = [_blank("answer").format(url=f"{{page}}{escape(path)}", label=_kept(escape(label))) for label, path in ways]
    return _blank("answers").format(answers=" · ".join(links))


def _kept(text: str) -> str:
    """Return ``text`` as it has to stand in a blank."""
    return text.replace("{", "{{").replace("}", "}}")


@lru_cache(maxsize=20)
def _blank(part: str, tone: str = "") -> str:
    """Return a part of ``email/_row.html`` with ``{names}`` where the values of a row belong."""
    names = ("url", "title", "why", "details", "answers", "answer", "label")
    context = {name: mark_safe(f"{{{name}}}") for name in names}  # noqa: S308 - constants
    return render_to_string(f"email/_row.html#{part}", {**context, "tone": tone, "font": MAIL_FONT})
