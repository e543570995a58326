"""Reads of the log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from crm.audit.choices import Action, Door
from crm.audit.models import AuditEvent
from crm.shared.formats import format_day
from crm.shared.registries import parts_of, visible_records

#: Longer values are shown from their beginning.
LONGEST_VALUE = 400
NOTHING = "–"


def events_visible_to(user: Any) -> QuerySet[AuditEvent]:
    """Return what a manager sees of the log: the events of the region's tree and of its people; national staff all."""
    events = AuditEvent.objects.order_by("-at", "-pk")
    if user.is_national:
        return events
    code = user.region.code
    own = Q(region_code=code) | Q(region_code__startswith=f"{code}-")
    return events.filter(own | Q(region_code="", actor__region=user.region))


def events_of(record: models.Model) -> QuerySet[AuditEvent]:
    """Return what the log holds of ``record`` and of its parts (a deal's figures and papers), the newest first.

    Who may see the record may see these. The parts take one query for each kind.
    """
    condition = Q(model=record._meta.label_lower, record_id=str(record.pk))
    for rows in parts_of(record):
        numbers = [str(number) for number in rows.values_list("pk", flat=True)]
        condition |= Q(model=rows.model._meta.label_lower, record_id__in=numbers)
    return AuditEvent.objects.filter(condition).select_related("actor__region").order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Change:
    """One value that changed, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as people read it."""

    at: datetime
    who: str
    action: str
    door: str
    address: str
    part: str
    changes: Sequence[Change]


def entries_of(record: models.Model, events: Iterable[AuditEvent], user: Any) -> list[Entry]:
    """Return the events in words. Links are named as far as ``user`` may see what they lead to.

    Where it was done from is told to managers alone. One query for each kind of record that a link leads to.
    """
    shown = list(events)
    names = _names_of_links(shown, user)
    return [
        Entry(
            at=event.at,
            who=actor_shown(event, user),
            action=str(Action(event.action).label) if event.action in Action.values else event.action,
            door=str(Door(event.door).label) if event.door in Door.values else event.door,
            address=event.address or "" if user.may_manage else "",
            part="" if event.model == record._meta.label_lower else _part(event),
            changes=_changes_of(event, names),
        )
        for event in shown
    ]


def actor_shown(event: AuditEvent, user: Any) -> str:
    """Return who acted, as far as ``user`` may know: of other regions' people, on what all share, only the region."""
    actor: Any = event.actor
    if event.region_code or actor is None or user.is_national or actor.region_id == user.region_id:
        return event.actor_name
    return str(actor.region)


def _part(event: AuditEvent) -> str:
    model = _model_of(event)
    kind = str(model._meta.verbose_name) if model else event.model
    return f"{kind}: {event.record_label}"


def _model_of(event: AuditEvent) -> type[models.Model] | None:
    try:
        return apps.get_model(event.model)
    except (LookupError, ValueError):
        return None


def _field_of(model: type[models.Model] | None, name: str) -> Any:
    if model is None:
        return None
    try:
        return model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def _pairs(event: AuditEvent) -> Iterable[tuple[str, Any, Any]]:
    """Yield name, old and new value; what was exported or sent has a new one alone."""
    for name, value in event.changes.items():
        if isinstance(value, list) and len(value) == 2 and event.action not in (Action.EXPORTED, Action.SENT):
            yield name, *value
        else:
            yield name, None, value


def _changes_of(event: AuditEvent, names: dict[tuple[str, Any], str]) -> list[Change]:
    model = _model_of(event)
    changes = []
    for name, before, after in _pairs(event):
        field = _field_of(model, name)
        label = str(getattr(field, "verbose_name", "") or name.replace("_", " "))
        changes.append(Change(label, _in_words(before, field, names), _in_words(after, field, names)))
    return changes


def _in_words(value: Any, field: Any, names: dict[tuple[str, Any], str]) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(_in_words(one, field, names) for one in value)[:LONGEST_VALUE]
    target = _target_of(field)
    if target is not None:
        return names.get((target._meta.label_lower, value), f"№ {value}")
    choices = {str(key): str(label) for key, label in getattr(field, "flatchoices", ())}
    return choices.get(str(value), _as_day(field, value))[:LONGEST_VALUE]


def _as_day(field: Any, value: Any) -> str:
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return format_day(moment.date(), "full")
    if isinstance(field, models.DateField) and (day := parse_date(str(value))):
        return format_day(day, "full")
    return str(value)


def _target_of(field: Any) -> type[models.Model] | None:
    return field.related_model if field is not None and field.is_relation and not field.auto_created else None


def _names_of_links(events: Iterable[AuditEvent], user: Any) -> dict[tuple[str, Any], str]:
    """Return the names of the records that the events' links lead to, by kind and number."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for event in events:
        model = _model_of(event)
        for name, before, after in _pairs(event):
            target = _target_of(_field_of(model, name))
            if target is not None:
                linked = [one for value in (before, after) for one in (value if isinstance(value, list) else [value])]
                wanted.setdefault(target, set()).update(one for one in linked if isinstance(one, int))
    names: dict[tuple[str, Any], str] = {}
    for target, numbers in wanted.items():
        label = target._meta.label_lower
        rows = _linked(target, user).filter(pk__in=numbers)
        names |= {(label, row.pk): str(row) for row in rows}
    return names


def _linked(target: type[models.Model], user: Any) -> QuerySet[Any]:
    for records_visible_to in visible_records.contributions(target._meta.label_lower):
        return records_visible_to(user)  # type: ignore[return-value]
    # Reference data and people: whoever sees the record sees who works on it.
    return target._default_manager.all()
