"""How meetings are found."""

from django.utils.translation import gettext_lazy as _

from crm.meetings.queries import meeting_search_keys, meetings_visible_to
from crm.meetings.services import archive_meeting, restore_meeting
from crm.shared.archive import shelve
from crm.shared.registries import SearchKind, register_search_kind, search_keys, visible_records

visible_records.register("meetings.meeting")(meetings_visible_to)
search_keys.register("meetings.meeting")(meeting_search_keys)
register_search_kind(
    SearchKind("meetings.meeting", _("Meetings"), "users", "meetings:meeting", "subject", "date", position=40)
)

shelve("meetings.meeting", visible=meetings_visible_to, archive=archive_meeting, restore=restore_meeting)
