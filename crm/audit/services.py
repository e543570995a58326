"""The one way to write a record: each write here saves, counts the version up and leaves its audit event."""

import copy
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit.choices import Action
from crm.audit.context import current_entrance
from crm.audit.models import AuditEvent
from crm.shared.errors import VersionConflict
from crm.shared.validation import invalid_record


class Actor(Protocol):
    """Who acts: a user (this app knows users by that name only)."""

    pk: Any

    def __str__(self) -> str: ...


@transaction.atomic
def create_record[RecordType: models.Model](
    record: RecordType,
    *,
    by: Actor | None,
    many: Mapping[str, Iterable[models.Model]] | None = None,
    children: Mapping[str, Any] | None = None,
) -> RecordType:
    """Save the new ``record`` with its many-to-many links ``many`` and log it.

    ``children`` says in plain words which child rows the caller is about to write, for the log.
    Raises ``IntegrityError`` where a database constraint refuses; callers validate first.
    """
    record.save(force_insert=True)
    for name, targets in (many or {}).items():
        getattr(record, name).set(targets)
    values = {field.attname: _plain(getattr(record, field.attname)) for field in _own_fields(record)}
    record_event(
        Action.CREATED,
        by=by,
        record=record,
        changes={k: [None, v] for k, v in (values | dict(children or {})).items() if v not in (None, "", [])},
    )
    return record


@transaction.atomic
def update_record[RecordType: models.Model](
    record: RecordType,
    *,
    by: Actor | None,
    changes: Mapping[str, Any],
    many: Mapping[str, Iterable[models.Model]] | None = None,
    expected_version: int | None = None,
    children: Mapping[str, Any] | None = None,
) -> RecordType:
    """Set ``changes`` on the locked record, save it and log old and new values; nothing changed writes nothing.

    ``children`` maps a name to ``[old, new]`` of child rows that the caller has written: these count as a change.

    The given instance is brought up to date and returned. Raises ``VersionConflict`` when ``expected_version`` is
    given and somebody has saved the record since.
    """
    current = lock_record(record, expected_version=expected_version)
    before = {name: getattr(current, _attname(current, name)) for name in changes}
    for name, value in changes.items():
        setattr(current, name, value)
    after = {name: getattr(current, _attname(current, name)) for name in changes}
    unlogged = _unlogged(current)
    difference = {
        name: ["…", "…"] if name in unlogged else [_plain(before[name]), _plain(after[name])]
        for name in changes
        if before[name] != after[name]
    }
    for name, targets in (many or {}).items():
        difference |= _set_many(current, name, targets)
    difference |= {name: pair for name, pair in (children or {}).items() if pair[0] != pair[1]}
    if difference:
        if hasattr(current, "version"):
            current.version += 1
        current.save()
        record_event(Action.CHANGED, by=by, record=current, changes=difference)
    _copy_state(current, record)
    return record


@transaction.atomic
def archive_record[RecordType: models.Model](
    record: RecordType, *, by: Actor | None, reason: str, expected_version: int | None = None
) -> RecordType:
    """Archive ``record`` (a ``Record``) with its reason; one that is archived already is left as it is."""
    current: Any = lock_record(record, expected_version=expected_version)
    if current.archived_at is None:
        current.archived_at, current.archived_by, current.archive_reason = timezone.now(), by, reason
        current.version += 1
        current.save()
        record_event(Action.ARCHIVED, by=by, record=current, changes={"archive_reason": [None, reason]})
    _copy_state(current, record)
    return record


@transaction.atomic
def restore_record[RecordType: models.Model](record: RecordType, *, by: Actor | None) -> RecordType:
    """Bring an archived ``record`` back. Raises ``InvalidRecord`` where another has taken its place meanwhile."""
    current: Any = lock_record(record)
    if current.archived_at is not None:
        require_place(current)
        reason = current.archive_reason
        current.archived_at, current.archived_by, current.archive_reason = None, None, ""
        current.version += 1
        current.save()
        record_event(Action.RESTORED, by=by, record=current, changes={"archive_reason": [reason, None]})
    _copy_state(current, record)
    return record


def require_place(record: models.Model) -> None:
    """Raise ``InvalidRecord`` where ``record`` cannot come back: what must be there once is there already."""
    candidate: Any = copy.copy(record)
    candidate.archived_at = None
    try:
        candidate.validate_constraints()
    except ValidationError as error:
        raise invalid_record(error) from error


def lock_record[RecordType: models.Model](record: RecordType, *, expected_version: int | None = None) -> RecordType:
    """Return ``record`` read again under a row lock (SQLite: the transaction already is exclusive).

    Raises ``VersionConflict`` when its version is no longer ``expected_version``.
    """
    manager = type(record)._default_manager
    current = manager.select_for_update(of=("self",)).get(pk=record.pk)
    if expected_version is not None and getattr(current, "version", None) != expected_version:
        raise VersionConflict(_("Somebody changed this record in the meantime."), record=current)
    return current


def record_event(
    action: Action,
    *,
    by: Actor | None,
    record: models.Model | None = None,
    changes: Mapping[str, Any] | None = None,
    region_code: str = "",
) -> AuditEvent:
    """Append one event. ``changes`` maps a field to ``[old, new]``, or says what was exported or sent."""
    entrance = current_entrance()
    return AuditEvent.objects.create(
        actor_id=by.pk if by else None,
        actor_name=str(by)[:200] if by else "",
        address=entrance.address,
        door=entrance.door,
        action=action,
        model=record._meta.label_lower if record else "",
        record_id=str(record.pk) if record else "",
        record_label=str(record)[:300] if record else "",
        region_code=region_code or _region_code(record),
        changes=dict(changes or {}),
    )


def record_export(
    *, by: Actor | None, what: str, record: models.Model | None = None, rows: int | None = None, **asked: Any
) -> AuditEvent:
    """Log that ``by`` took something out of the house: a file of ``record``, or a table of ``rows`` rows.

    ``what`` names it in a word or two ("deals as XLSX"); ``asked`` are the filters that it was made with.
    """
    says = {"what": what, "rows": rows, **{name: _plain(value) for name, value in asked.items()}}
    changes = {name: value for name, value in says.items() if value not in (None, "", [], {})}
    return record_event(Action.EXPORTED, by=by, record=record, changes=changes)


def _region_code(record: models.Model | None) -> str:
    region = getattr(record, "region", None)
    return getattr(region, "code", "") or ""


def _own_fields(record: models.Model) -> list[Any]:
    skipped = {"id", "created_at", "updated_at", "version", "search_text", "password"} | _unlogged(record)
    return [f for f in record._meta.concrete_fields if f.name not in skipped]


def _unlogged(record: models.Model) -> frozenset[str]:
    """Return the fields whose values the log may not keep, because they can be erased and the log cannot."""
    return getattr(type(record), "unlogged_fields", frozenset())


def _attname(record: models.Model, name: str) -> str:
    return str(record._meta.get_field(name).attname)  # type: ignore[union-attr]


def _set_many(record: models.Model, name: str, targets: Iterable[models.Model]) -> dict[str, Any]:
    manager = getattr(record, name)
    before = sorted(manager.values_list("pk", flat=True))
    manager.set(targets)
    after = sorted(manager.values_list("pk", flat=True))
    return {name: [before, after]} if before != after else {}


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON holds it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, (str, int, bool, float, list, dict)):
        return value
    return str(value)


def _copy_state(source: models.Model, target: models.Model) -> None:
    if source is target:
        return
    target.__dict__.update({k: v for k, v in source.__dict__.items() if k not in ("_prefetched_objects_cache",)})
