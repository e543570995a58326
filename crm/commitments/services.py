"""Writes of commitments: what one side will do by when."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.services import archive_record, create_record, lock_record, restore_record, update_record
from crm.commitments.choices import CLOSED, CommitmentSide, CommitmentStatus
from crm.commitments.errors import CommitmentClosed, ReasonMissing
from crm.commitments.models import Commitment
from crm.commitments.queries import is_executed_by, require_answerer
from crm.companies.models import Company
from crm.reference.models import Region
from crm.reference.queries import calendar_of
from crm.reminders.services import tell_assigned
from crm.shared.registries import tell_activity
from crm.shared.validation import validate_record


@transaction.atomic
def create_commitment(
    *,
    by: User | None,
    about: models.Model,
    text: str,
    side: str = CommitmentSide.OURS,
    due_date: datetime.date | None = None,
    executor: User | None = None,
    co_executors: Iterable[User] = (),
    region: Region | None = None,
    **fields: Any,
) -> Commitment:
    """Write down what will be done about a record, in the record's region (a company has none: the user's).

    One of ours that names no executor is carried out by whoever writes it; one of theirs that names no company is owed
    by the record's. Those who carry it out are told. Raises ``NotAllowed``, ``InvalidRecord``.
    """
    region = region or getattr(about, "region", None) or (by.region if by else None)
    if region is None:
        raise ValueError("a commitment of the system about a record without a region needs one")
    require_writer(by, region)
    if side == CommitmentSide.OURS and executor is None and not fields.get("executor_name"):
        executor = by
    if side == CommitmentSide.THEIRS and fields.get("company") is None:
        fields["company"] = about if isinstance(about, Company) else getattr(about, "company", None)
    commitment = Commitment(
        region=region,
        about=about,
        text=" ".join(text.split()),
        side=side,
        due_date=due_date,
        executor=executor,
        **fields,
    )
    validate_record(commitment)
    shared = list(co_executors)
    create_record(commitment, by=by, many={"co_executors": shared})
    tell_assigned(commitment, to=[executor, *shared], by=by, within=about)
    _tell(commitment)
    return commitment


@transaction.atomic
def update_commitment(
    commitment: Commitment,
    *,
    by: User | None,
    expected_version: int | None = None,
    co_executors: Iterable[User] | None = None,
    **changes: Any,
) -> Commitment:
    """Change the words, the source, the executor, who is told.

    Raises ``NotAllowed``, ``VersionConflict``, ``InvalidRecord``.
    """
    require_writer(by, commitment.region)
    current = lock_record(commitment, expected_version=expected_version)
    validate_record(current, changes)
    before = {current.executor_id, *current.co_executors.values_list("pk", flat=True)}
    shared = None if co_executors is None else list(co_executors)
    update_record(commitment, by=by, changes=changes, many=None if shared is None else {"co_executors": shared})
    newly = [user for user in (commitment.executor, *(shared or ())) if user and user.pk not in before]
    tell_assigned(commitment, to=newly, by=by, within=commitment.about if newly else None)
    return commitment


@transaction.atomic
def keep_commitment(
    commitment: Commitment, *, by: User | None, proof: str = "", expected_version: int | None = None, **fields: Any
) -> Commitment:
    """Mark it as kept, with its proof in words (and ``proof_document``); one that is kept already stays as it is.

    A partner may keep what it executes. Raises ``NotAllowed``, ``CommitmentClosed``, ``VersionConflict``.
    """
    require_answerer(commitment, by)
    current = lock_record(commitment, expected_version=expected_version)
    if current.status == CommitmentStatus.KEPT:
        return update_record(commitment, by=by, changes={})
    changes = _closing(CommitmentStatus.KEPT, by) | fields
    if proof.strip():
        changes["proof"] = proof.strip()
    return _change(commitment, current, by=by, changes=changes)


@transaction.atomic
def drop_commitment(
    commitment: Commitment, *, by: User | None, reason: str, expected_version: int | None = None
) -> Commitment:
    """Say that it will not be done, and why. Raises ``NotAllowed``, ``ReasonMissing``, ``CommitmentClosed``."""
    require_writer(by, commitment.region)
    current = lock_record(commitment, expected_version=expected_version)
    changes = _closing(CommitmentStatus.DROPPED, by) | {"drop_reason": _reason(reason, "reason")}
    return _change(commitment, current, by=by, changes=changes)


@transaction.atomic
def reopen_commitment(commitment: Commitment, *, by: User | None, expected_version: int | None = None) -> Commitment:
    """Open it again, whether it was kept, dropped or blocked; one that is open stays as it is.

    A partner takes back only what it has said itself. Raises ``NotAllowed`` and ``VersionConflict``.
    """
    current = lock_record(commitment, expected_version=expected_version)
    if by is None or not _may_take_back(current, by):
        require_writer(by, commitment.region)
    changes = {"status": CommitmentStatus.OPEN, "closed_at": None, "closed_by": None, "drop_reason": ""}
    update_record(commitment, by=by, changes=changes | {"blocked_by": "", "blocked_since": None})
    _tell(commitment)
    return commitment


@transaction.atomic
def postpone_commitment(
    commitment: Commitment, *, by: User | None, due_date: datetime.date, expected_version: int | None = None
) -> Commitment:
    """Give it another due date. Raises ``NotAllowed``, ``CommitmentClosed``, ``VersionConflict``."""
    require_writer(by, commitment.region)
    current = lock_record(commitment, expected_version=expected_version)
    return _change(commitment, current, by=by, changes={"due_date": due_date})


@transaction.atomic
def postpone_by_week(
    commitment: Commitment, *, by: User | None, today: datetime.date, expected_version: int | None = None
) -> Commitment:
    """Give it a week more, counted from its due date or from ``today`` where that has passed; days off are skipped.

    The days off are those of the commitment's region. Raises as ``postpone_commitment``.
    """
    start = max(commitment.due_date or today, today)
    due_date = calendar_of(commitment.region).next_working_day(start + datetime.timedelta(days=7))
    return postpone_commitment(commitment, by=by, due_date=due_date, expected_version=expected_version)


@transaction.atomic
def block_commitment(
    commitment: Commitment,
    *,
    by: User | None,
    blocked_by: str,
    since: datetime.date,
    expected_version: int | None = None,
) -> Commitment:
    """Say which body's answer it waits for, and since when. A partner may, of what it carries out.

    Raises as ``drop_commitment``.
    """
    require_answerer(commitment, by)
    current = lock_record(commitment, expected_version=expected_version)
    body = _reason(blocked_by, "blocked_by")
    changes = {"status": CommitmentStatus.BLOCKED, "blocked_by": body, "blocked_since": since}
    return _change(commitment, current, by=by, changes=changes)


@transaction.atomic
def archive_commitment(
    commitment: Commitment, *, by: User | None, reason: str, expected_version: int | None = None
) -> Commitment:
    """Take it out of the lists, with the reason."""
    require_writer(by, commitment.region)
    return archive_record(commitment, by=by, reason=reason, expected_version=expected_version)


@transaction.atomic
def restore_commitment(commitment: Commitment, *, by: User | None) -> Commitment:
    """Bring an archived commitment back. Raises ``NotAllowed`` and ``InvalidRecord``."""
    require_writer(by, commitment.region)
    return restore_record(commitment, by=by)


def _change(commitment: Commitment, current: Commitment, *, by: User | None, changes: dict[str, Any]) -> Commitment:
    """Write ``changes`` to one that is not closed yet, and tell the record it is about."""
    if current.status in CLOSED:
        raise CommitmentClosed(_("This is closed already: “%(status)s”.") % {"status": current.get_status_display()})
    validate_record(current, changes)
    update_record(commitment, by=by, changes=changes)
    _tell(commitment)
    return commitment


def _closing(status: CommitmentStatus, by: User | None) -> dict[str, Any]:
    return {"status": status, "closed_at": timezone.now(), "closed_by": by, "blocked_by": "", "blocked_since": None}


def _reason(text: str, field: str) -> str:
    if not text.strip():
        raise ReasonMissing(_("Say why."), fields={field: _("Say why.")})
    return text.strip()


def _may_take_back(commitment: Commitment, by: User) -> bool:
    """Is ``by`` the executor that closed it, or one of a commitment that is blocked?"""
    own = commitment.closed_by_id == by.pk if commitment.is_closed else True
    return own and commitment.status != CommitmentStatus.DROPPED and is_executed_by(commitment, by)


def _tell(commitment: Commitment) -> None:
    if commitment.about is not None:
        tell_activity(commitment.about, at=timezone.now())
