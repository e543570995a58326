from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from crm.shared.navigation import Entry, navigation

navigation.add(Entry("home:my_week", "calendar-check", _("My week"), _("Week"), position=10, phone=True))


def has_outbox(user: Any) -> bool:
    return settings.OUTBOX_DIR is not None


navigation.add(Entry("home:outbox", "mail", _("Outbox"), _("Outbox"), position=90, shown=has_outbox))
