"""How a person's data leave Sapar: the one way in which what stands in the log is written over.

The values give way to ``MARK``; the number of events, their time, their action and their record stay. What may be
written over, and that only what was erased openly, the database's triggers decide (migration ``0003_erasure``).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection, models, transaction
from django.db.models import QuerySet

from crm.audit.choices import Action
from crm.audit.models import AuditEvent
from crm.audit.services import Actor, lock_record, record_event

#: Stands where a person's data stood. The triggers know it too.
MARK = "***"


@transaction.atomic
def erase_values[RecordType: models.Model](
    record: RecordType,
    *,
    by: Actor | None,
    reason: str,
    blanks: Mapping[str, Any],
    logged: Collection[str] = (),
) -> RecordType:
    """Set ``blanks`` on ``record`` and in its history; in the log put the mark for those and for what ``logged`` names.

    One event says that it was erased, by whom and why. The given instance is brought up to date and returned.
    """
    current: Any = lock_record(record)
    for name, value in blanks.items():
        setattr(current, name, value)
    if hasattr(current, "version"):
        current.version += 1
    current.save()
    if hasattr(current, "history"):
        current.history.update(**blanks)
    record_event(Action.ERASED, by=by, record=current, changes={"reason": [None, reason]})
    _forget_values(_events_of(current), {*blanks, *logged}, label=str(current))
    record.refresh_from_db()
    return record


@transaction.atomic
def erase_from_log(record: models.Model, *, by: Actor | None, reason: str, name: str, texts: Iterable[str]) -> None:
    """Put the mark for the value ``name`` of the record's events wherever it holds one of the ``texts``.

    The record itself is the caller's to write.
    """
    wanted = [text for text in texts if text]
    holding = [event for event in _events_of(record) if _holds(event.changes.get(name), wanted)]
    if holding:
        record_event(Action.ERASED, by=by, record=record, changes={"reason": [None, reason]})
        _forget_values(holding, {name}, label=None)


@transaction.atomic
def erase_actor(user: Actor) -> None:
    """Put the mark for the name of ``user`` in all that they did, and forget from where. The user was erased before."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_forget_actor(%s)", [user.pk])
        return
    AuditEvent.objects.filter(actor=user.pk).update(actor_name=MARK, address=None)


def _events_of(record: models.Model) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(model=record._meta.label_lower, record_id=str(record.pk)).order_by("pk")


def _forget_values(events: Iterable[AuditEvent], names: Collection[str], *, label: str | None) -> None:
    for event in events:
        changes = {key: _marked(value) if key in names else value for key, value in event.changes.items()}
        shown = event.record_label if label is None or event.record_label == label else MARK
        if changes != event.changes or shown != event.record_label:
            event.changes, event.record_label = changes, shown
            _write(event)


def _write(event: AuditEvent) -> None:
    if connection.vendor != "postgresql":
        AuditEvent.objects.filter(pk=event.pk).update(changes=event.changes, record_label=event.record_label)
        return
    changes = AuditEvent._meta.get_field("changes").get_db_prep_value(event.changes, connection)
    with connection.cursor() as cursor:
        values = [event.pk, event.record_label, changes, event.actor_name, event.address]
        cursor.execute("SELECT audit_forget_values(%s, %s, %s, %s, %s)", values)


def _marked(value: Any) -> Any:
    """Return the mark in the shape of ``value``: what was empty before or after stays so."""
    if not isinstance(value, list):
        return MARK if value else value
    if len(value) != 2:
        return [MARK, MARK]
    pair = [one if one in (None, "") else MARK for one in value]
    return pair if MARK in pair else value


def _holds(value: Any, texts: Collection[str]) -> bool:
    if isinstance(value, list):
        return any(_holds(one, texts) for one in value)
    return isinstance(value, str) and any(text in value for text in texts)
