"""How notes are found."""

from crm.notes.queries import notes_visible_to
from crm.shared.registries import visible_records

visible_records.register("notes.note")(notes_visible_to)
