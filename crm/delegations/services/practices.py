"""Writes of practices."""

from typing import Any

from django.db import transaction

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.services import archive_record, create_record, lock_record, restore_record, update_record
from crm.delegations.choices import PracticeStatus
from crm.delegations.models import Practice
from crm.reference.models import Region
from crm.reminders.services import tell_assigned
from crm.shared.validation import validate_record


@transaction.atomic
def create_practice(*, by: User | None, region: Region, topic: str, summary: str, **fields: Any) -> Practice:
    """Note something worth adopting; whoever notes it owns it until somebody else does.

    Raises ``NotAllowed`` and ``InvalidRecord``.
    """
    require_writer(by, region)
    practice = Practice(region=region, topic=topic, summary=summary.strip(), **{"owner": by} | fields)
    validate_record(practice)
    create_record(practice, by=by)
    tell_assigned(practice, to=[practice.owner], by=by)
    return practice


@transaction.atomic
def update_practice(
    practice: Practice, *, by: User | None, expected_version: int | None = None, **changes: Any
) -> Practice:
    """Change a practice. Raises ``NotAllowed``, ``VersionConflict`` and ``InvalidRecord``."""
    require_writer(by, practice.region)
    current = lock_record(practice, expected_version=expected_version)
    validate_record(current, changes)
    owner = current.owner_id
    update_record(practice, by=by, changes=changes)
    if practice.owner_id != owner:
        tell_assigned(practice, to=[practice.owner], by=by)
    return practice


@transaction.atomic
def move_practice(practice: Practice, *, by: User | None, status: str) -> Practice:
    """Set how far the practice is: noted, under study, adopted, dropped; any way round."""
    require_writer(by, practice.region)
    validate_record(practice, {"status": status})
    return update_record(practice, by=by, changes={"status": PracticeStatus(status)})


@transaction.atomic
def archive_practice(
    practice: Practice, *, by: User | None, reason: str, expected_version: int | None = None
) -> Practice:
    """Take a practice out of the columns, with the reason."""
    require_writer(by, practice.region)
    return archive_record(practice, by=by, reason=reason, expected_version=expected_version)


@transaction.atomic
def restore_practice(practice: Practice, *, by: User | None) -> Practice:
    """Bring an archived practice back. Raises ``NotAllowed`` and ``InvalidRecord``."""
    require_writer(by, practice.region)
    return restore_record(practice, by=by)
