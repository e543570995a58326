"""The board and the table: the same deals, narrowed by the same query string."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import add
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.commitments.models import Commitment
from crm.commitments.queries import next_steps_of
from crm.reference.choices import RegionKind
from crm.shared.htmx import render_page
from crm.shared.numbers import whole_number
from crm.shared.pagination import page_of
from crm.shared.sorting import sorting_of
from leads.deals.choices import RESTING, Health, Stage, ValueKind
from leads.deals.filters import DealFilter
from leads.deals.models import Deal, DealValue
from leads.deals.queries import (
    AGES,
    Totals,
    age_labels,
    company_suggestions,
    deals_visible_to,
    filter_options,
    first_of_each_stage,
    headline_of,
    is_quiet,
    newest_values,
    quiet_cutoffs,
    totals_by_stage,
)

CARDS_A_COLUMN = 25
SORTED_BY = {
    "deal": ("title",),
    "company": ("company__name",),
    "stage": ("stage_rank", "stage_entered_at"),
    "owner": ("owner__full_name",),
    "activity": ("last_activity_at",),
}
#: The filters that a list of choices sets, in the order of the bar.
CHOSEN_BY = ("owner", "region", "country", "sector", "delegation")
#: The filters that links from other pages set: shown as what the list is narrowed to, and taken away by a click.
LINKED_BY = ("open", "reached", "age", "announced_in", "began_from", "began_to", "district", "curator")


@dataclass(frozen=True, slots=True)
class Card:
    """A deal as the board and the table show it. ``quiet_days`` is none while the deal is not quiet."""

    deal: Deal
    step: Commitment | None
    value: DealValue | None
    quiet_days: int | None


@dataclass(frozen=True, slots=True)
class Column:
    number: int
    stage: Stage
    totals: Totals
    cards: list[Card] = field(default_factory=list)


class Lens:
    """The deals that a user sees, as the query string narrows them, on the user's day."""

    def __init__(self, user: User, query: QueryDict) -> None:
        self.query, self.today = query, timezone.localdate()
        self.cutoffs = quiet_cutoffs(user.region, on=self.today)
        self.quiet = is_quiet(self.cutoffs, ZoneInfo(user.region.time_zone))
        self.deals: QuerySet[Deal] = deals_visible_to(user).filter(archived_at__isnull=True)
        self.filter = DealFilter(query, self.deals, quiet=self.quiet, today=self.today)
        self.found: QuerySet[Deal] = self.filter.qs
        self.is_national = user.region.kind == RegionKind.COUNTRY

    def cards(self, deals: Iterable[Deal]) -> list[Card]:
        """Return the deals with next steps and figures: two queries for any number."""
        shown = list(deals)
        steps, values = next_steps_of(shown), newest_values([deal.pk for deal in shown])
        return [
            Card(
                deal,
                step=steps.get(deal.pk),
                value=headline_of(values[deal.pk, kind] for kind in ValueKind if (deal.pk, kind) in values),
                quiet_days=self._quiet_days(deal),
            )
            for deal in shown
        ]

    def _quiet_days(self, deal: Deal) -> int | None:
        last: date = timezone.localtime(deal.last_activity_at).date()
        cutoff = self.cutoffs.get(deal.stage)
        if cutoff is None or last > cutoff or deal.health in RESTING:
            return None
        return (self.today - last).days

    def choices(self) -> list[dict[str, Any]]:
        """Return the choices of the filter bar; what offers nothing to choose is left out."""
        options = filter_options(self.deals)
        if not self.is_national:
            options.pop("region")
        return [
            {
                "name": name,
                "label": self.filter.filters[name].label,
                "options": options[name],
                "chosen": self.query.get(name, ""),
            }
            for name in CHOSEN_BY
            if options.get(name)
        ]

    def linked(self) -> list[dict[str, str]]:
        """Return the filters that a link has set, with their names in words."""
        return [
            {"name": name, "value": self.query[name], "label": self._in_words(name, self.query[name])}
            for name in LINKED_BY
            if self.query.get(name)
        ]

    def _in_words(self, name: str, value: str) -> str:
        label = str(self.filter.filters[name].label)
        if name == "open":
            return label
        if name == "age":
            column = whole_number(value)
            return label if column is None or column > len(AGES) else f"{label}: {age_labels()[column]}"
        if name == "reached":
            return f"{label}: {Stage(value).label}" if value in Stage.values else label
        if name in ("district", "curator"):
            first = self.found.select_related(name).first()
            return f"{label}: {getattr(first, name)}" if first else label
        return f"{label}: {value}"

    def at_rest(self) -> Mapping[str, int]:
        """Return how many deals rest, by health."""
        counted = self.deals.order_by().filter(health__in=RESTING).values_list("health").annotate(Count("pk"))
        return dict.fromkeys((Health.DORMANT, Health.LOST), 0) | dict(counted)


def board_context(lens: Lens) -> dict[str, Any]:
    """Return what the board shows: seven columns with totals and their first cards."""
    totals = totals_by_stage(lens.found, quiet=lens.quiet, today=lens.today)
    cards = lens.cards(first_of_each_stage(lens.found, limit=CARDS_A_COLUMN))
    columns = [
        Column(number, stage, totals.get(stage, Totals()), [card for card in cards if card.deal.stage == stage])
        for number, stage in enumerate(Stage, start=1)
    ]
    return {
        "columns": columns,
        "total": reduce(add, totals.values(), Totals()),
        "today": lens.today,
        "query": lens.query,
        "narrowed": any(lens.query.values()),
        "reporting_currency": settings.REPORTING_CURRENCY,
    }


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The deals by stage."""
    lens = Lens(request.user, request.GET)
    context = board_context(lens)
    if not request.htmx:
        context |= {"choices": lens.choices(), "linked": lens.linked(), "at_rest": lens.at_rest()}
    return render_page(request, "deals/board.html", context, partial="columns")


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """The same deals as rows: sorted by their headings, in pages."""
    lens = Lens(request.user, request.GET)
    ranks = [When(stage=stage, then=Value(rank)) for rank, stage in enumerate(Stage, start=1)]
    sorting = sorting_of(request, SORTED_BY, default="-activity")
    deals = lens.found.select_related("company", "sector", "owner").annotate(
        stage_rank=Case(*ranks, output_field=IntegerField())
    )
    page = page_of(request, sorting.apply(deals))
    context: dict[str, Any] = {
        "page": page,
        "cards": lens.cards(page.object_list),
        "sorting": sorting,
        "today": lens.today,
        "query": lens.query,
        "stages": Stage.choices,
    }
    if not request.htmx:
        context |= {"choices": lens.choices(), "linked": lens.linked(), "at_rest": lens.at_rest()}
    return render_page(request, "deals/table.html", context, partial="rows")


@require_GET
def company_names(request: HttpRequest) -> HttpResponse:
    """Names of the directory that hold what is being typed, as options of the field's list."""
    require_writer(request.user)
    companies = company_suggestions(request.GET.get("company", ""))
    doubled = Counter(company.name for company in companies)
    options = [(f"{c.name} #{c.pk}" if doubled[c.name] > 1 else c.name, c) for c in companies]
    return render(request, "deals/_company_names.html", {"options": options})
