"""The plan, and the figures frozen for a report upward."""

from decimal import Decimal

from django.db import transaction

from crm.accounts.models import User
from crm.accounts.queries import require_manager, require_writer
from crm.audit.services import archive_record, create_record, restore_record, update_record
from crm.reference.models import Region, Sector
from crm.shared.validation import validate_record
from leads.deals.models import FrozenFigures, Target
from leads.deals.queries import Figures, Plan, figures_as_json
from leads.deals.services.checks import require_reason


@transaction.atomic
def freeze_figures(*, by: User, title: str, figures: Figures, plan: Plan, query: str = "") -> FrozenFigures:
    """Keep the figures as they are reported upward today, for the region of ``by``; they do not change any more.

    ``query`` is the dashboard's query string, to say what they are narrowed to. Raises ``NotAllowed`` and
    ``InvalidRecord``.
    """
    require_manager(by)
    kept = FrozenFigures(
        region=by.region,
        title=title.strip(),
        as_at=figures.as_at,
        query=query[:500],
        figures=figures_as_json(figures, plan),
        frozen_by=by,
    )
    validate_record(kept)
    return create_record(kept, by=by)


@transaction.atomic
def archive_figures(figures: FrozenFigures, *, by: User, reason: str) -> FrozenFigures:
    """Archive frozen figures that were reported by mistake; raises ``NotAllowed`` and ``InvalidRecord``."""
    require_manager(by)
    return archive_record(figures, by=by, reason=require_reason(reason))


@transaction.atomic
def restore_figures(figures: FrozenFigures, *, by: User) -> FrozenFigures:
    """Bring frozen figures back; raises ``NotAllowed``."""
    require_manager(by)
    return restore_record(figures, by=by)


@transaction.atomic
def set_target(
    *,
    by: User | None,
    region: Region,
    year: int,
    amount: Decimal,
    quarter: int | None = None,
    district: Region | None = None,
    sector: Sector | None = None,
    curator: User | None = None,
) -> Target:
    """Set the plan of a year or quarter, of the region or a part of it, in the reporting currency.

    A plan for the same is replaced. Raises ``NotAllowed`` and ``InvalidRecord``.
    """
    require_manager(by)
    require_writer(by, region)
    of = {
        "region": region,
        "year": year,
        "quarter": quarter,
        "district": district,
        "sector": sector,
        "curator": curator,
    }
    known = Target.objects.active().filter(**{name: value for name, value in of.items() if value is not None})
    known = known.filter(**{f"{name}__isnull": True for name, value in of.items() if value is None})
    if target := known.first():
        target.amount = amount
        validate_record(target)
        return update_record(target, by=by, changes={"amount": amount})
    target = Target(**of, amount=amount)
    validate_record(target)
    return create_record(target, by=by)


@transaction.atomic
def archive_target(target: Target, *, by: User, reason: str) -> Target:
    """Take a plan back; raises ``NotAllowed`` and ``ReasonNeeded``."""
    require_manager(by)
    return archive_record(target, by=by, reason=require_reason(reason))


@transaction.atomic
def restore_target(target: Target, *, by: User) -> Target:
    """Bring a plan back; raises ``NotAllowed`` and, where there is another by now, ``InvalidRecord``."""
    require_manager(by)
    return restore_record(target, by=by)
