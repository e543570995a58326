from django.contrib import admin

from crm.audit.admin import RecordAdmin
from crm.documents.models import Document
from crm.documents.queries import documents_visible_to
from crm.documents.services import create_document, update_document


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    visible = staticmethod(documents_visible_to)
    create = staticmethod(create_document)
    update = staticmethod(update_document)
    list_display = ("title", "kind", "number", "date", "reply_due", "region")
    list_select_related = ("region",)
    list_filter = ("kind", "region", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("title", "number", "sender", "recipient")
    date_hierarchy = "date"
    autocomplete_fields = ("addressee", "owner", "answered_by")
    # The file has no address of its own: it is reached through the record it is about.
    exclude = ("about_type", "about_id", "file")
