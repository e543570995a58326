"""The figures of a dashboard as plain values: what is shown, exported, and kept when it is frozen."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext as _

from leads.deals.choices import Stage

#: A deal has stood at its stage for at most so many days; the last column is everything longer.
AGES = (14, 30, 60)


def age_labels() -> list[str]:
    """Return the headings of the columns by days: "up to 14", "15–30", "31–60", "61+"."""
    starts = [most + 1 for most in AGES]
    spans = [f"{first}–{most}" for first, most in zip(starts, AGES[1:], strict=False)]
    return [_("up to %(days)s") % {"days": AGES[0]}, *spans, f"{starts[-1]}+"]


class Row:
    """A row that can be kept as JSON and read back: days and sums are written as text."""

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        types = {field.name: field.type for field in fields(cls)}  # type: ignore[arg-type]
        return cls(**{name: _read(types[name], value) for name, value in kept.items()})


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if kind in (Decimal, Decimal | None):
        return Decimal(value)
    return date.fromisoformat(value) if kind in (date, date | None) else value


@dataclass(frozen=True, slots=True)
class Score(Row):
    """The figures at the top. ``invested`` is of the last year; ``unpriced`` deals have a figure without a rate yet."""

    active: int
    active_amount: Decimal
    signed: int
    signed_before: int
    invested: Decimal
    announced: Decimal
    realised: Decimal
    realised_deals: int
    deals: int
    unpriced: int
    quiet: int
    overdue: int


@dataclass(frozen=True, slots=True)
class FunnelRow(Row):
    """Deals that came at least to a stage; ``share`` is the per cent of those at the stage before."""

    stage: str
    rank: int
    count: int
    share: int | None
    amount: Decimal

    @property
    def label(self) -> str:
        return str(Stage(self.stage).label)


@dataclass(frozen=True, slots=True)
class SumRow(Row):
    """Announced beside realised, of a year, a sector or a country."""

    code: str
    label: str
    count: int
    announced: Decimal
    realised: Decimal

    @property
    def share(self) -> int | None:
        """Per cent realised of what was announced."""
        return round(100 * self.realised / self.announced) if self.announced else None


@dataclass(frozen=True, slots=True)
class AgeRow(Row):
    """How many deals stand at a stage, by how long they have."""

    stage: str
    rank: int
    counts: list[int]

    @property
    def label(self) -> str:
        return str(Stage(self.stage).label)


@dataclass(frozen=True, slots=True)
class VisitRow(Row):
    """What came of a visit. ``reached`` is the number of the furthest stage, 0 without deals."""

    pk: int
    title: str
    start_date: date | None
    meetings: int
    deals: int
    reached: int
    announced: Decimal
    realised: Decimal

    @property
    def stage_label(self) -> str:
        return str(Stage.choices[self.reached - 1][1]) if self.reached else ""


@dataclass(frozen=True, slots=True)
class SlipRow(Row):
    """A deal whose expected start was put off, or brought forward."""

    pk: int
    title: str
    first: date
    now: date

    @property
    def days(self) -> int:
        return (self.now - self.first).days


@dataclass(frozen=True, slots=True)
class PlanRow(Row):
    """Plan beside actual, in the reporting currency; ``plan`` is None where none was set."""

    code: str
    label: str
    plan: Decimal | None
    actual: Decimal

    @property
    def share(self) -> int | None:
        """Per cent of the plan."""
        return round(100 * self.actual / self.plan) if self.plan else None


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one year, and how the years compare."""

    year: int
    years: list[PlanRow]
    quarters: list[PlanRow]
    districts: list[PlanRow]
    curators: list[PlanRow]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on the dashboard but the plan."""

    as_at: date
    score: Score
    funnel: list[FunnelRow]
    years: list[SumRow]
    sectors: list[SumRow]
    countries: list[SumRow]
    ageing: list[AgeRow]
    visits: list[VisitRow]
    slips: list[SlipRow]


ROWS: dict[str, type[Row]] = {
    "funnel": FunnelRow,
    "years": SumRow,
    "sectors": SumRow,
    "countries": SumRow,
    "ageing": AgeRow,
    "visits": VisitRow,
    "slips": SlipRow,
}
PLAN_ROWS = ("years", "quarters", "districts", "curators")


def figures_as_json(figures: Figures, plan: Plan) -> dict[str, Any]:
    """Return the figures as JSON keeps them: sums and days as text."""
    kept: dict[str, Any] = _plain({"figures": asdict(figures), "plan": asdict(plan)})
    return kept


def figures_of_json(kept: dict[str, Any]) -> tuple[Figures, Plan]:
    """Return the figures that ``figures_as_json`` kept."""
    figures, plan = kept["figures"], kept["plan"]
    rows: dict[str, Any] = {name: [row.read(one) for one in figures[name]] for name, row in ROWS.items()}
    planned: dict[str, Any] = {name: [PlanRow.read(one) for one in plan[name]] for name in PLAN_ROWS}
    return (
        Figures(as_at=date.fromisoformat(figures["as_at"]), score=Score.read(figures["score"]), **rows),
        Plan(year=plan["year"], **planned),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Decimal | date) else value
