"""What is asked about meetings: their outcome, once their day has passed."""

from collections.abc import Iterator
from datetime import date

from django.db.models.functions import Coalesce
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.meetings.choices import Outcome
from crm.meetings.models import Meeting
from crm.reminders.choices import Urgency
from crm.reminders.registry import Asking, Item, rule
from crm.shared.formats import format_day


@rule("outcome_awaited", title=_("Outcome awaited"), position=20)
def outcomes_to_log(asking: Asking) -> Iterator[Item]:
    """Ask who held a meeting for its outcome, from the day after it on. One without a day: after its delegation's."""
    held = (
        Meeting.objects.active()
        .annotate(held_on=Coalesce("date", "delegation__end_date"))
        .filter(outcome=Outcome.AWAITED, owner__isnull=False, held_on__lt=asking.on)
        .select_related("region__parent", "delegation")
    )
    if asking.users is not None:
        held = held.filter(owner__in=asking.user_ids)
    for meeting in held.order_by("held_on", "pk"):
        assert meeting.owner_id is not None  # noqa: S101 - told to the type checker: filtered above
        yield Item(
            rule="outcome_awaited",
            owner_id=meeting.owner_id,
            about=("meetings.meeting", meeting.pk),
            title=meeting.subject,
            why=lazy_why(meeting.held_on),
            url=meeting.get_absolute_url(),
            urgency=Urgency.TODAY,
            seen_from=meeting.region.line,
            due=meeting.held_on,
            context=meeting.delegation.title if meeting.delegation else "",
        )


def why(held_on: date) -> str:
    return gettext("met on %(day)s, the outcome is not entered") % {"day": format_day(held_on, "day")}


lazy_why = lazy(why, str)
