"""Papers stand in the timeline of the record that they are about."""

import datetime
from collections.abc import Iterator

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from crm.accounts.models import User
from crm.documents.models import Document
from crm.documents.queries import documents_about
from crm.shared.registries import ANY, TimelineEntry, timeline


@timeline.register(ANY)
def documents_of_record(record: Model, user: User) -> Iterator[TimelineEntry]:
    for document in documents_about(record, user):
        yield TimelineEntry(
            at=_moment(document),
            whole_day=document.date is not None,
            icon="file-text",
            title=f"{document.get_kind_display()}: {document.title}",
            body=" · ".join(filter(None, [document.number, document.sender, document.recipient])),
            by=document.owner.full_name if document.owner else "",
            url=reverse("documents:file", args=[document.pk]) if document.file else "",
            archive_url=reverse("home:archive_record", args=["documents.document", document.pk]),
        )


def _moment(document: Document) -> datetime.datetime:
    """The day on the paper, at noon; without one the moment it was entered."""
    if document.date is None:
        return document.created_at
    return timezone.make_aware(datetime.datetime.combine(document.date, datetime.time(12)))
