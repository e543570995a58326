from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from crm.audit.admin import RowsInline, WritableAdmin
from crm.reference.models import Currency, ExchangeRate, Holiday, Office, OfficeName, Region, Sector
from crm.reference.queries import regions_within


class SharedAdmin(WritableAdmin):
    """What the whole country shares: everybody here sees it, only national administrators change it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and request.user.is_national  # type: ignore[union-attr]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and request.user.is_national  # type: ignore[union-attr]


class RegionalAdmin(WritableAdmin):
    """What belongs to a region: seen and changed within the administrator's tree."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        within = regions_within(request.user.region)  # type: ignore[union-attr]
        return super().get_queryset(request).filter(region__in=within.values("pk"))


@admin.register(Region)
class RegionAdmin(SharedAdmin):
    list_display = ("code", "kind", "name_kk", "name_ru", "name_en", "time_zone")
    list_filter = ("kind",)
    search_fields = ("code", "name_kk", "name_ru", "name_en")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        within = regions_within(request.user.region).values("pk")  # type: ignore[union-attr]
        return super().get_queryset(request).filter(Q(pk__in=within)).select_related("parent")


@admin.register(Sector)
class SectorAdmin(SharedAdmin):
    list_display = ("code", "name_kk", "name_ru", "name_en", "isic_divisions")
    search_fields = ("code", "name_kk", "name_ru", "name_en")


@admin.register(Currency)
class CurrencyAdmin(SharedAdmin):
    list_display = ("code", "symbol", "name_kk", "name_ru", "name_en")
    search_fields = ("code", "name_kk", "name_ru", "name_en")


@admin.register(ExchangeRate)
class ExchangeRateAdmin(SharedAdmin):
    list_display = ("date", "currency", "rate", "source")
    list_filter = ("currency", ("date", admin.DateFieldListFilter))
    list_select_related = ("currency",)
    date_hierarchy = "date"


@admin.register(Holiday)
class HolidayAdmin(RegionalAdmin):
    list_display = ("date", "kind", "name_kk", "name_ru", "region")
    list_filter = ("kind", ("date", admin.DateFieldListFilter))
    list_select_related = ("region",)
    date_hierarchy = "date"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Show the country's days too: they hold in every region, whose administrators cannot change them."""
        return self.model.objects.select_related("region").filter(
            Q(region__in=regions_within(request.user.region).values("pk")) | Q(region__parent=None)  # type: ignore[union-attr]
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        of_country = obj is not None and obj.region.parent_id is None
        return super().has_change_permission(request, obj) and (
            not of_country or request.user.is_national  # type: ignore[union-attr]
        )


class OfficeNameInline(RowsInline):
    model = OfficeName


@admin.register(Office)
class OfficeAdmin(RegionalAdmin):
    list_display = ("__str__", "kind", "region", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("names__name_kk", "names__name_ru", "names__name_en")
    inlines = (OfficeNameInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("region").prefetch_related("names")
