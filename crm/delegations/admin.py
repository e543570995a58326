from django.contrib import admin

from crm.audit.admin import RecordAdmin, RecordInline
from crm.delegations.models import Delegation, DelegationMember, DelegationStop, Practice
from crm.delegations.queries import delegations_visible_to, practices_visible_to


class StopInline(RecordInline):
    model = DelegationStop
    show_change_link = False


class MemberInline(RecordInline):
    model = DelegationMember
    autocomplete_fields = ("user", "contact")
    show_change_link = False


@admin.register(Delegation)
class DelegationAdmin(RecordAdmin):
    visible = staticmethod(delegations_visible_to)
    list_display = ("title", "direction", "status", "start_date", "end_date", "region")
    list_select_related = ("region",)
    list_filter = ("direction", "status", "region", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("title", "search_text")
    date_hierarchy = "start_date"
    autocomplete_fields = ("secretary", "companies")
    filter_horizontal = ("sectors",)
    inlines = (StopInline, MemberInline)


@admin.register(Practice)
class PracticeAdmin(RecordAdmin):
    visible = staticmethod(practices_visible_to)
    list_display = ("summary", "topic", "status", "owner", "delegation", "region")
    list_select_related = ("owner", "delegation", "region")
    list_filter = ("status", "topic", "region", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("summary",)
    autocomplete_fields = ("delegation", "company", "owner")
