"""The calendar feed, in the settings of its owner."""

from django.db.models import Model

from crm.accounts.models import User
from crm.reminders.calendars import feed_url
from crm.reminders.models import CalendarFeed
from crm.shared.registries import Panel, panels


@panels.register("accounts.user", position=20)
def calendar_feed(record: Model, user: User) -> Panel | None:
    """Return the panel with the address of the user's own feed."""
    if record.pk != user.pk:
        return None
    feed = CalendarFeed.objects.filter(user=user, is_on=True).first()
    return Panel("reminders/_feed.html", {"feed": feed, "feed_url": feed_url(feed) if feed else ""})
