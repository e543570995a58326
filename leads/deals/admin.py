from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from crm.audit.admin import RecordAdmin, ShownRowsInline, VisibleAdmin
from leads.deals.models import Deal, DealValue, FrozenFigures, Memorandum, Permit, StageChange, Target
from leads.deals.queries import (
    deals_visible_to,
    frozen_figures_visible_to,
    memoranda_visible_to,
    stage_changes_visible_to,
    targets_visible_to,
    values_visible_to,
)
from leads.deals.services import create_deal, record_memorandum, update_deal, update_memorandum


class PermitInline(ShownRowsInline):
    model = Permit


@admin.register(Deal)
class DealAdmin(RecordAdmin):
    """The stage is moved on the board or the deal's page, where the gate is."""

    visible = staticmethod(deals_visible_to)
    create = staticmethod(create_deal)
    update = staticmethod(update_deal)
    list_display = ("title", "company", "stage", "health", "owner", "sector", "region", "last_activity_at")
    list_select_related = ("company", "owner", "sector", "region")
    list_filter = ("stage", "health", "kind", "sector", "region", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("title", "search_text", "platform_number")
    date_hierarchy = "created_at"
    autocomplete_fields = ("company", "delegation", "meetings", "owner", "curator", "contact")
    readonly_fields = (
        *RecordAdmin.readonly_fields,
        "stage",
        "stage_entered_at",
        "health",
        "dormant_reason",
        "lost_reason",
        "lost_to",
        "last_activity_at",
    )
    inlines = (PermitInline,)


@admin.register(Memorandum)
class MemorandumAdmin(RecordAdmin):
    visible = staticmethod(memoranda_visible_to)
    create = staticmethod(lambda *, deal, **fields: record_memorandum(deal, **fields))
    update = staticmethod(update_memorandum)
    list_display = ("parties", "deal", "signed_on", "expires_on", "amount", "currency", "answerable")
    list_select_related = ("deal", "currency", "answerable")
    list_filter = (("signed_on", admin.DateFieldListFilter), ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("parties", "deal__title")
    date_hierarchy = "signed_on"
    autocomplete_fields = ("deal", "answerable", "document")


@admin.register(DealValue)
class DealValueAdmin(RecordAdmin):
    """Figures are recorded and confirmed on the deal's page, where the rate is looked up; here they are read."""

    visible = staticmethod(values_visible_to)
    list_display = ("deal", "kind", "date", "amount", "currency", "amount_reporting", "jobs", "confirmed_by")
    list_select_related = ("deal", "currency", "confirmed_by")
    list_filter = ("kind", "currency", ("date", admin.DateFieldListFilter))
    search_fields = ("deal__title", "evidence")
    date_hierarchy = "date"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(StageChange)
class StageChangeAdmin(VisibleAdmin):
    """Read-only: every move of every deal."""

    visible = staticmethod(stage_changes_visible_to)
    list_display = ("at", "deal", "from_stage", "to_stage", "by", "reason")
    list_select_related = ("deal", "by")
    list_filter = ("to_stage", ("at", admin.DateFieldListFilter))
    search_fields = ("deal__title", "reason")
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Target)
class TargetAdmin(RecordAdmin):
    visible = staticmethod(targets_visible_to)
    list_display = ("year", "quarter", "region", "district", "curator", "sector", "amount")
    list_select_related = ("region", "district", "curator", "sector")
    list_filter = ("year", "quarter", "region")
    search_fields = ("region__name_kk", "region__name_ru", "region__name_en")


@admin.register(FrozenFigures)
class FrozenFiguresAdmin(VisibleAdmin):
    """Read-only: what was reported upward stays as it was."""

    visible = staticmethod(frozen_figures_visible_to)
    list_display = ("as_at", "title", "region", "frozen_by")
    list_select_related = ("region", "frozen_by")
    list_filter = ("region", ("as_at", admin.DateFieldListFilter))
    search_fields = ("title",)
    date_hierarchy = "as_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
