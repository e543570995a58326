"""Reads of reminders: what each person is asked today, and whose digest is due."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.reference.calendar import SATURDAY, WorkingCalendar
from crm.reference.queries import working_calendars
from crm.reminders.choices import DeliveryState, Urgency
from crm.reminders.models import DigestDelivery, Snooze
from crm.reminders.registry import Asking, Item, all_rules

FAR = date.max


def items_for(users: Collection[User], *, on: date, until: date | None = None) -> dict[int, list[Item]]:
    """Return what each of ``users`` is asked on their local day ``on``, by key of the user, the most urgent first.

    ``until`` is the last day before the next asking (a week by default). Snoozed questions, records that the owner may
    not see and second questions about one record are left out. The number of queries does not depend on the number of
    users: one for the calendars, one for the snoozes, and those of each rule.
    """
    asking = Asking(on=on, until=until or on + timedelta(days=6), calendars=working_calendars(), users=users)
    owners = {user.pk: user for user in users if user.is_active}
    snoozed = _snoozed(owners, on=on)
    by_owner: dict[int, list[Item]] = defaultdict(list)
    for rule in all_rules():
        for item in rule.ask(asking):
            owner = owners.get(item.owner_id)
            if owner and _may_see(owner, item) and (item.owner_id, item.rule, item.about) not in snoozed:
                by_owner[item.owner_id].append(item)
    return {key: _once_each(by_owner[key]) for key in owners}


def _may_see(owner: User, item: Item) -> bool:
    if owner.role == Role.PARTNER:
        return item.to_partners
    return owner.region_id in item.seen_from


def _once_each(items: Iterable[Item]) -> list[Item]:
    """Return one item a record, the most urgent; a deal with a step to do is not asked about for being quiet."""
    kept: dict[tuple[str, int], Item] = {}
    ordered = sorted(items, key=lambda item: (item.urgency, item.due or FAR, item.title, item.about))
    behind = {item.concerns for item in ordered if item.urgency != Urgency.QUIET}
    for item in ordered:
        if item.urgency != Urgency.QUIET or item.about not in behind:
            kept.setdefault(item.about, item)
    return list(kept.values())


def _snoozed(users: Iterable[int], *, on: date) -> set[tuple[int, str, tuple[str, int]]]:
    rows = Snooze.objects.filter(user__in=list(users), until__gt=on)
    return {
        (user, rule, (_label(kind), number))
        for user, rule, kind, number in rows.values_list("user", "rule", "about_type", "about_id")
    }


def _label(content_type_id: int) -> str:
    kind = ContentType.objects.get_for_id(content_type_id)
    return f"{kind.app_label}.{kind.model}"


@dataclass(frozen=True, slots=True)
class Slot:
    """When the digest of one user is due: ``week`` is the ISO week of the day the user chose, ``at`` the moment."""

    user: User
    week: str
    at: datetime


def due_slots(*, now: datetime) -> Iterator[Slot]:
    """Yield the latest slot that has come for everybody who wants a digest and can get it. Two queries."""
    calendars = working_calendars()
    wanting = User.objects.filter(is_active=True, digest_wanted=True, address_failed_at__isnull=True)
    for user in wanting.select_related("region").order_by("pk").iterator():
        if slot := latest_slot(user, calendars[user.region_id], now=now):
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


def deliveries_to_send(*, now: datetime) -> QuerySet[DigestDelivery]:
    """Return the deliveries that nobody holds now and that are not finished, the least tried first."""
    return DigestDelivery.objects.filter(state=DeliveryState.CLAIMED, lease_until__lte=now).order_by("attempts", "pk")
