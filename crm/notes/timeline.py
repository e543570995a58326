"""Notes stand in the timeline of the record that they are about."""

from collections.abc import Iterator

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.notes.queries import notes_about
from crm.shared.registries import ANY, TimelineEntry, timeline


@timeline.register(ANY)
def notes_of_record(record: Model, user: User) -> Iterator[TimelineEntry]:
    for note in notes_about(record, user):
        title = _("Note to %(names)s") % {"names": note.mentioned} if note.mentioned else _("Note")
        yield TimelineEntry(
            at=note.created_at,
            icon="message-square",
            title=title,
            body=note.text,
            by=note.author.full_name,
            archive_url=reverse("home:archive_record", args=["notes.note", note.pk]),
        )
