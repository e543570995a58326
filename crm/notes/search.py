"""How notes are found."""

from crm.notes.queries import notes_visible_to
from crm.notes.services import archive_note, restore_note
from crm.shared.archive import shelve
from crm.shared.registries import visible_records

visible_records.register("notes.note")(notes_visible_to)
shelve("notes.note", visible=notes_visible_to, archive=archive_note, restore=restore_note)
