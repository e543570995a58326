"""Where a deal stands: its stage through the gate, and its health."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_manager, require_writer
from crm.audit.services import create_record, lock_record, update_record
from crm.commitments.services import create_commitment
from crm.shared.errors import InvalidRecord
from crm.shared.validation import validate_record
from leads.deals.choices import RESTING, Health, Stage
from leads.deals.errors import GateNotMet
from leads.deals.gates import Gap, is_forward, missing_for
from leads.deals.models import Deal, StageChange
from leads.deals.services.activity import record_activity
from leads.deals.services.checks import require_active, require_reason, require_unarchived
from leads.deals.services.records import update_deal


@transaction.atomic
def move_deal(
    deal: Deal,
    *,
    by: User | None,
    to_stage: str,
    reason: str = "",
    pass_gate: bool = False,
    expected_version: int | None = None,
) -> Deal:
    """Move the deal to ``to_stage``; to where it stands already changes nothing. Back is always allowed.

    Forward, the gate has to be met, or a manager passes it (``pass_gate``) with a reason; nobody passes the second
    person's confirmation. Side effects: a ``StageChange`` that names what was let pass, and the deal's activity.
    Raises ``NotAllowed``, ``VersionConflict``, ``DealNotActive``, ``GateNotMet`` and ``ReasonNeeded``.
    """
    require_writer(by, deal.region)
    current = lock_record(deal, expected_version=expected_version)
    require_active(current)
    if current.stage == to_stage:
        return deal
    passed = _through_gate(current, by=by, to_stage=to_stage, reason=reason, pass_gate=pass_gate)
    now = timezone.now()
    change = StageChange(
        deal=current,
        from_stage=current.stage,
        to_stage=to_stage,
        at=now,
        by=by,
        reason=reason.strip()[:300],
        missing=[gap.field for gap in passed],
    )
    update_record(deal, by=by, changes={"stage": to_stage, "stage_entered_at": now})
    create_record(change, by=by)
    return record_activity(deal, at=now)


@transaction.atomic
def fill_and_move(
    deal: Deal,
    *,
    by: User | None,
    to_stage: str,
    changes: Mapping[str, Any],
    next_step: tuple[str, date] | None = None,
    reason: str = "",
    pass_gate: bool = False,
    expected_version: int | None = None,
) -> Deal:
    """Fill what a gate misses (``changes`` to the deal, a ``next_step`` with its day) and move, or do neither.

    Raises what ``update_deal`` and ``move_deal`` raise.
    """
    require_writer(by, deal.region)
    lock_record(deal, expected_version=expected_version)
    if changes:
        update_deal(deal, by=by, **changes)
    if next_step:
        text, due_date = next_step
        create_commitment(by=by, about=deal, text=text, due_date=due_date, executor=deal.owner)
    return move_deal(deal, by=by, to_stage=to_stage, reason=reason, pass_gate=pass_gate)


def _through_gate(deal: Deal, *, by: User | None, to_stage: str, reason: str, pass_gate: bool) -> list[Gap]:
    """Return the gaps that a manager lets pass; raise ``GateNotMet`` where the gate stays shut."""
    gaps = missing_for(deal, to_stage) if is_forward(deal, to_stage) else []
    if not gaps:
        return []
    if not pass_gate or not all(gap.passable for gap in gaps):
        raise GateNotMet(
            _("To move to “%(stage)s” this is missing: %(fields)s.")
            % {"stage": Stage(to_stage).label, "fields": ", ".join(gap.label for gap in gaps)},
            gaps=gaps,
        )
    require_manager(by)
    require_reason(reason)
    return gaps


@transaction.atomic
def mark_lost(
    deal: Deal, *, by: User | None, reason: str, lost_to: str = "", expected_version: int | None = None
) -> Deal:
    """Close the deal with the reason and, where known, to whom it went. Its stage stays: how far it came."""
    changes = {
        "health": Health.LOST,
        "dormant_reason": "",
        "lost_reason": require_reason(reason),
        "lost_to": lost_to.strip(),
    }
    return _change_health(deal, by=by, changes=changes, expected_version=expected_version)


@transaction.atomic
def mark_dormant(deal: Deal, *, by: User | None, reason: str, expected_version: int | None = None) -> Deal:
    """Put the deal to rest, with the reason: nobody is reminded of it until it is reopened."""
    changes = {
        "health": Health.DORMANT,
        "dormant_reason": require_reason(reason),
        "lost_reason": "",
        "lost_to": "",
    }
    return _change_health(deal, by=by, changes=changes, expected_version=expected_version)


@transaction.atomic
def reopen_deal(deal: Deal, *, by: User | None, expected_version: int | None = None) -> Deal:
    """Bring a lost or dormant deal back on track; why it rested stays in its history."""
    changes = {"health": Health.ON_TRACK, "lost_reason": "", "lost_to": "", "dormant_reason": ""}
    return _change_health(deal, by=by, changes=changes, expected_version=expected_version)


@transaction.atomic
def set_health(deal: Deal, *, by: User | None, health: str, expected_version: int | None = None) -> Deal:
    """Say whether an active deal is on track or delayed. Raises ``InvalidRecord`` for any other health."""
    if health in RESTING or health not in Health:
        raise InvalidRecord(_("A deal comes to rest with its reason only."), fields={"health": health})
    require_active(deal)
    return _change_health(deal, by=by, changes={"health": health}, expected_version=expected_version)


def _change_health(deal: Deal, *, by: User | None, changes: dict[str, Any], expected_version: int | None) -> Deal:
    """Write the health and what goes with it; nothing is recorded when it is the same health still."""
    require_writer(by, deal.region)
    current = lock_record(deal, expected_version=expected_version)
    require_unarchived(current)
    validate_record(current, changes)
    before = current.health
    update_record(deal, by=by, changes=changes)
    if before == deal.health:
        return deal
    now = timezone.now()
    reason = ", ".join(filter(None, [deal.lost_reason, deal.lost_to, deal.dormant_reason]))
    change = StageChange(
        deal=deal, from_stage=deal.stage, to_stage=deal.stage, health=deal.health, at=now, by=by, reason=reason[:300]
    )
    create_record(change, by=by)
    return record_activity(deal, at=now)
