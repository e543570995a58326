"""Reads of meetings."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.meetings.models import Meeting
from crm.shared.searching import folded_text
from leads.extraction.folding import fold


def meetings_visible_to(user: User | AnonymousUser) -> QuerySet[Meeting]:
    return within_regions_of(user, Meeting.objects.all())


def meeting_search_keys(meeting: Meeting) -> dict[str, str]:
    """Return what the meeting is found by, apart from the organisations met (see ``search_meetings``)."""
    return {
        "search_text": folded_text(
            [meeting.subject, meeting.place, *map(str, meeting.topics), meeting.summary, meeting.outcome_note]
        )
    }


def search_meetings(meetings: QuerySet[Meeting], text: str) -> QuerySet[Meeting]:
    """Return the ``meetings`` where each word of ``text`` stands in the meeting or in an organisation met."""
    for word in fold(text).split():
        met = Meeting.companies.through.objects.filter(company__search_text__contains=word).values("meeting")
        meetings = meetings.filter(Q(search_text__contains=word) | Q(pk__in=met))
    return meetings
