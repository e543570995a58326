from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from crm.audit.admin import RecordAdmin, VisibleAdmin
from crm.reference.admin import RegionalAdmin
from leads.visit_reports.models import ReadingPolicy, ReportCommit, Suggestion, VisitReport
from leads.visit_reports.queries import commits_visible_to, reports_visible_to, suggestions_visible_to


class ReadOnly:
    """Reports are uploaded, reviewed and accepted in the workspace; here they are read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(VisitReport)
class VisitReportAdmin(ReadOnly, RecordAdmin):
    visible = staticmethod(reports_visible_to)
    list_display = ("__str__", "state", "language", "uploaded_by", "created_at", "region")
    list_select_related = ("uploaded_by", "region")
    list_filter = ("state", "language", "region", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("title", "file_name")
    date_hierarchy = "created_at"
    # The stored file has no address of its own; the review page serves it.
    exclude = ("file", "draft")


@admin.register(ReadingPolicy)
class ReadingPolicyAdmin(RegionalAdmin):
    list_display = ("region", "allows_language_model")
    list_select_related = ("region",)


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnly, VisibleAdmin):
    visible = staticmethod(suggestions_visible_to)
    list_display = ("report", "position", "kind", "decision", "match", "decided_by", "decided_at")
    list_select_related = ("report", "decided_by")
    list_filter = ("kind", "decision", "match")
    search_fields = ("report__title",)


@admin.register(ReportCommit)
class ReportCommitAdmin(ReadOnly, VisibleAdmin):
    visible = staticmethod(commits_visible_to)
    list_display = ("report", "at", "by", "undone_at", "undone_by")
    list_select_related = ("report", "by", "undone_by")
    search_fields = ("report__title",)
    date_hierarchy = "at"
