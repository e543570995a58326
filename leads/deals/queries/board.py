"""Reads of many deals at once: what stands on the board, and what it adds up to."""

from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.functions import Cast, RowNumber
from django.utils.translation import get_language

from crm.commitments.choices import CommitmentSide, CommitmentStatus
from crm.commitments.models import Commitment
from crm.shared.choices import country_name
from leads.deals.choices import RESTING, Stage
from leads.deals.models import Deal, DealValue


def active_deals(deals: QuerySet[Deal]) -> QuerySet[Deal]:
    """Leave out what is archived, lost or dormant."""
    return deals.filter(archived_at__isnull=True).exclude(health__in=RESTING)


def open_steps_of_each() -> QuerySet[Commitment]:
    """Return the open commitments of ours about the deal of an outer query: for ``Exists`` and sub-queries."""
    return Commitment.objects.active().filter(
        about_type=ContentType.objects.get_for_model(Deal),
        about_id=OuterRef("pk"),
        side=CommitmentSide.OURS,
        status=CommitmentStatus.OPEN,
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """What a column, or the whole board, adds up to; ``unpriced`` deals have an amount but no rate yet."""

    count: int = 0
    amount: Decimal = Decimal(0)
    unpriced: int = 0
    overdue: int = 0
    quiet: int = 0
    stepless: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, f.name) + getattr(other, f.name) for f in dataclass_fields(Totals)))


def totals_by_stage(deals: QuerySet[Deal], *, quiet: Q, today: date) -> dict[str, Totals]:
    """Return the totals of the ``deals`` by stage, in one query. Amounts are in the reporting currency."""
    newest = DealValue.objects.active().filter(deal=OuterRef("pk"), amount__isnull=False).order_by("-date", "-pk")
    steps = open_steps_of_each()
    rows = (
        deals.order_by()
        .annotate(
            headline=Subquery(newest.values("amount_reporting")[:1]),
            has_headline=Exists(newest),
            is_overdue=Exists(steps.filter(due_date__lt=today)),
            has_step=Exists(steps),
        )
        .values("stage")
        .annotate(
            count=Count("pk"),
            amount=Sum("headline"),
            unpriced=Count("pk", filter=Q(has_headline=True, headline__isnull=True)),
            overdue=Count("pk", filter=Q(is_overdue=True)),
            quiet=Count("pk", filter=quiet),
            stepless=Count("pk", filter=Q(has_step=False) & ~Q(stage=Stage.REALISED)),
        )
    )
    return {
        row["stage"]: Totals(
            count=row["count"],
            amount=row["amount"] or Decimal(0),
            unpriced=row["unpriced"],
            overdue=row["overdue"],
            quiet=row["quiet"],
            stepless=row["stepless"],
        )
        for row in rows
    }


def first_of_each_stage(deals: QuerySet[Deal], *, limit: int) -> QuerySet[Deal]:
    """Return the latest ``limit`` of the ``deals`` of each stage, with what a card shows. One query."""
    rank = Window(RowNumber(), partition_by=[F("stage")], order_by=[F("last_activity_at").desc(), F("pk").desc()])
    return (
        deals.select_related("company", "sector", "owner")
        .annotate(rank=rank)
        .filter(rank__lte=limit)
        .order_by("stage", "rank")
    )


def filter_options(deals: QuerySet[Deal]) -> dict[str, list[tuple[str, str]]]:
    """Return what the ``deals`` can be narrowed to, as (value, label) by filter: one query for all of them."""
    language = (get_language() or "kk")[:2]
    columns = {
        "owner": ("owner_id", "owner__full_name"),
        "country": ("company__country", "company__country"),
        "sector": ("sector__code", f"sector__name_{language}"),
        "delegation": ("delegation_id", "delegation__title"),
        "region": ("region__code", f"region__name_{language}"),
    }
    parts = [
        deals.order_by()
        .exclude(**{f"{label}__isnull": True})
        .annotate(
            option_of=Value(name, CharField()),
            option=Cast(value, CharField()),
            option_label=Cast(label, CharField()),
        )
        .values_list("option_of", "option", "option_label")
        .distinct()
        for name, (value, label) in columns.items()
    ]
    options: dict[str, list[tuple[str, str]]] = {name: [] for name in columns}
    for name, value, label in parts[0].union(*parts[1:]).order_by():
        if value:
            options[name].append((value, country_name(value) if name == "country" else label))
    return {name: sorted(found, key=lambda option: option[1]) for name, found in options.items()}
