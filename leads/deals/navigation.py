from django.utils.translation import gettext_lazy as _

from crm.accounts.permissions import sees_region
from crm.shared.navigation import Entry, navigation

navigation.add(
    Entry(
        "deals:board",
        "kanban",
        _("Deals board"),
        _("Deals"),
        position=30,
        phone=True,
        also=("deals",),
        shown=sees_region,
    )
)
navigation.add(
    Entry(
        "deals:dashboard",
        "chart-column",
        _("Dashboard"),
        _("Dashboard"),
        position=80,
        also=("deals:archive_target", "deals:freeze", "deals:frozen", "deals:set_plan", "deals:targets"),
        shown=sees_region,
    )
)
