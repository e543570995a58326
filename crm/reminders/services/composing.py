"""The mail of a delivery: what it asks, and the message as it goes over the line."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext

from crm.reminders.answers import decisions_on_answers, may_answer_by_mail, offers_of
from crm.reminders.digest import Digest, DigestMail, digest_of, render_digest
from crm.reminders.models import DigestDelivery
from crm.reminders.queries import Agenda, agendas_for
from crm.reminders.registry import FIT_EVERY_RULE, Item
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
    decided = decisions_on_answers()
    for day, of_day in by_day.items():
        agendas = agendas_for([delivery.user for delivery in of_day], on=day)
        for delivery in of_day:
            agenda = agendas.get(delivery.user_id, Agenda())
            may_answer = may_answer_by_mail(delivery.user.region, decided)
            digests[delivery.pk] = digest_of(delivery.user, agenda, on=day, may_answer=may_answer)
    return digests


def write_digest(digest: Digest) -> DigestMail:
    """Return the digest in words, with the links that answer where its user's region allows them."""
    offers = partial(_offers, digest) if digest.may_answer else None
    return render_digest(digest, unsubscribe_url=unsubscribe_url(digest.user), offers=offers)


def _offers(digest: Digest, item: Item) -> list[tuple[str, str]]:
    """Return the first of the rule's own answers, and the page that has all of them, each with its address."""
    offers = offers_of(item, digest.user, asked_on=digest.on)
    if not offers:
        return []
    named = [(one.label, one.url) for one in offers if one.answer.position < FIT_EVERY_RULE][:MOST_IN_MAIL]
    return [*named, (gettext("other answer") if named else gettext("Answer"), offers[0].page)]


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
