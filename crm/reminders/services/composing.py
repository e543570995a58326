"""The mail of a delivery: what it asks, and the message as it goes over the line."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from crm.accounts.models import User
from crm.reminders.answers import answers_url, decisions_on_answers, may_answer_by_mail
from crm.reminders.digest import (
    Digest,
    DigestMail,
    Offer,
    Offers,
    Ways,
    digest_of,
    my_week_url,
    render_digest,
    settings_url,
)
from crm.reminders.models import DigestDelivery
from crm.reminders.queries import Agenda, agendas_for
from crm.reminders.registry import FIT_EVERY_RULE, Item, answers_to
from crm.reminders.services.unsubscribing import one_click_url, unsubscribe_url
from crm.shared.mail import PlainlyCodedMail

#: So many answers a mail names for each question; the others are one click further.
MOST_IN_MAIL = 3


def digests_for(deliveries: Iterable[DigestDelivery], *, now: datetime, on: date | None) -> dict[int, Digest]:
    """Return what each delivery (with its user) asks, by its key: on the day ``on``, else on the owner's local day."""
    by_day: dict[date, list[DigestDelivery]] = defaultdict(list)
    for delivery in deliveries:
        by_day[on or now.astimezone(delivery.user.zone).date()].append(delivery)
    digests: dict[int, Digest] = {}
    for day, of_day in by_day.items():
        made = _digests_of([delivery.user for delivery in of_day], on=day)
        digests |= {delivery.pk: made[delivery.user_id] for delivery in of_day}
    return digests


def _digests_of(users: list[User], *, on: date) -> dict[int, Digest]:
    agendas = agendas_for(users, on=on)
    decided = decisions_on_answers()
    return {
        user.pk: digest_of(
            user, agendas.get(user.pk, Agenda()), on=on, may_answer=may_answer_by_mail(user.region, decided)
        )
        for user in users
    }


def preview_digest(user: User, *, now: datetime) -> DigestMail | None:
    """Return the weekly mail that ``user`` would get now; none where there is nothing to ask.

    Nothing is written, and no link is given away that acts without sign-in: what would answer leads to My week, what
    would stop the mail to the settings.
    """
    digest = _digests_of([user], on=now.astimezone(user.zone).date())[user.pk]
    if digest.is_empty:
        return None
    offers = _offers(digest, is_preview=True) if digest.may_answer else None
    return render_digest(digest, unsubscribe_url=settings_url(), offers=offers)


def write_digest(digest: Digest) -> DigestMail:
    """Return the digest in words, with the links that answer where its user's region allows them."""
    offers = _offers(digest) if digest.may_answer else None
    return render_digest(digest, unsubscribe_url=unsubscribe_url(digest.user), offers=offers)


def _offers(digest: Digest, *, is_preview: bool = False) -> Offers:
    """Return what says how a question of the digest is answered: by the first of the rule's own answers, or on the page
    that has all of them. What may be answered is found once for the questions of one kind."""
    found: dict[tuple[Any, ...], Ways] = {}

    def offer(item: Item) -> Offer | None:
        kind = (item.rule, item.answers, item.owner_id, item.is_declined)
        if kind not in found:
            found[kind] = _ways(item, digest.user, is_preview=is_preview)
        page = my_week_url() if is_preview else answers_url(item, asked_on=digest.on)
        return Offer(found[kind], page) if found[kind] else None

    return offer


def _ways(item: Item, user: User, *, is_preview: bool) -> Ways:
    answers = answers_to(item, user)
    own = [one for one in answers if one.position < FIT_EVERY_RULE][:MOST_IN_MAIL]
    named = [(str(one.label), "" if is_preview else f"{one.code}/") for one in own]
    return (*named, (gettext("other answer") if named else gettext("Answer"), "")) if answers else ()


def message_of(delivery: DigestDelivery, digest: Digest) -> PlainlyCodedMail:
    """Return the mail in the language of its user; its ``Message-ID`` is the row's, each time the same."""
    mail = write_digest(digest)
    message = PlainlyCodedMail(
        subject=mail.subject,
        body=mail.text,
        to=[delivery.user.email],
        headers={
            "Message-ID": delivery.message_id,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{one_click_url(delivery.user)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(mail.html, "text/html")
    return message
