from django.utils.translation import gettext_lazy as _

from crm.accounts.permissions import sees_region
from crm.shared.navigation import Entry, navigation

navigation.add(
    Entry(
        "meetings:meetings", "users", _("Meetings"), _("Meetings"), position=45, also=("meetings",), shown=sees_region
    )
)
