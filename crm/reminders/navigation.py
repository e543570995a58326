from django.utils.translation import gettext_lazy as _

from crm.reminders.notices import unread_notices
from crm.shared.navigation import Entry, navigation

navigation.add(
    Entry("reminders:notices", "bell", _("Notices"), _("Notices"), position=15, count=unread_notices, on_top=True)
)
