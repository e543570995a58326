"""The weekly reminder and the calendar feed, in the settings of their owner."""

from django.db.models import Model

from crm.accounts.models import User
from crm.reminders.calendars import feed_url
from crm.reminders.models import CalendarFeed
from crm.shared.registries import Panel, panels


@panels.register("accounts.user", position=10)
def weekly_reminder(record: Model, user: User) -> Panel | None:
    """Return the panel that leads to the user's own weekly mail as it would be now."""
    return Panel("reminders/_weekly.html", {}) if record.pk == user.pk else None


@panels.register("accounts.user", position=20)
def calendar_feed(record: Model, user: User) -> Panel | None:
    """Return the panel with the address of the user's own feed."""
    if record.pk != user.pk:
        return None
    feed = CalendarFeed.objects.filter(user=user, is_on=True).first()
    return Panel("reminders/_feed.html", {"feed": feed, "feed_url": feed_url(feed) if feed else ""})
