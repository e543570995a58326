"""The meetings that somebody still has to say the outcome of, and those to come."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.registry import duty
from crm.meetings.choices import Outcome
from crm.meetings.models import Meeting
from crm.meetings.services import update_meeting


def awaiting_outcome_of(user: User) -> QuerySet[Meeting]:
    waiting = Meeting.objects.active().filter(owner=user, outcome=Outcome.AWAITED)
    return waiting.select_related("region").order_by("date", "pk")


def give_meeting(meeting: Meeting, *, by: User, former: User, to: User) -> None:
    update_meeting(meeting, by=by, owner=to)


duty(
    "meetings.owner",
    title=_("Meetings"),
    position=30,
    held_by=awaiting_outcome_of,
    give=give_meeting,
    named_by=("subject",),
)
