from django.contrib import admin

from crm.audit.admin import RecordAdmin
from crm.meetings.models import Meeting
from crm.meetings.queries import meetings_visible_to
from crm.meetings.services import create_meeting, update_meeting


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    """The outcome is logged on its own page, which also asks for the next step."""

    visible = staticmethod(meetings_visible_to)
    create = staticmethod(create_meeting)
    update = staticmethod(update_meeting)
    list_display = ("subject", "date", "place", "outcome", "owner", "region")
    list_select_related = ("owner", "region")
    list_filter = ("outcome", "region", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("subject", "search_text")
    date_hierarchy = "date"
    autocomplete_fields = ("delegation", "companies", "contacts", "owner")
    readonly_fields = (
        *RecordAdmin.readonly_fields,
        "outcome",
        "outcome_note",
        "outcome_logged_at",
        "outcome_logged_by",
    )
