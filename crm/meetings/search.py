"""How meetings are found."""

from crm.meetings.queries import meeting_search_keys, meetings_visible_to
from crm.shared.registries import search_keys, visible_records

visible_records.register("meetings.meeting")(meetings_visible_to)
search_keys.register("meetings.meeting")(meeting_search_keys)
