from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from crm.audit.admin import RecordAdmin, ShownRowsInline, VisibleAdmin
from crm.delegations.models import Debrief, Delegation, DelegationMember, DelegationStop, Practice, ProgrammeItem
from crm.delegations.queries import (
    debriefs_visible_to,
    delegations_visible_to,
    practices_visible_to,
    programme_items_visible_to,
)
from crm.delegations.services import (
    add_programme_item,
    create_delegation,
    create_practice,
    update_delegation,
    update_practice,
    update_programme_item,
)


class StopInline(ShownRowsInline):
    model = DelegationStop


class MemberInline(ShownRowsInline):
    model = DelegationMember


@admin.register(Delegation)
class DelegationAdmin(RecordAdmin):
    visible = staticmethod(delegations_visible_to)
    create = staticmethod(create_delegation)
    update = staticmethod(update_delegation)
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
    create = staticmethod(create_practice)
    update = staticmethod(update_practice)
    list_display = ("summary", "topic", "status", "owner", "delegation", "region")
    list_select_related = ("owner", "delegation", "region")
    list_filter = ("status", "topic", "region", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("summary",)
    autocomplete_fields = ("delegation", "company", "owner")


@admin.register(ProgrammeItem)
class ProgrammeItemAdmin(RecordAdmin):
    visible = staticmethod(programme_items_visible_to)
    create = staticmethod(lambda *, delegation, **fields: add_programme_item(delegation, **fields))
    update = staticmethod(update_programme_item)
    list_display = ("title", "date", "starts_at", "ends_at", "place", "met_by", "delegation")
    list_select_related = ("delegation__region",)
    list_filter = (("archived_at", admin.EmptyFieldListFilter),)
    search_fields = ("title", "place", "met_by", "delegation__title")
    date_hierarchy = "date"
    autocomplete_fields = ("delegation",)


@admin.register(Debrief)
class DebriefAdmin(VisibleAdmin):
    """Who was asked after the return, and who has told; what was told stands on the page of the delegation."""

    visible = staticmethod(debriefs_visible_to)
    list_display = ("full_name", "delegation", "asked_on", "reminded", "answered_at", "closed_at")
    list_select_related = ("delegation",)
    search_fields = ("full_name", "email", "delegation__title")
    date_hierarchy = "asked_on"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
