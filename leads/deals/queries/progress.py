"""How far each deal has come, and what was said and spent on it: what the dashboard counts and its links list."""

from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractYear, Greatest

from leads.deals.choices import Stage, ValueKind
from leads.deals.models import Deal, DealValue, StageChange

RANKS = {stage: rank for rank, stage in enumerate(Stage.values, start=1)}


def stage_rank(field: str = "stage") -> Case:
    """Return the expression of a stage's number, 1 for a lead to 7 for a realised deal."""
    whens = [When(**{field: stage}, then=Value(rank)) for stage, rank in RANKS.items()]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def deals_with_progress(deals: QuerySet[Deal]) -> QuerySet[Deal]:
    """Add to the ``deals``, in their one query, what became of each.

    ``reached``: the number of the furthest stage it ever stood at, for going back is allowed. ``began_in``: the year of
    the visit that it comes from, else of its entry. ``announced_in``: the year of its first announced figure.
    """
    moves = StageChange.objects.filter(deal=OuterRef("pk")).annotate(rank=stage_rank("to_stage")).order_by("-rank")
    announced = DealValue.objects.active().filter(deal=OuterRef("pk"), kind=ValueKind.ANNOUNCED, amount__isnull=False)
    return deals.annotate(
        reached=Greatest(stage_rank(), Coalesce(Subquery(moves.values("rank")[:1]), Value(1))),
        began_in=Coalesce(ExtractYear("delegation__start_date"), ExtractYear(F("created_at"))),
        announced_in=Subquery(announced.order_by("date", "pk").annotate(y=ExtractYear("date")).values("y")[:1]),
    )


def amount_of(kind: str) -> Subquery:
    """Return the newest sum of a kind of figure, in the reporting currency: none while it has no rate."""
    values = DealValue.objects.active().filter(deal=OuterRef("pk"), kind=kind, amount__isnull=False)
    return Subquery(values.order_by("-date", "-pk").values("amount_reporting")[:1])
