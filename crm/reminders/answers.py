"""The links of a mail that answer: whose question, whether it is still asked, whether it was answered already.

A link is signed, good for ``ANSWER_LINK_DAYS`` days and for one question: one person, one rule, one record, one day of
asking. It holds no secret of its own: who changes ``SECRET_KEY`` and drops the old one ends all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.reference.models import Region
from crm.reminders.errors import LinkBroken, LinkExpired
from crm.reminders.models import AnswerPolicy, MailAnswer
from crm.reminders.queries import items_for
from crm.reminders.registry import Item

SALT = "reminders.answer"


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """What a link says: who is asked by which rule about which record, and on which day the mail asked."""

    user: User
    rule: str
    about: tuple[str, int]
    asked_on: date
    token: str

    @property
    def url(self) -> str:
        return reverse("reminders:answers", args=[self.token])


def link_to(item: Item, *, asked_on: date) -> str:
    """Return the token of the link that answers ``item`` for its owner. No query."""
    return signing.dumps([item.owner_id, item.rule, *item.about, asked_on.isoformat()], salt=SALT)


def answers_url(item: Item, *, asked_on: date) -> str:
    """Return the absolute address at which ``item`` is answered without sign-in; with an answer's code and a slash
    behind it, the address of that answer. No query."""
    return f"{_answers_address()}{link_to(item, asked_on=asked_on)}/"


@cache
def _answers_address() -> str:
    """Return what stands before the token: a large office's mails hold a hundred thousand of these addresses."""
    return settings.SITE_URL + reverse("reminders:answers", args=["token"]).removesuffix("token/")


def read_link(token: str) -> AnswerLink:
    """Return what the link says. Raises ``LinkBroken`` for one that this site did not sign or whose user is gone, and
    ``LinkExpired`` for one that is too old."""
    age = timedelta(days=settings.ANSWER_LINK_DAYS)
    try:
        return _link(token, signing.loads(token, salt=SALT, max_age=age))
    except signing.SignatureExpired as error:
        user = _link(token, signing.loads(token, salt=SALT)).user
        raise LinkExpired(_("This link is too old."), user=user) from error
    except signing.BadSignature as error:
        raise _broken() from error


def _link(token: str, said: list[str | int]) -> AnswerLink:
    user_id, rule, label, about_id, asked_on = said
    user = User.objects.select_related("region__parent").filter(pk=user_id, is_active=True).first()
    if user is None:
        raise _broken()
    return AnswerLink(user, str(rule), (str(label), int(about_id)), date.fromisoformat(str(asked_on)), token)


def _broken() -> LinkBroken:
    return LinkBroken(_("This link is not complete. Open the mail again and follow it from there."))


def question_of(link: AnswerLink, *, on: date) -> Item | None:
    """Return the question as it is asked on the day ``on``; none when it is settled, put off or no longer theirs."""
    asked = items_for([link.user], on=on)[link.user.pk]
    return next((item for item in asked if (item.rule, item.about) == (link.rule, link.about)), None)


def answer_given(link: AnswerLink) -> MailAnswer | None:
    """Return the answer that used the link up, unless it was taken back."""
    label, about_id = link.about
    kind = ContentType.objects.get_by_natural_key(*label.split("."))
    given = MailAnswer.objects.filter(user=link.user, rule=link.rule, about_type=kind, about_id=about_id)
    return given.filter(asked_on=link.asked_on, taken_back_at=None).first()


def decisions_on_answers() -> dict[int, bool]:
    """Return what regions have decided on answers by mail, by their keys, for ``may_answer_by_mail``. One query."""
    return dict(AnswerPolicy.objects.values_list("region_id", "allows_answers_by_mail"))


def may_answer_by_mail(region: Region, decided: Mapping[int, bool]) -> bool:
    """Say whether the mails of the region carry links that answer: as the nearest region of its line decides."""
    return next((decided[key] for key in region.line if key in decided), True)
