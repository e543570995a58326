"""What a dashboard adds up: a fixed number of queries, then plain sums over slim rows.

Money is in the reporting currency. A figure of a kind replaces the one before it: what a deal has realised is its
newest realised figure, and what was invested in a quarter is how far that figure grew in it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from crm.accounts.models import User
from crm.delegations.choices import DelegationStatus
from crm.delegations.queries import delegations_visible_to
from crm.shared.choices import country_name
from crm.shared.formats import page_language
from leads.deals.choices import RESTING, Health, Stage, ValueKind
from leads.deals.models import Deal, DealValue, Memorandum
from leads.deals.queries.figures import AGES, AgeRow, Figures, FunnelRow, Score, SlipRow, SumRow, VisitRow
from leads.deals.queries.progress import RANKS, amount_of, deals_with_progress

#: A deal, a day, and by how much its realised figure grew then.
type Growth = tuple[int, date, Decimal]
YEAR = timedelta(days=365)
#: More rows than this say less: the rest is in the list that the heading leads to.
MOST_ROWS = 12
MOST_VISITS = 15


@dataclass(frozen=True, slots=True)
class DealFacts:
    """A deal as the dashboard counts it."""

    pk: int
    title: str
    stage: str
    health: str
    reached: int
    stage_entered_at: datetime
    sector: str
    sector_code: str
    country: str
    delegation_id: int | None
    district: str
    district_id: int | None
    curator: str
    curator_id: int | None
    announced: Decimal | None
    announced_in: int | None
    realised: Decimal | None
    headline: Decimal | None
    expected_start: date | None
    first_expected_start: date | None
    has_figure: bool
    is_quiet: bool
    is_overdue: bool

    @property
    def is_active(self) -> bool:
        return self.health not in RESTING and self.stage != Stage.REALISED


def deal_facts(deals: QuerySet[Deal], *, quiet: Q, overdue: Q) -> list[DealFacts]:
    """Return what the dashboard counts of the ``deals``: one query.

    ``quiet`` and ``overdue`` are the conditions of a deal gone quiet and of one whose next step is late.
    """
    language = page_language()
    history = Deal.history.model.objects.filter(id=OuterRef("pk"), expected_start__isnull=False)
    newest = DealValue.objects.active().filter(deal=OuterRef("pk"), amount__isnull=False).order_by("-date", "-pk")
    columns = {
        "sector": F(f"sector__name_{language}"),
        "sector_code": F("sector__code"),
        "country": F("company__country"),
        "district_name": F(f"district__name_{language}"),
        "curator_name": F("curator__full_name"),
        "announced": amount_of(ValueKind.ANNOUNCED),
        "realised": amount_of(ValueKind.REALISED),
        "headline": Subquery(newest.values("amount_reporting")[:1]),
        "has_figure": Exists(newest),
        "is_quiet": quiet,
        "is_overdue": overdue & ~Q(health__in=RESTING),
        "first_expected_start": Subquery(history.order_by("history_date", "history_id").values("expected_start")[:1]),
    }
    # The columns that it adds are none that the model's types know of.
    progress: Any = deals_with_progress(deals)
    rows = progress.order_by().values(
        "pk", "title", "stage", "health", "reached", "stage_entered_at", "delegation_id", "district_id", "curator_id",
        "announced_in", "expected_start", **{f"its_{name}": column for name, column in columns.items()},
    )  # fmt: skip
    return [_facts(row) for row in rows]


def _facts(row: dict[str, object]) -> DealFacts:
    own = {name.removeprefix("its_"): value for name, value in row.items()}
    own["district"], own["curator"] = own.pop("district_name"), own.pop("curator_name")
    texts = {name: own[name] or "" for name in ("sector", "sector_code", "country", "district", "curator")}
    return DealFacts(**(own | texts))  # type: ignore[arg-type]


def dashboard_figures(
    user: User, deals: QuerySet[Deal], facts: list[DealFacts], invested: list[Growth], *, on: date
) -> Figures:
    """Return all figures of the ``deals`` that the user sees, as they are on the user's day ``on``.

    ``facts`` and ``invested`` are theirs (``deal_facts``, ``money_invested``). Two queries.
    """
    return Figures(
        as_at=on,
        score=_score(facts, deals, invested, on=on),
        funnel=_funnel(facts),
        years=_years(facts),
        sectors=_sums(facts, lambda one: (one.sector_code, one.sector)),
        countries=_sums(facts, lambda one: (one.country, country_name(one.country) if one.country else "")),
        ageing=_ageing(facts, on=on),
        visits=_visits(user, facts),
        slips=_slips(facts),
    )


def money_invested(deals: QuerySet[Deal]) -> list[Growth]:
    """Return how far the realised figure of each deal grew, as (deal, day, sum); a correction downwards is negative."""
    values = DealValue.objects.active().filter(
        deal__in=deals.order_by().values("pk"), kind=ValueKind.REALISED, amount_reporting__isnull=False
    )
    before: dict[int, Decimal] = defaultdict(Decimal)
    grown = []
    dated: Any = values.order_by("date", "pk").values_list("deal_id", "date", "amount_reporting")
    for deal, day, amount in dated:
        grown.append((deal, day, amount - before[deal]))
        before[deal] = amount
    return grown


def _total(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _score(facts: list[DealFacts], deals: QuerySet[Deal], invested: list[Growth], *, on: date) -> Score:
    signed = Memorandum.objects.active().filter(deal__in=deals.order_by().values("pk"), signed_on__lte=on)
    papers = signed.aggregate(
        year=Count("pk", filter=Q(signed_on__gt=on - YEAR)),
        before=Count("pk", filter=Q(signed_on__lte=on - YEAR, signed_on__gt=on - 2 * YEAR)),
    )
    active = [one for one in facts if one.is_active]
    return Score(
        active=len(active),
        active_amount=_total(one.headline for one in active),
        signed=papers["year"],
        signed_before=papers["before"],
        invested=_total(amount for _deal, day, amount in invested if on - YEAR < day <= on),
        announced=_total(one.announced for one in facts),
        realised=_total(one.realised for one in facts),
        realised_deals=sum(one.reached == len(RANKS) for one in facts),
        deals=len(facts),
        unpriced=sum(one.has_figure and one.headline is None for one in facts),
        quiet=sum(one.is_quiet for one in facts),
        overdue=sum(one.is_overdue for one in facts),
    )


def _funnel(facts: list[DealFacts]) -> list[FunnelRow]:
    rows: list[FunnelRow] = []
    for stage, rank in RANKS.items():
        there = [one for one in facts if one.reached >= rank]
        before = rows[-1].count if rows else 0
        share = round(100 * len(there) / before) if before else None
        rows.append(FunnelRow(stage, rank, len(there), share, _total(one.headline for one in there)))
    return rows


def _years(facts: list[DealFacts]) -> list[SumRow]:
    years: dict[int, list[DealFacts]] = defaultdict(list)
    for one in facts:
        if one.announced_in:
            years[one.announced_in].append(one)
    return [_sum_row(str(year), str(year), years[year]) for year in sorted(years)]


def _sum_row(code: str, label: str, facts: list[DealFacts]) -> SumRow:
    return SumRow(
        code, label, len(facts), _total(one.announced for one in facts), _total(one.realised for one in facts)
    )


def _sums(facts: list[DealFacts], key: Callable[[DealFacts], tuple[str, str]]) -> list[SumRow]:
    groups: dict[tuple[str, str], list[DealFacts]] = defaultdict(list)
    for one in facts:
        groups[key(one)].append(one)
    rows = [_sum_row(code, label, found) for (code, label), found in groups.items() if code]
    return sorted(rows, key=lambda row: (-row.announced, -row.realised, -row.count, row.label))[:MOST_ROWS]


def _ageing(facts: list[DealFacts], *, on: date) -> list[AgeRow]:
    counts: Counter[tuple[str, int]] = Counter()
    for one in facts:
        if one.is_active:
            days = (on - timezone.localtime(one.stage_entered_at).date()).days
            counts[one.stage, sum(days > most for most in AGES)] += 1
    return [
        AgeRow(stage, rank, [counts[stage, column] for column in range(len(AGES) + 1)])
        for stage, rank in RANKS.items()
        if stage != Stage.REALISED
    ]


def _visits(user: User, facts: list[DealFacts]) -> list[VisitRow]:
    """Return the visits ranked by what came of them: money realised, then the stage reached, then money announced."""
    of_visit: dict[int, list[DealFacts]] = defaultdict(list)
    for one in facts:
        if one.delegation_id:
            of_visit[one.delegation_id].append(one)
    over = [DelegationStatus.RETURNED, DelegationStatus.CLOSED]
    met = Count("meetings", filter=Q(meetings__archived_at__isnull=True))
    visits = delegations_visible_to(user).filter(Q(archived_at__isnull=True), Q(status__in=over) | Q(pk__in=of_visit))
    rows = []
    for pk, title, start, meetings in visits.annotate(met=met).values_list("pk", "title", "start_date", "met"):
        found = of_visit.get(pk, [])
        reached = max((one.reached for one in found), default=0)
        announced, realised = _total(one.announced for one in found), _total(one.realised for one in found)
        rows.append(VisitRow(pk, title, start, meetings, len(found), reached, announced, realised))
    rows.sort(key=lambda row: (-row.realised, -row.reached, -row.announced, -row.deals, row.title))
    return rows[:MOST_VISITS]


def _slips(facts: list[DealFacts]) -> list[SlipRow]:
    """Return the deals whose expected start is not the one first stated, the furthest first."""
    rows = [
        SlipRow(one.pk, one.title, one.first_expected_start, one.expected_start)
        for one in facts
        if one.expected_start and one.first_expected_start and one.expected_start != one.first_expected_start
        if one.health != Health.LOST
    ]
    return sorted(rows, key=lambda row: (-row.days, row.title))[:MOST_ROWS]
