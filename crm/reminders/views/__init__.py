"""The pages of reminders: the links of mails, notices, the calendar feed."""

from crm.reminders.views.answers import answers
from crm.reminders.views.feeds import calendar, renew_feed, stop_feed
from crm.reminders.views.notices import notices, open_notice, read_notices
from crm.reminders.views.unsubscribing import unsubscribe, unsubscribe_one_click

__all__ = [
    "answers",
    "calendar",
    "notices",
    "open_notice",
    "read_notices",
    "renew_feed",
    "stop_feed",
    "unsubscribe",
    "unsubscribe_one_click",
]
