"""What came of a visit: as it stood 30, 90 and 365 days after the return, and as it stands now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import TruncDate
from django.utils import timezone

from crm.accounts.models import User
from crm.delegations.choices import DelegationStatus
from crm.delegations.models import Delegation
from crm.meetings.choices import Outcome
from crm.meetings.models import Meeting
from crm.meetings.queries import meetings_visible_to
from leads.deals.choices import Stage, ValueKind
from leads.deals.models import Deal, DealValue, StageChange
from leads.deals.queries.board import open_steps_of_each
from leads.deals.queries.progress import RANKS, deals_with_progress
from leads.deals.queries.records import deals_visible_to

#: Days after the return at which leaders ask what came of it.
CHECKPOINTS = (30, 90, 365)
#: The stages whose number a visit is judged by.
MILESTONES = (Stage.MEMORANDUM, Stage.AGREEMENT, Stage.REALISED)
#: A meeting that did not take place has nothing that could come of it.
NOT_HELD = [Outcome.AWAITED, Outcome.DID_NOT_TAKE_PLACE]


@dataclass(frozen=True, slots=True)
class DealOfVisit:
    """A deal, the stage it stands at and the furthest it ever came to (1 to 7), its figure as people know it."""

    deal: Deal
    number: int
    reached: int
    amount: Decimal | None
    currency: str

    @property
    def reached_label(self) -> str:
        return str(Stage.choices[self.reached - 1][1])


@dataclass(frozen=True, slots=True)
class Standing:
    """What had come of the visit by the end of ``day``; ``days`` after the return, None for "now".

    ``moved``: how many deals had come at least to each of ``MILESTONES``; ``sums``: by kind, in the reporting currency.
    """

    days: int | None
    day: date
    has_come: bool
    meetings: int
    deals: int
    moved: list[int]
    sums: list[Decimal]


@dataclass(frozen=True, slots=True)
class VisitOutcome:
    """What came of a visit. ``unpriced`` deals have a figure without a rate yet; ``held`` meetings took place."""

    deals: list[DealOfVisit]
    standings: list[Standing]
    held: int
    unpriced: int
    days_since: int | None

    @property
    def now(self) -> Standing:
        return self.standings[-1]

    @property
    def furthest(self) -> DealOfVisit | None:
        return max(self.deals, key=lambda row: row.reached, default=None)


@dataclass(frozen=True, slots=True)
class _Fact:
    """A dated figure of a deal, or a held meeting with the day on which its outcome was first logged."""

    kind: str
    about: int
    day: date | None
    pk: int
    amount: Decimal | None
    currency: str
    reporting: Decimal | None


def outcome_of_visit(visit: Delegation, user: User, *, on: date) -> VisitOutcome:
    """Return what came of ``visit`` as far as ``user`` sees it, by the user's day ``on``. Two queries."""
    deals = list(_deals_of(visit, user))
    facts = _facts_of(visit, user)
    figures = [fact for fact in facts if fact.kind != _MEETING]
    met = [fact.day for fact in facts if fact.kind == _MEETING]
    returned = visit.end_date or visit.start_date
    began = returned is not None and returned <= on and visit.status != DelegationStatus.CANCELLED
    checks: list[tuple[int | None, date]] = []
    if returned and began:
        checks += [(days, returned + timedelta(days)) for days in CHECKPOINTS]
    standings = [_standing(days, day, on, deals, figures, met) for days, day in [*checks, (None, on)]]
    newest = {fact.about: fact for fact in figures}
    return VisitOutcome(
        deals=[_row(deal, newest.get(deal.pk)) for deal in deals],
        standings=standings,
        held=len(met),
        unpriced=len({fact.about for fact in figures if fact.reporting is None}),
        days_since=(on - returned).days if returned and began else None,
    )


def _row(deal: Any, figure: _Fact | None) -> DealOfVisit:
    amount, currency = (figure.amount, figure.currency) if figure else (None, "")
    return DealOfVisit(deal, RANKS[deal.stage], deal.reached, amount, currency)


def _standing(
    days: int | None,
    day: date,
    on: date,
    deals: Sequence[Any],
    figures: Sequence[_Fact],
    met: Iterable[date | None],
) -> Standing:
    then = min(day, on)
    return Standing(
        days=days,
        day=day,
        has_come=day <= on,
        meetings=sum(logged is not None and logged <= then for logged in met),
        deals=sum(timezone.localtime(deal.created_at).date() <= then for deal in deals),
        moved=[sum(_had_come(deal, stage, then) for deal in deals) for stage in MILESTONES],
        sums=[_sum(figures, kind, then) for kind in ValueKind.values],
    )


def _had_come(deal: Any, stage: Stage, day: date) -> bool:
    """Had the deal come to ``stage`` or further by the end of ``day``? One entered there has no change to tell it."""
    moment = getattr(deal, f"came_to_{stage}")
    if moment is None and RANKS[deal.stage] >= RANKS[stage]:
        moment = deal.stage_entered_at
    return moment is not None and timezone.localtime(moment).date() <= day


def _sum(figures: Sequence[_Fact], kind: str, day: date) -> Decimal:
    """Add up the newest figure of the kind that each deal had by then; figures come in the order of their days."""
    newest = {fact.about: fact for fact in figures if fact.kind == kind and fact.day and fact.day <= day}
    return sum((fact.reporting for fact in newest.values() if fact.reporting is not None), Decimal(0))


def _deals_of(visit: Delegation, user: User) -> QuerySet[Deal]:
    """Return the visit's deals in use, the furthest first, with their next step and when each came to a milestone."""
    steps = open_steps_of_each().order_by(F("due_date").asc(nulls_last=True), "pk")
    deals = deals_visible_to(user).filter(delegation=visit, archived_at__isnull=True)
    came = {f"came_to_{stage}": _first_move(stage) for stage in MILESTONES}
    next_step = {"step_text": Subquery(steps.values("text")[:1]), "step_due": Subquery(steps.values("due_date")[:1])}
    # The columns that it adds are none that the model's types know of.
    listed: Any = deals_with_progress(deals).select_related("company", "owner").annotate(**next_step, **came)
    ordered: QuerySet[Deal] = listed.order_by("-reached", "-last_activity_at", "pk")
    return ordered


def _first_move(stage: Stage) -> Subquery:
    further = [other for other in Stage.values if RANKS[other] >= RANKS[stage]]
    moves = StageChange.objects.filter(deal=OuterRef("pk"), to_stage__in=further).order_by("at")
    return Subquery(moves.values("at")[:1])


_MEETING = "meeting"


def _facts_of(visit: Delegation, user: User) -> list[_Fact]:
    """Return the dated figures of the visit's deals and its held meetings, by day. One query for both.

    When an outcome was first logged stands in the meeting's history: a later outcome replaces the day on the record.
    """
    logged = Meeting.history.model.objects.filter(id=OuterRef("pk")).exclude(outcome__in=NOT_HELD)
    first = Subquery(logged.order_by("outcome_logged_at").values("outcome_logged_at")[:1])
    held = meetings_visible_to(user).filter(delegation=visit, archived_at__isnull=True)
    held = held.exclude(outcome=Outcome.DID_NOT_TAKE_PLACE).order_by()
    deals = deals_visible_to(user).filter(delegation=visit, archived_at__isnull=True)
    figures = DealValue.objects.active().filter(deal__in=deals.order_by().values("pk"), amount__isnull=False).order_by()
    rows: Any = figures.values_list("kind", "deal_id", "date", "pk", "amount", "currency__code", "amount_reporting")
    no_sum, no_code = Value(None, output_field=DecimalField()), Value("")
    meetings: Any = held.values_list(Value(_MEETING), "pk", TruncDate(first), "id", no_sum, no_code, no_sum)
    facts = [_Fact(*row) for row in rows.union(meetings, all=True)]
    return sorted(facts, key=lambda fact: (fact.day or date.max, fact.pk))
