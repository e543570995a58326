"""What is asked about meetings: their outcome, once their day has passed."""

from datetime import date

from django.db.models.functions import Coalesce
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.meetings.choices import Outcome
from crm.meetings.models import Meeting
from crm.reminders.asking import Asking, Threshold
from crm.reminders.choices import Urgency
from crm.reminders.registry import Item, Questions, rule
from crm.shared.about import address_of
from crm.shared.formats import format_day
from crm.shared.together import Rows


@rule(
    "outcome_awaited",
    title=_("Outcome awaited"),
    position=30,
    about="meetings.meeting",
    thresholds={"days": Threshold(0, _("working days past the day of the meeting"))},
)
def outcomes_to_log(asking: Asking) -> Questions:
    """Ask who held a meeting for its outcome, from the day after it on. One without a day: after its delegation's."""
    held = (
        asking.about(Meeting.objects.active(), "meetings.meeting")
        .annotate(held_on=Coalesce("date", "delegation__end_date"))
        .filter(
            asking.on_or_before("held_on", asking.days_ago("outcome_awaited.days")),
            outcome=Outcome.AWAITED,
            owner__in=asking.user_ids,
            held_on__lt=asking.on,
        )
    )
    columns = ("pk", "subject", "region_id", "owner_id", "held_on", "delegation__title")
    (meetings,) = yield (Rows(held, columns),)
    for meeting in meetings:
        yield Item(
            rule="outcome_awaited",
            owner_id=meeting.owner_id,
            about=("meetings.meeting", meeting.pk),
            title=meeting.subject,
            why=lazy_why(meeting.held_on),
            url=address_of("meetings.meeting", meeting.pk),
            urgency=Urgency.TODAY,
            seen_from=asking.line(meeting.region_id),
            due=meeting.held_on,
            context=meeting.delegation__title or "",
        )


def why(held_on: date) -> str:
    return gettext("met on %(day)s, the outcome is not entered") % {"day": format_day(held_on, "day")}


lazy_why = lazy(why, str)
