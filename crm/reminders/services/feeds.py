"""The address of a person's calendar feed: made, changed, taken away. Everybody decides for oneself."""

from datetime import date

from django.db import transaction

from crm.accounts.models import User
from crm.audit.services import create_record, update_record
from crm.reminders.models import CalendarFeed


@transaction.atomic
def renew_feed(user: User) -> CalendarFeed:
    """Give ``user`` a new address for the due dates; one that was in use before opens nothing from now on."""
    feed = CalendarFeed.objects.select_for_update().filter(user=user).first()
    if feed is None:
        return create_record(CalendarFeed(user=user), by=user)
    return update_record(feed, by=user, changes={"serial": feed.serial + 1, "is_on": True})


@transaction.atomic
def stop_feed(user: User) -> None:
    """Take the address away; without one nothing happens."""
    feed = CalendarFeed.objects.filter(user=user, is_on=True).first()
    if feed is not None:
        update_record(feed, by=user, changes={"is_on": False, "serial": feed.serial + 1})


def note_read(feed: CalendarFeed, *, on: date) -> None:
    """Note that a program read the feed on that day: the machine's own note, once a day."""
    CalendarFeed.objects.filter(pk=feed.pk).exclude(read_on=on).update(read_on=on)
