"""Writes of notes."""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.services import archive_record, create_record, restore_record
from crm.notes.errors import MentionRefused
from crm.notes.models import Note
from crm.notes.queries import region_of, users_who_see
from crm.reminders.services import tell_mentioned
from crm.shared.registries import tell_activity
from crm.shared.validation import validate_record


@transaction.atomic
def create_note(*, by: User, about: models.Model, text: str, mentions: Iterable[User] = ()) -> Note:
    """Write a note about a record, in the record's region (a shared record's note stays in the author's).

    The record's listeners are told of the activity, those mentioned of the note. Raises ``NotAllowed``,
    ``MentionRefused`` where somebody mentioned could not see the note, and ``InvalidRecord``.
    """
    region = region_of(about, by)
    require_writer(by, region)
    note = Note(region=region, text=text.strip(), author=by, about=about)
    validate_record(note)
    mentioned = list(mentions)
    allowed = set(users_who_see(region).filter(pk__in=[user.pk for user in mentioned]).values_list("pk", flat=True))
    if any(user.pk not in allowed for user in mentioned):
        message = _("Only colleagues who may see the record can be mentioned.")
        raise MentionRefused(message, fields={"mentions": message})
    create_record(note, by=by, many={"mentions": mentioned})
    tell_mentioned(about, to=mentioned, by=by, words=note.text)
    tell_activity(about, at=timezone.now())
    return note


@transaction.atomic
def archive_note(note: Note, *, by: User | None, reason: str) -> Note:
    """Take a note away from the record's page."""
    require_writer(by, note.region)
    return archive_record(note, by=by, reason=reason)


@transaction.atomic
def restore_note(note: Note, *, by: User | None) -> Note:
    """Bring an archived note back. Raises ``NotAllowed`` and ``InvalidRecord``."""
    require_writer(by, note.region)
    return restore_record(note, by=by)
