"""A person's due dates as a calendar program reads them, at an address that only they know."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from icalendar import Calendar, Event

from crm.accounts.models import User
from crm.reminders.choices import Urgency
from crm.reminders.models import CalendarFeed
from crm.reminders.queries import items_for
from crm.reminders.registry import Item

#: How far ahead the due dates go.
AHEAD = timedelta(days=365)
ONE_DAY = timedelta(days=1)


def _signer() -> signing.Signer:
    return signing.Signer(salt="reminders.calendar", sep=".")


def feed_url(feed: CalendarFeed) -> str:
    """Return the absolute address of the feed: the same as long as its serial and the site's secret are."""
    token = _signer().sign(f"{feed.user_id}-{feed.serial}")
    return settings.SITE_URL + reverse("reminders:calendar", args=[token])


def feed_of(token: str) -> CalendarFeed | None:
    """Return the feed whose address holds ``token``; none for a wrong one, a former one, and of who has left."""
    try:
        user, serial = _signer().unsign(token).split("-")
    except (signing.BadSignature, ValueError):
        return None
    found = CalendarFeed.objects.select_related("user__region__parent")
    return found.filter(user=int(user), serial=int(serial), is_on=True, user__is_active=True).first()


def calendar_of_dues(user: User, *, now: datetime) -> bytes:
    """Return what ``user`` is asked to do by a day, a year ahead, as an iCalendar file in the user's language.

    Whole days that do not block the time; the same question keeps its ``UID``, so that a date that moves moves.
    """
    on = now.astimezone(user.zone).date()
    items = items_for([user], on=on, until=on + AHEAD)[user.pk]
    with translation.override(user.language):
        calendar = Calendar()
        calendar.add("prodid", "-//Sapar//Sapar//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", gettext("Sapar: due dates"))
        calendar.add("x-wr-timezone", str(user.zone))
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
        for item in items:
            if item.due is not None and item.urgency != Urgency.QUIET:
                calendar.add_component(_event(item, item.due, now=now))
    data: bytes = calendar.to_ical()
    return data


def _event(item: Item, due: date, *, now: datetime) -> Event:
    label, pk = item.about
    url = settings.SITE_URL + (item.url or reverse("home:my_week"))
    event = Event()
    event.add("uid", f"{item.rule}.{label}.{pk}.{item.owner_id}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", due)
    event.add("dtend", due + ONE_DAY)
    event.add("summary", item.title)
    said = [item.context, item.person, str(item.why), url]
    event.add("description", "\n".join(line for line in said if line))
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
