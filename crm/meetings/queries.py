"""Reads of meetings."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.meetings.models import Meeting


def meetings_visible_to(user: User | AnonymousUser) -> QuerySet[Meeting]:
    return within_regions_of(user, Meeting.objects.all())
