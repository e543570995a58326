"""Reads of visit reports."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from leads.visit_reports.models import ReportCommit, Suggestion, VisitReport


def reports_visible_to(user: User | AnonymousUser) -> QuerySet[VisitReport]:
    return within_regions_of(user, VisitReport.objects.all())


def suggestions_visible_to(user: User | AnonymousUser) -> QuerySet[Suggestion]:
    return within_regions_of(user, Suggestion.objects.all(), field="report__region")


def commits_visible_to(user: User | AnonymousUser) -> QuerySet[ReportCommit]:
    return within_regions_of(user, ReportCommit.objects.all(), field="report__region")
