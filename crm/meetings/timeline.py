"""Meetings stand in the timelines of the organisations met and of the delegation."""

import datetime
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.companies.models import Company
from crm.delegations.models import Delegation
from crm.meetings.choices import Outcome
from crm.meetings.models import Meeting
from crm.meetings.queries import meetings_visible_to
from crm.shared.registries import TimelineEntry, timeline


@timeline.register("companies.company")
def meetings_with_company(company: Company, user: User) -> Iterator[TimelineEntry]:
    return _entries(meetings_visible_to(user).filter(companies=company))


@timeline.register("delegations.delegation")
def meetings_of_delegation(delegation: Delegation, user: User) -> Iterator[TimelineEntry]:
    return _entries(meetings_visible_to(user).filter(delegation=delegation))


@timeline.register("meetings.meeting")
def outcome_of_meeting(meeting: Meeting, user: User) -> Iterator[TimelineEntry]:
    if meeting.outcome_logged_at is not None and meeting.outcome != Outcome.AWAITED:
        logged_by = meeting.outcome_logged_by
        yield TimelineEntry(
            at=meeting.outcome_logged_at,
            icon="handshake",
            title=_("Outcome: %(outcome)s") % {"outcome": meeting.get_outcome_display()},
            body=meeting.outcome_note,
            by=logged_by.full_name if logged_by else "",
        )


def _entries(meetings: QuerySet[Meeting]) -> Iterator[TimelineEntry]:
    for meeting in meetings.filter(archived_at__isnull=True, date__isnull=False).select_related("owner"):
        hour = meeting.time or datetime.time(12)
        yield TimelineEntry(
            at=timezone.make_aware(datetime.datetime.combine(meeting.date or datetime.date.min, hour)),
            whole_day=meeting.time is None,
            icon="users",
            title=_("Meeting: %(subject)s") % {"subject": meeting.subject},
            body=meeting.outcome_note or meeting.get_outcome_display(),
            url=meeting.get_absolute_url(),
            by=meeting.owner.full_name if meeting.owner else "",
        )
