"""Telling administrators of mails that did not arrive: found by their state, so that no failure goes untold."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from crm.accounts.models import User
from crm.accounts.queries import administrators_above
from crm.reference.models import Region
from crm.reminders.choices import DeliveryState
from crm.reminders.models import DigestDelivery, Letter
from crm.reminders.services.letters import write_letter
from crm.shared.mail import MAIL_FONT

logger = structlog.get_logger(__name__)

#: Begins the keys of our own mails: that one of them did not arrive is not told by another.
KEY = "undelivered"
#: So many are named in one mail; the back office lists all.
MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One mail that did not arrive: to whom, what it was, what the server said, whether the address was given up."""

    mailing: DigestDelivery | Letter
    region: Region
    name: str
    address: str
    subject: str
    address_failed: bool

    @property
    def error(self) -> str:
        return self.mailing.error


@transaction.atomic
def tell_of_undelivered(*, now: datetime) -> int:
    """Write one mail to each administrator about what could not be sent to their people; return how many mails.

    A region's own administrators are told, else those above it. Safe at any time, any number of times and beside
    itself: what is being told is held until it is noted as told.
    """
    waiting = [*_digests(), *_letters()]
    by_administrator: dict[User, list[Undelivered]] = defaultdict(list)
    for region in {one.region for one in waiting}:
        for administrator in _administrators_of(region):
            by_administrator[administrator] += [one for one in waiting if one.region == region]
    for administrator, untold in by_administrator.items():
        _write(administrator, untold)
    for model in (DigestDelivery, Letter):
        keys = [one.mailing.pk for one in waiting if isinstance(one.mailing, model)]
        if keys:
            model._default_manager.filter(pk__in=keys).update(told_at=now)
    return len(by_administrator)


def _digests() -> Iterable[Undelivered]:
    rows = DigestDelivery.objects.filter(state=DeliveryState.FAILED, told_at__isnull=True)
    for row in rows.select_for_update(of=("self",), skip_locked=True).select_related("user__region__parent"):
        yield Undelivered(row, row.user.region, str(row.user), row.user.email, "", bool(row.user.address_failed_at))


def _letters() -> Iterable[Undelivered]:
    rows = Letter.objects.filter(state=DeliveryState.FAILED, told_at__isnull=True).exclude(key__startswith=KEY)
    for row in rows.select_for_update(of=("self",), skip_locked=True).select_related("user", "region__parent"):
        name = str(row.user) if row.user else row.address
        failed = bool(row.user and row.user.address_failed_at)
        yield Undelivered(row, row.region, name, row.address, row.subject, failed)


def _administrators_of(region: Region) -> list[User]:
    """Return who is told: those nearest to the region whose own address is good."""
    found = list(administrators_above(region).filter(address_failed_at__isnull=True).select_related("region"))
    own = [administrator for administrator in found if administrator.region_id == region.pk]
    if not found:
        logger.warning("nobody to tell of mails that did not arrive", region=region.code)
    return own or found


def _write(administrator: User, untold: list[Undelivered]) -> None:
    first = untold[0].mailing
    with translation.override(administrator.language):
        words = ngettext("%(count)s mail could not be delivered", "%(count)s mails could not be delivered", len(untold))
        subject = words % {"count": len(untold)}
        context = {
            "subject": subject,
            "undelivered": untold[:MOST_NAMED],
            "rest": max(len(untold) - MOST_NAMED, 0),
            "language": administrator.language,
            "digests_url": settings.SITE_URL + reverse("admin:reminders_undelivereddigest_changelist"),
            "letters_url": settings.SITE_URL + reverse("admin:reminders_letter_changelist") + "?state__exact=failed",
            "weekly": gettext("weekly reminder"),
            "font": MAIL_FONT,
        }
        write_letter(
            key=f"{KEY}.{administrator.pk}.{first._meta.model_name}{first.pk}.{first.attempts}",
            address=administrator.email,
            region=administrator.region,
            user=administrator,
            subject=subject,
            text=render_to_string("email/undelivered.txt", context),
            html=render_to_string("email/undelivered.html", context),
        )
