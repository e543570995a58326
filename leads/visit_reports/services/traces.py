"""What a commit made, and what has pointed at it since: how an undo knows whether somebody has worked on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model

from crm.audit.models import AuditEvent
from crm.delegations.models import Debrief
from crm.shared.about import AboutRecord
from crm.shared.models import Record
from leads.visit_reports.models import ReportCommit, Suggestion, VisitReport

#: These stand above all records and point at them by their nature; a debrief is asked for by Sapar itself.
OWN_MODELS = (VisitReport, Suggestion, ReportCommit, Debrief)
#: What this app's models say about a record (that it was asked about, told of, put off) is no work on it.
BOOKKEEPING = "reminders"


@dataclass(frozen=True, slots=True)
class Trace:
    """A record that a commit made, and how often people had written it when the commit was done."""

    record: Model
    events: int

    @property
    def key(self) -> str:
        return key_of(self.record)

    def as_dict(self) -> dict[str, object]:
        return {"model": self.record._meta.label_lower, "id": self.record.pk, "events": self.events}


def key_of(row: Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def records_around(made: Iterable[Model]) -> list[Trace]:
    """Return ``made`` with the records that point at them (a deal's figure, its next step), as they stand now."""
    found = {key_of(record): record for record in made}
    newest = list(found.values())
    while newest:
        pointing = [row for row in _pointing_at(newest, directly=True) if isinstance(row, Record)]
        newest = [row for row in pointing if key_of(row) not in found]
        found |= {key_of(row): row for row in newest}
    written = times_written(found.values())
    return [Trace(record, written[key]) for key, record in found.items()]


def links_to(traces: Iterable[Trace]) -> set[str]:
    """Return the keys of all rows that point at the records: members, stage changes, links between records."""
    return {key_of(row) for row in _pointing_at([trace.record for trace in traces])}


def rows_pointing_at(records: Iterable[Model]) -> Iterator[Model]:
    """Yield every row that points at one of ``records``; of a link between two records that is the link's row."""
    yield from _pointing_at(list(records))


def times_written(records: Iterable[Model]) -> Mapping[str, int]:
    """Return how often people (not the system) wrote each record, by ``key_of``, out of the audit log."""
    by_model: dict[str, list[str]] = defaultdict(list)
    for record in records:
        by_model[record._meta.label_lower].append(str(record.pk))
    counts: dict[str, int] = defaultdict(int)
    for model, ids in by_model.items():
        events = AuditEvent.objects.filter(model=model, record_id__in=ids, actor__isnull=False).order_by()
        for record_id, number in events.values_list("record_id").annotate(Count("pk")):
            counts[f"{model}:{record_id}"] = number
    return counts


def _pointing_at(records: list[Model], *, directly: bool = False) -> Iterator[Model]:
    """Yield the rows that point at ``records``; ``directly`` leaves out links between two records."""
    by_model: dict[type[Model], list[int]] = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record.pk)
    for model, ids in by_model.items():
        relations: list[Any] = list(model._meta.related_objects)
        for relation in relations:
            if relation.related_model in OWN_MODELS or (directly and relation.many_to_many):
                continue
            if relation.many_to_many:
                through = relation.through._default_manager
                yield from through.filter(**{f"{relation.field.m2m_reverse_field_name()}__in": ids})
            else:
                rows = relation.related_model._default_manager
                yield from rows.filter(**{f"{relation.field.name}__in": ids})
        kind = ContentType.objects.get_for_model(model)
        for about in (one for one in apps.get_models() if issubclass(one, AboutRecord)):
            if about._meta.app_label == BOOKKEEPING:
                continue
            yield from about._default_manager.filter(about_type=kind, about_id__in=ids)
