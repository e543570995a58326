"""The deal itself: made, edited, assigned, archived."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_manager, require_writer
from crm.audit.services import archive_record, create_record, lock_record, restore_record, update_record
from crm.commitments.choices import CommitmentSide
from crm.commitments.queries import open_commitments_about
from crm.commitments.services import create_commitment, update_commitment
from crm.companies.services import record_dealing
from crm.meetings.models import Meeting
from crm.reference.models import Region
from crm.reference.queries import calendar_of
from crm.reminders.services import tell_assigned
from crm.shared.errors import InvalidRecord
from crm.shared.searching import store_search_keys
from crm.shared.validation import validate_record
from leads.deals.choices import Stage
from leads.deals.gates import Gap, dossiers_of, missing_for
from leads.deals.models import Deal, StageChange
from leads.deals.queries import deal_search_keys
from leads.deals.services.checks import require_reason, require_unarchived

#: Working days until a new deal's first contact.
FIRST_CONTACT_DAYS = 3
EDITABLE = frozenset(
    {
        "title",
        "summary",
        "company",
        "delegation",
        "sector",
        "kind",
        "owner",
        "curator",
        "district",
        "contact",
        "counterpart",
        "negotiating",
        "expected_start",
        "started_on",
        "site",
        "site_not_needed",
        "permits_not_needed",
        "platform_number",
        "platform_checked_at",
    }
)


@transaction.atomic
def create_deal(
    *,
    by: User | None,
    region: Region,
    title: str,
    next_step: str = "",
    next_step_due: date | None = None,
    meetings: Iterable[Meeting] = (),
    **fields: Any,
) -> Deal:
    """Make a deal at the stage ``lead``, with its first commitment: ``next_step``, else the first contact.

    Without ``next_step_due`` that is due three working days after the later of today and the delegation's return.
    The owner is ``by`` unless ``fields`` names one. Raises ``NotAllowed`` and ``InvalidRecord``.
    """
    require_writer(by, region)
    _refuse_unknown(fields)
    fields.setdefault("owner", by)
    deal = Deal(region=region, title=title, stage=Stage.LEAD, **fields)
    validate_record(deal)
    create_record(deal, by=by, many={"meetings": meetings})
    tell_assigned(deal, to=[deal.owner, deal.curator], by=by)
    create_record(StageChange(deal=deal, to_stage=Stage.LEAD, by=by, at=deal.stage_entered_at), by=by)
    _deal_with_contact(deal, by=by)
    store_search_keys(deal, deal_search_keys(deal))
    with translation.override(deal.owner.language if deal.owner else translation.get_language()):
        text = next_step or _("First contact")
    create_commitment(
        by=by,
        about=deal,
        text=text,
        due_date=next_step_due or first_contact_due(deal, today=local_today(region)),
        executor=deal.owner,
    )
    return deal


def first_contact_due(deal: Deal, *, today: date) -> date:
    """Return the day three working days after the later of ``today`` and the return of the deal's delegation."""
    returned = deal.delegation.end_date if deal.delegation else None
    return calendar_of(deal.region).add_working_days(max(today, returned or today), FIRST_CONTACT_DAYS)


def local_today(region: Region, *, now: datetime | None = None) -> date:
    """Return the day that it is in the region."""
    return (now or timezone.now()).astimezone(ZoneInfo(region.time_zone)).date()


@transaction.atomic
def update_deal(
    deal: Deal,
    *,
    by: User | None,
    expected_version: int | None = None,
    meetings: Iterable[Meeting] | None = None,
    **changes: Any,
) -> Deal:
    """Change fields of the deal; the stage moves by ``move_deal``, the health by its own services.

    Raises ``NotAllowed`` (the owner is a manager's to change), ``VersionConflict``, ``InvalidRecord`` and, where a
    field that the deal's stage needs would become empty, ``InvalidRecord`` too. Side effects: the search
    text; a new owner or curator is told; the region has dealt with a new contact.
    """
    require_writer(by, deal.region)
    _refuse_unknown(changes)
    current = lock_record(deal, expected_version=expected_version)
    require_unarchived(current)
    if "owner" in changes and changes["owner"] != current.owner:
        require_manager(by)
    validate_record(current, changes)
    dossier = dossiers_of([current])[current.pk]
    lacked = {gap.field for gap in missing_for(current, current.stage, dossier=dossier)}
    many = {} if meetings is None else {"meetings": meetings}
    held = {current.owner_id, current.curator_id}
    update_record(deal, by=by, changes=changes, many=many)
    tell_assigned(deal, to=[user for user in (deal.owner, deal.curator) if user and user.pk not in held], by=by)
    emptied = [
        gap for gap in missing_for(deal, deal.stage, dossier=replace(dossier, deal=deal)) if gap.field not in lacked
    ]
    if emptied:
        raise _still_needed(emptied)
    if "contact" in changes:
        _deal_with_contact(deal, by=by)
    store_search_keys(deal, deal_search_keys(deal))
    return deal


@transaction.atomic
def assign_deal(deal: Deal, *, by: User | None, owner: User, expected_version: int | None = None) -> Deal:
    """Give the deal to ``owner``; what its former owner had open for it goes along. Managers only."""
    require_manager(by)
    former = deal.owner
    update_deal(deal, by=by, owner=owner, expected_version=expected_version)
    for step in open_commitments_about([deal]).filter(side=CommitmentSide.OURS, executor=former):
        update_commitment(step, by=by, executor=owner)
    return deal


@transaction.atomic
def archive_deal(deal: Deal, *, by: User | None, reason: str, expected_version: int | None = None) -> Deal:
    """Take the deal out of every list, for example a duplicate. Raises ``ReasonNeeded`` without a reason."""
    require_writer(by, deal.region)
    return archive_record(deal, by=by, reason=require_reason(reason), expected_version=expected_version)


@transaction.atomic
def restore_deal(deal: Deal, *, by: User | None) -> Deal:
    """Bring an archived deal back."""
    require_writer(by, deal.region)
    return restore_record(deal, by=by)


def _deal_with_contact(deal: Deal, *, by: User | None) -> None:
    """Let the deal's region see the person whom it deals with there."""
    if deal.contact is not None:
        record_dealing(deal.contact, by=by, region=deal.region)


def _refuse_unknown(fields: dict[str, Any]) -> None:
    """Stage, health and dates of activity are not set as fields: each has its own service."""
    unknown = set(fields) - EDITABLE
    if unknown:
        raise TypeError(f"not a field that may be set here: {', '.join(sorted(unknown))}")


def _still_needed(gaps: list[Gap]) -> InvalidRecord:
    labels = ", ".join(gap.label for gap in gaps)
    return InvalidRecord(
        _("The stage of this deal needs: %(fields)s.") % {"fields": labels},
        fields={gap.field: gap.how for gap in gaps},
    )
