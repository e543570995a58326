"""Plan beside actual, in the reporting currency."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet

from crm.shared.formats import page_language
from leads.deals.models import Target
from leads.deals.queries.dashboard import DealFacts, Growth
from leads.deals.queries.figures import Plan, PlanRow

#: The years that are compared with the one looked at.
YEARS_SHOWN = 5


def plan_beside_actual(
    targets: QuerySet[Target], facts: Iterable[DealFacts], invested: Iterable[Growth], *, year: int
) -> Plan:
    """Return the plan of ``year`` beside what was invested in it, by year, quarter, district and curator. One query.

    A year's plan is its own target, else the sum of its quarters', else that of its districts'. ``invested`` says how
    far each deal's realised figure grew, and when (``money_invested``).
    """
    kept = _Targets(targets, year)
    by_deal = {one.pk: one for one in facts}
    actual: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for deal, day, amount in invested:
        actual["year", str(day.year)] += amount
        if day.year == year and deal in by_deal:
            one = by_deal[deal]
            actual["quarter", str((day.month + 2) // 3)] += amount
            actual["district", str(one.district_id or "")] += amount
            actual["curator", str(one.curator_id or "")] += amount
    names = {("district", str(one.district_id)): one.district for one in by_deal.values() if one.district_id}
    names |= {("curator", str(one.curator_id)): one.curator for one in by_deal.values() if one.curator_id}
    names |= kept.names
    years = [str(one) for one in range(year - YEARS_SHOWN + 1, year + 1)]
    return Plan(
        year=year,
        years=[PlanRow(one, one, kept.of_year(int(one)), actual["year", one]) for one in years],
        quarters=[PlanRow(q, q, kept.plans.get(("quarter", q)), actual["quarter", q]) for q in ("1", "2", "3", "4")],
        districts=_rows("district", kept, actual, names),
        curators=_rows("curator", kept, actual, names),
    )


def _rows(
    kind: str,
    kept: "_Targets",
    actual: dict[tuple[str, str], Decimal],
    names: dict[tuple[str, str], str],
) -> list[PlanRow]:
    keys = {key for key in (*kept.plans, *actual) if key[0] == kind and key[1]}
    rows = [PlanRow(key[1], names.get(key, ""), kept.plans.get(key), actual.get(key, Decimal(0))) for key in keys]
    return sorted(rows, key=lambda row: (-(row.plan or 0), -row.actual, row.label))


class _Targets:
    """The targets, summed by what they are set for; those of one sector are parts of the others and left out."""

    def __init__(self, targets: QuerySet[Target], year: int) -> None:
        language = page_language()
        self.plans: dict[tuple[str, str], Decimal] = {}
        self.names: dict[tuple[str, str], str] = {}
        self._whole: dict[int, Decimal] = defaultdict(Decimal)
        self._quarters: dict[int, Decimal] = defaultdict(Decimal)
        self._parts: dict[int, Decimal] = defaultdict(Decimal)
        rows = targets.filter(archived_at__isnull=True, sector__isnull=True).values_list(
            "year", "quarter", "district_id", f"district__name_{language}", "curator_id", "curator__full_name", "amount"
        )
        yearly: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        quarterly: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for its_year, quarter, district, district_name, curator, curator_name, amount in rows:
            key = ("curator", str(curator)) if curator else ("district", str(district)) if district else None
            if key is None:
                (self._quarters if quarter else self._whole)[its_year] += amount
                if quarter and its_year == year:
                    quarterly["quarter", str(quarter)] += amount
                continue
            if key[0] == "district":
                self._parts[its_year] += amount
            if its_year == year:
                (quarterly if quarter else yearly)[key] += amount
                self.names[key] = curator_name or district_name or ""
        self.plans = {**quarterly, **yearly}

    def of_year(self, year: int) -> Decimal | None:
        for kept in (self._whole, self._quarters, self._parts):
            if year in kept:
                return kept[year]
        return None
