"""Writes of meetings."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.services import archive_record, create_record, lock_record, restore_record, update_record
from crm.companies.models import Company, Contact
from crm.companies.services import record_dealing
from crm.meetings.choices import Outcome
from crm.meetings.errors import OutcomeMissing
from crm.meetings.models import Meeting
from crm.meetings.queries import meeting_search_keys
from crm.reference.models import Region
from crm.reminders.services import tell_assigned
from crm.shared.registries import tell_activity
from crm.shared.searching import store_search_keys
from crm.shared.validation import validate_record


@transaction.atomic
def create_meeting(
    *,
    by: User | None,
    region: Region,
    subject: str,
    companies: Iterable[Company] = (),
    contacts: Iterable[Contact] = (),
    **fields: Any,
) -> Meeting:
    """Create a meeting; whoever enters it owns it unless ``owner`` says otherwise.

    The region has dealt with the ``contacts`` from now on. Raises ``NotAllowed`` and ``InvalidRecord``.
    """
    require_writer(by, region)
    contacts = list(contacts)
    meeting = Meeting(region=region, subject=" ".join(subject.split()), **{"owner": by} | fields)
    if meeting.outcome != Outcome.AWAITED and meeting.outcome_logged_at is None:
        meeting.outcome_logged_at, meeting.outcome_logged_by = timezone.now(), by
    validate_record(meeting)
    create_record(meeting, by=by, many={"companies": companies, "contacts": contacts})
    tell_assigned(meeting, to=[meeting.owner], by=by)
    store_search_keys(meeting, meeting_search_keys(meeting))
    for contact in contacts:
        record_dealing(contact, by=by, region=region)
    return meeting


@transaction.atomic
def update_meeting(
    meeting: Meeting,
    *,
    by: User | None,
    expected_version: int | None = None,
    companies: Iterable[Company] | None = None,
    contacts: Iterable[Contact] | None = None,
    **changes: Any,
) -> Meeting:
    """Change a meeting (its outcome is logged by ``log_outcome``).

    Raises ``NotAllowed``, ``VersionConflict`` and ``InvalidRecord``.
    """
    require_writer(by, meeting.region)
    if "region" in changes:
        require_writer(by, changes["region"])
    current = lock_record(meeting, expected_version=expected_version)
    validate_record(current, changes)
    owner = current.owner_id
    met = None if contacts is None else list(contacts)
    many = {name: targets for name, targets in {"companies": companies, "contacts": met}.items() if targets is not None}
    update_record(meeting, by=by, changes=changes, many=many)
    if meeting.owner_id != owner:
        tell_assigned(meeting, to=[meeting.owner], by=by)
    for contact in met or []:
        record_dealing(contact, by=by, region=meeting.region)
    store_search_keys(meeting, meeting_search_keys(meeting))
    return meeting


@transaction.atomic
def log_outcome(
    meeting: Meeting, *, by: User | None, outcome: str, note: str = "", expected_version: int | None = None
) -> Meeting:
    """Say what came of the meeting; a later outcome replaces the former one, which the history keeps.

    Raises ``NotAllowed``, ``OutcomeMissing``, ``VersionConflict`` and ``InvalidRecord``.
    """
    require_writer(by, meeting.region)
    if outcome == Outcome.AWAITED or outcome not in Outcome.values:
        raise OutcomeMissing(_("Choose the outcome."), fields={"outcome": _("Choose the outcome.")})
    now = timezone.now()
    changes = {
        "outcome": Outcome(outcome),
        "outcome_note": note.strip(),
        "outcome_logged_at": now,
        "outcome_logged_by": by,
    }
    validate_record(lock_record(meeting, expected_version=expected_version), changes)
    update_record(meeting, by=by, changes=changes)
    store_search_keys(meeting, meeting_search_keys(meeting))
    tell_activity(meeting, at=now)
    return meeting


@transaction.atomic
def archive_meeting(meeting: Meeting, *, by: User | None, reason: str, expected_version: int | None = None) -> Meeting:
    """Take a meeting out of the lists, with the reason."""
    require_writer(by, meeting.region)
    return archive_record(meeting, by=by, reason=reason, expected_version=expected_version)


@transaction.atomic
def restore_meeting(meeting: Meeting, *, by: User | None) -> Meeting:
    """Bring an archived meeting back. Raises ``NotAllowed`` and ``InvalidRecord``."""
    require_writer(by, meeting.region)
    return restore_record(meeting, by=by)
