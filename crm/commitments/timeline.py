"""What was kept or dropped stands in the timeline of the record that it was about."""

from collections.abc import Iterator

from django.db.models import Model

from crm.accounts.models import User
from crm.commitments.choices import CLOSED, CommitmentStatus
from crm.commitments.queries import commitments_visible_to
from crm.shared.about import about
from crm.shared.registries import ANY, TimelineEntry, timeline


@timeline.register(ANY)
def closed_commitments_of_record(record: Model, user: User) -> Iterator[TimelineEntry]:
    closed = commitments_visible_to(user).filter(**about(record), status__in=CLOSED, archived_at__isnull=True)
    for commitment in closed.select_related("closed_by"):
        if commitment.closed_at is None:
            continue
        kept = commitment.status == CommitmentStatus.KEPT
        yield TimelineEntry(
            at=commitment.closed_at,
            icon="check" if kept else "x",
            title=f"{commitment.get_status_display()}: {commitment.text}",
            body=commitment.proof if kept else commitment.drop_reason,
            by=commitment.closed_by.full_name if commitment.closed_by else "",
        )
