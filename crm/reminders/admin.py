from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from crm.accounts.queries import within_regions_of
from crm.audit.admin import VisibleAdmin
from crm.reminders.models import DigestDelivery, DigestItem, Snooze


class ReadOnlyPage(VisibleAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DigestItemInline(admin.TabularInline):
    model = DigestItem
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(DigestDelivery)
class DigestDeliveryAdmin(ReadOnlyPage):
    """Which weekly mail went to whom, and which failed."""

    list_display = ("user", "week", "state", "scheduled_for", "sent_at", "attempts")
    list_select_related = ("user",)
    list_filter = ("state",)
    search_fields = ("user__full_name", "user__email", "week", "message_id")
    inlines = (DigestItemInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return within_regions_of(request.user, super().get_queryset(request), field="user__region")


@admin.register(Snooze)
class SnoozeAdmin(ReadOnlyPage):
    list_display = ("user", "rule", "until", "about_type", "about_id")
    list_select_related = ("user", "about_type")
    list_filter = ("rule",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return within_regions_of(request.user, super().get_queryset(request), field="user__region")
