"""What the log adds to a record's timeline: when it was entered, archived and brought back."""

from collections.abc import Iterator

from django.db.models import Model

from crm.audit.choices import Action
from crm.audit.models import AuditEvent
from crm.audit.queries import actor_shown
from crm.shared.registries import ANY, TimelineEntry, timeline

ICONS = {Action.CREATED: "plus", Action.ARCHIVED: "archive", Action.RESTORED: "archive-restore"}


@timeline.register(ANY)
def life_of_record(record: Model, user: object) -> Iterator[TimelineEntry]:
    """Yield the record's own milestones; who may see the record may see these."""
    events = AuditEvent.objects.filter(model=record._meta.label_lower, record_id=str(record.pk), action__in=ICONS)
    for event in events.select_related("actor__region"):
        action = Action(event.action)
        reason = event.changes.get("archive_reason", [None, None])[1] if action == Action.ARCHIVED else ""
        yield TimelineEntry(
            at=event.at, icon=ICONS[action], title=str(action.label), body=reason or "", by=actor_shown(event, user)
        )
