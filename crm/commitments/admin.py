from django.contrib import admin
from django.http import HttpRequest

from crm.audit.admin import RecordAdmin
from crm.commitments.models import Commitment
from crm.commitments.queries import commitments_visible_to
from crm.commitments.services import update_commitment


@admin.register(Commitment)
class CommitmentAdmin(RecordAdmin):
    """Commitments are made on the page of the record they are about, and closed where their proof is asked for."""

    visible = staticmethod(commitments_visible_to)
    update = staticmethod(update_commitment)
    list_display = ("text", "side", "status", "due_date", "executor", "region")
    list_select_related = ("executor", "region")
    list_filter = ("side", "status", "under_control", "region", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("text", "executor_name")
    date_hierarchy = "due_date"
    autocomplete_fields = ("executor", "co_executors", "company", "source_document", "proof_document")
    readonly_fields = (*RecordAdmin.readonly_fields, "region", "status", "closed_at", "closed_by")
    exclude = ("about_type", "about_id")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
