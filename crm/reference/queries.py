"""Reads of the reference data."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from crm.reference.calendar import WorkingCalendar
from crm.reference.choices import DayKind, RegionKind
from crm.reference.models import Currency, ExchangeRate, Holiday, Region

#: The longest row of days without a quotation is about a week (Nauryz with its weekends); an older rate is no rate.
RATE_IS_VALID_FOR = timedelta(days=10)
NEARER_REGION_LAST = (RegionKind.COUNTRY, RegionKind.REGION, RegionKind.DISTRICT)


def regions_within(region: Region) -> QuerySet[Region]:
    """Return ``region`` and all below it (the tree is three levels deep)."""
    return Region.objects.filter(Q(pk=region.pk) | Q(parent=region.pk) | Q(parent__parent=region.pk))


def country() -> Region:
    """Return the root of the tree."""
    return Region.objects.get(kind=RegionKind.COUNTRY)


def calendar_of(region: Region) -> WorkingCalendar:
    """Return the working days of ``region``: its own rows and those of the regions above it, the nearer one ruling.

    One query a call; keep the result while working with the region, nothing is cached between calls.
    """
    above = Q(region=region.pk) | Q(region__children=region.pk) | Q(region__children__children=region.pk)
    rows = Holiday.objects.filter(above).values_list("date", "kind", "region__kind")
    return _calendar((day, kind, RegionKind(level)) for day, kind, level in rows)


@dataclass(frozen=True, slots=True)
class RegionAtWork:
    """What rules that run over all owners know of a region: its working days, its clock, and who sees what is of it.

    ``line`` are the keys of the region and of those above it, as ``Region.line``.
    """

    calendar: WorkingCalendar
    zone: ZoneInfo
    line: tuple[int, ...]


def regions_at_work() -> dict[int, RegionAtWork]:
    """Return every region by its key, in one query: for rules that run over all owners."""
    parents: dict[int, int | None] = {}
    zones: dict[int, ZoneInfo] = {}
    rows: dict[int, list[tuple[date, str, RegionKind]]] = defaultdict(list)
    fields = ("pk", "parent", "kind", "time_zone", "holidays__date", "holidays__kind")
    for region, parent, level, zone, day, kind in Region.objects.order_by().values_list(*fields):
        parents[region], zones[region] = parent, ZoneInfo(zone)
        if day is not None:
            rows[region].append((day, kind, RegionKind(level)))
    # Regions without days of their own, nearly all of them, share their country's calendar.
    by_sources: dict[tuple[int, ...], WorkingCalendar] = {}
    found = {}
    for region in parents:
        line = tuple(_line_of(region, parents))
        sources = tuple(key for key in line if key in rows)
        if sources not in by_sources:
            by_sources[sources] = _calendar(row for key in sources for row in rows[key])
        found[region] = RegionAtWork(by_sources[sources], zones[region], line)
    return found


def _line_of(region: int | None, parents: dict[int, int | None]) -> Iterable[int]:
    while region is not None:
        yield region
        region = parents[region]


def _calendar(rows: Iterable[tuple[date, str, RegionKind]]) -> WorkingCalendar:
    kinds = {day: kind for day, kind, _ in sorted(rows, key=lambda row: NEARER_REGION_LAST.index(row[2]))}
    return WorkingCalendar(
        days_off=frozenset(day for day, kind in kinds.items() if kind == DayKind.DAY_OFF),
        worked_weekends=frozenset(day for day, kind in kinds.items() if kind == DayKind.WORKING_DAY),
    )


def rate_on(currency: Currency, day: date) -> ExchangeRate | None:
    """Return the newest rate of ``currency`` on or before ``day``, at most ten days old, else ``None``: not known yet.

    The reporting currency itself is worth 1 on any day; that row is not in the database.
    """
    if currency.code == settings.REPORTING_CURRENCY:
        return ExchangeRate(currency=currency, date=day, rate=Decimal(1))
    valid = ExchangeRate.objects.filter(currency=currency, date__range=(day - RATE_IS_VALID_FOR, day))
    return valid.order_by("-date").first()
