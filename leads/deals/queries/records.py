"""Reads of deals and of what belongs to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.companies.models import Company
from crm.companies.queries import name_key
from crm.meetings.choices import Outcome
from crm.meetings.models import Meeting
from crm.reference.choices import RegionKind
from crm.reference.models import Region
from crm.reference.queries import regions_within
from crm.shared.numbers import whole_number
from crm.shared.searching import folded_text, search_records
from leads.deals.models import Deal, DealValue, FrozenFigures, Memorandum, Permit, StageChange, Target
from leads.extraction.folding import fold


def deals_visible_to(user: User | AnonymousUser) -> QuerySet[Deal]:
    return within_regions_of(user, Deal.objects.all())


def targets_visible_to(user: User | AnonymousUser) -> QuerySet[Target]:
    return within_regions_of(user, Target.objects.all())


def frozen_figures_visible_to(user: User | AnonymousUser) -> QuerySet[FrozenFigures]:
    return within_regions_of(user, FrozenFigures.objects.all())


def memoranda_visible_to(user: User | AnonymousUser) -> QuerySet[Memorandum]:
    return within_regions_of(user, Memorandum.objects.all(), field="deal__region")


def values_visible_to(user: User | AnonymousUser) -> QuerySet[DealValue]:
    return within_regions_of(user, DealValue.objects.all(), field="deal__region")


def stage_changes_visible_to(user: User | AnonymousUser) -> QuerySet[StageChange]:
    return within_regions_of(user, StageChange.objects.all(), field="deal__region")


def permits_visible_to(user: User | AnonymousUser) -> QuerySet[Permit]:
    return within_regions_of(user, Permit.objects.all(), field="deal__region")


def parts_of_deal(deal: Deal) -> list[QuerySet[Any]]:
    """Return the rows that belong to the deal and are logged for themselves."""
    return [deal.values.all(), deal.memoranda.all(), deal.permits.all(), deal.stage_changes.all()]


@dataclass(frozen=True, slots=True)
class DealThen:
    """A deal at a moment, and what it had on paper then."""

    deal: Deal
    values: list[DealValue]
    memoranda: list[Memorandum]


def deal_as_it_was(deal: Deal, *, moment: datetime) -> DealThen | None:
    """Return the deal as it stood at ``moment``, ``None`` where it had not been entered yet. Out of the history."""
    was = Deal.history.filter(id=deal.pk, history_date__lt=moment).order_by("-history_date", "-history_id").first()
    if was is None:
        return None
    values = _as_they_were(DealValue.history.filter(deal_id=deal.pk).select_related("currency"), moment)
    memoranda = _as_they_were(Memorandum.history.filter(deal_id=deal.pk), moment)
    return DealThen(
        deal=was.instance,
        values=sorted(values, key=lambda value: (value.date, value.pk), reverse=True),
        memoranda=sorted(memoranda, key=lambda paper: (paper.signed_on, paper.pk), reverse=True),
    )


def _as_they_were(rows: QuerySet[Any], moment: datetime) -> list[Any]:
    """Return each row of a history as it stood at ``moment``, those archived by then left out."""
    latest = {row.id: row for row in rows.filter(history_date__lt=moment).order_by("history_date", "history_id")}
    return [row.instance for row in latest.values() if row.archived_at is None and row.history_type != "-"]


def deal_search_keys(deal: Deal) -> dict[str, str]:
    """Return what the deal's folded columns must hold. The company's names are searched in the company's own."""
    parts = [deal.title, deal.summary, deal.counterpart, deal.site, deal.platform_number]
    return {"search_text": folded_text(parts)}


def newest_values(deal_keys: Collection[int]) -> dict[tuple[int, str], DealValue]:
    """Return the newest figure of each kind, by deal and kind. One query."""
    values = DealValue.objects.active().filter(deal__in=deal_keys).select_related("currency").order_by("date", "pk")
    return {(value.deal_id, value.kind): value for value in values}


def newest_memoranda(deal_keys: Collection[int]) -> dict[int, Memorandum]:
    """Return the newest memorandum of each deal that has one. One query."""
    memoranda = Memorandum.objects.active().filter(deal__in=deal_keys).order_by("signed_on", "pk")
    return {memorandum.deal_id: memorandum for memorandum in memoranda}


def deals_with_permits(deal_keys: Collection[int]) -> set[int]:
    """Return the keys of the deals whose list of permits is begun. One query."""
    return set(Permit.objects.filter(deal__in=deal_keys).values_list("deal_id", flat=True))


def headline_of(values: Iterable[DealValue]) -> DealValue | None:
    """Return the figure that stands for a deal: the newest that has an amount."""
    return max((value for value in values if value.amount is not None), key=lambda v: (v.date, v.pk), default=None)


def search_deals(deals: QuerySet[Deal], text: str) -> QuerySet[Deal]:
    """Return the ``deals`` where each word of ``text`` stands in the deal or in its company's names."""
    for word in fold(text).split():
        deals = deals.filter(Q(search_text__contains=word) | Q(company__search_text__contains=word))
    return deals


def deals_with_papers(deals: QuerySet[Deal]) -> QuerySet[Deal]:
    """Return the ``deals`` with all that a deal's page shows: one query, and one for each kind of paper.

    ``awaiting_meeting`` is the key of the deal's latest meeting whose outcome has not been logged.
    """
    awaiting = Meeting.objects.active().filter(deals=OuterRef("pk"), outcome=Outcome.AWAITED)
    return (
        deals.select_related("region", "company", "sector", "owner", "curator", "district", "contact", "delegation")
        .annotate(awaiting_meeting=Subquery(awaiting.order_by("-date", "-pk").values("pk")[:1]))
        .prefetch_related(
            Prefetch("values", DealValue.objects.active().select_related("currency", "recorded_by", "confirmed_by")),
            Prefetch("memoranda", Memorandum.objects.active().select_related("answerable", "currency")),
            Prefetch("stage_changes", StageChange.objects.select_related("by")),
            "permits",
        )
    )


def companies_named(name: str) -> list[Company]:
    """Return the companies of this name, or the one whose number stands behind it: ``Yıldız #12``."""
    known = Company.objects.filter(archived_at__isnull=True)
    stem, _mark, number = name.rpartition("#")
    key = whole_number(number)
    if stem and key is not None:
        return list(known.filter(pk=key))
    return list(known.filter(folded_name=name_key(name))[:5])


def company_suggestions(text: str, *, limit: int = 10) -> list[Company]:
    """Return companies whose names hold the words of ``text``, for a field to propose."""
    words = fold(text)
    if not words:
        return []
    return list(search_records(Company.objects.filter(archived_at__isnull=True), text).order_by("name")[:limit])


def regions_to_choose(user: User) -> QuerySet[Region]:
    """Return the regions in which the user may make a deal."""
    return regions_within(user.region).filter(kind=RegionKind.REGION)


def districts_of(region: Region) -> QuerySet[Region]:
    return Region.objects.filter(parent=region, kind=RegionKind.DISTRICT)
