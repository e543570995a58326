from django.contrib import admin
from django.http import HttpRequest

from crm.audit.admin import RecordAdmin
from crm.notes.models import Note
from crm.notes.queries import notes_visible_to


@admin.register(Note)
class NoteAdmin(RecordAdmin):
    """Notes are written on the page of the record they are about."""

    visible = staticmethod(notes_visible_to)
    list_display = ("__str__", "author", "created_at", "region")
    list_select_related = ("author", "region")
    list_filter = ("region", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("text",)
    date_hierarchy = "created_at"
    autocomplete_fields = ("mentions",)
    readonly_fields = (*RecordAdmin.readonly_fields, "region", "author")
    exclude = ("about_type", "about_id")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
