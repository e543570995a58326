"""The pages of reminders: the links of mails, notices, the calendar feed, the weekly mail as it would be now,
what is not asked."""

from crm.reminders.views.answers import answers
from crm.reminders.views.feeds import calendar, renew_feed, stop_feed
from crm.reminders.views.notices import notices, open_notice, read_notices
from crm.reminders.views.previews import preview, preview_body, preview_body_of
from crm.reminders.views.silences import end_silence, silences
from crm.reminders.views.unsubscribing import unsubscribe, unsubscribe_one_click

__all__ = [
    "answers",
    "calendar",
    "end_silence",
    "notices",
    "open_notice",
    "preview",
    "preview_body",
    "preview_body_of",
    "read_notices",
    "renew_feed",
    "silences",
    "stop_feed",
    "unsubscribe",
    "unsubscribe_one_click",
]
