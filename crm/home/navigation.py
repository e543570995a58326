from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.commitments.queries import steps_due_of
from crm.shared.navigation import Entry, navigation


def steps_due(user: User) -> QuerySet[Commitment]:
    """Return the user's own steps that are due today or overdue."""
    return steps_due_of(user, on=timezone.localdate(timezone=user.zone))


navigation.add(
    Entry("home:my_week", "calendar-check", _("My week"), _("Week"), position=10, phone=True, count=steps_due)
)

navigation.add(
    Entry(
        "home:archive",
        "archive",
        pgettext_lazy("noun", "Archive"),
        pgettext_lazy("noun", "Archive"),
        position=85,
        also=("home:archive_record",),
    )
)


def has_outbox(user: Any) -> bool:
    return settings.OUTBOX_DIR is not None


navigation.add(Entry("home:outbox", "mail", _("Outbox"), _("Outbox"), position=90, shown=has_outbox))
