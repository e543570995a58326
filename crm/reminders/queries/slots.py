"""Reads of deliveries: whose digest is due, and which wait to be sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, QuerySet

from crm.accounts.models import User
from crm.reference.calendar import SATURDAY, WorkingCalendar
from crm.reference.queries import regions_at_work
from crm.reminders.choices import DeliveryState
from crm.reminders.models import DigestDelivery, Mailing


@dataclass(frozen=True, slots=True)
class Slot:
    """When the digest of one user is due: ``week`` is the ISO week of the day the user chose, ``at`` the moment."""

    user: User
    week: str
    at: datetime


def due_slots(*, now: datetime) -> Iterator[Slot]:
    """Yield the latest slot that has come for everybody who wants a digest and can get it. Two queries."""
    regions = regions_at_work()
    wanting = User.objects.filter(is_active=True, digest_wanted=True, address_failed_at__isnull=True)
    for user in wanting.select_related("region").order_by("pk").iterator():
        if slot := latest_slot(user, regions[user.region_id].calendar, now=now):
            yield slot


def latest_slot(user: User, calendar: WorkingCalendar, *, now: datetime) -> Slot | None:
    """Return the newest weekly slot of ``user`` that is not in the future; none from before the account was made.

    So a run that was missed is caught up by the next one, and after weeks without a run one mail comes, not several.
    """
    today = now.astimezone(user.zone).date()
    for weeks_back in range(3):
        chosen = today - timedelta(days=today.weekday() - user.digest_day + 7 * weeks_back)
        slot = slot_of(user, chosen, calendar)
        if slot.at <= now:
            return slot if slot.at >= user.created_at else None
    return None


def slot_of(user: User, chosen: date, calendar: WorkingCalendar) -> Slot:
    """Return the slot of the day ``chosen``: at the user's hour, after a holiday on the next working day.

    Who chose a day of the weekend gets the mail then.
    """
    day = chosen if chosen.weekday() >= SATURDAY else calendar.next_working_day(chosen)
    return Slot(user, iso_week(chosen), datetime.combine(day, time(user.digest_hour), user.zone))


def iso_week(day: date) -> str:
    """Return ``2026-W09``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def on_their_way(mailings: type[Mailing]) -> QuerySet[Mailing]:
    """Return the mails of that kind that have not come to their end, whether somebody holds them or not."""
    found: QuerySet[Mailing] = mailings._default_manager.filter(state=DeliveryState.CLAIMED)
    return found


def deliveries_to_send(*, now: datetime) -> QuerySet[DigestDelivery]:
    """Return the deliveries that nobody holds now and that are not finished, the least tried first.

    People of one region stand together: a batch of them shares what its managers are told.
    """
    free = DigestDelivery.objects.filter(state=DeliveryState.CLAIMED, lease_until__lte=now)
    return free.order_by("attempts", "user__region", "pk")


def deliveries_tried_too_often(*, now: datetime, most: int) -> QuerySet[DigestDelivery]:
    """Return those to send that failed ``most`` times by their own fault; that the server was away does not count."""
    return deliveries_to_send(now=now).filter(attempts__gte=F("outages") + most)
