"""Reads of meetings."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.meetings.choices import Outcome
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


def meetings_for_list(user: User | AnonymousUser) -> QuerySet[Meeting]:
    """Return the meetings in use with their organisations and owners; those that await their outcome first."""
    active = meetings_visible_to(user).filter(archived_at__isnull=True)
    waits = Case(When(outcome=Outcome.AWAITED, then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered = active.annotate(waits=waits).order_by("waits", F("date").desc(nulls_last=True), "-pk")
    return ordered.select_related("owner").prefetch_related("companies")


def meeting_for_page(user: User | AnonymousUser) -> QuerySet[Meeting]:
    """Return the meetings with what their page shows of them."""
    related = meetings_visible_to(user).select_related("owner", "delegation", "outcome_logged_by", "region")
    return related.prefetch_related("companies")
