"""Writes of a visit's programme, line by line."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.services import archive_record, create_record, lock_record, restore_record, update_record
from crm.delegations.models import Delegation, ProgrammeItem
from crm.shared.errors import InvalidRecord
from crm.shared.validation import validate_record


@transaction.atomic
def add_programme_item(delegation: Delegation, *, by: User | None, title: str, **fields: Any) -> ProgrammeItem:
    """Add a line to the programme: ``date``, ``starts_at`` and what else is known of it.

    Raises ``NotAllowed`` and ``InvalidRecord``, also where the visit is in the archive.
    """
    require_writer(by, delegation.region)
    if delegation.is_archived:
        raise InvalidRecord(_("The visit is in the archive."))
    item = ProgrammeItem(delegation=delegation, title=" ".join(title.split()), **fields)
    validate_record(item)
    return create_record(item, by=by)


@transaction.atomic
def update_programme_item(
    item: ProgrammeItem, *, by: User | None, expected_version: int | None = None, **changes: Any
) -> ProgrammeItem:
    """Change a line. Raises ``NotAllowed``, ``VersionConflict`` and ``InvalidRecord``."""
    require_writer(by, item.region)
    if "delegation" in changes:
        require_writer(by, changes["delegation"].region)
    validate_record(lock_record(item, expected_version=expected_version), changes)
    return update_record(item, by=by, changes=changes)


@transaction.atomic
def archive_programme_item(
    item: ProgrammeItem, *, by: User | None, reason: str, expected_version: int | None = None
) -> ProgrammeItem:
    """Take a line out of the programme, with the reason."""
    require_writer(by, item.region)
    return archive_record(item, by=by, reason=reason, expected_version=expected_version)


@transaction.atomic
def restore_programme_item(item: ProgrammeItem, *, by: User | None) -> ProgrammeItem:
    """Bring a line back into the programme. Raises ``NotAllowed``."""
    require_writer(by, item.region)
    return restore_record(item, by=by)
