from django.utils.translation import gettext_lazy as _

from crm.accounts.permissions import sees_region
from crm.shared.navigation import Entry, navigation

navigation.add(
    Entry(
        "delegations:delegations",
        "plane",
        _("Visits"),
        _("Visits"),
        position=40,
        also=("delegations:delegation", "delegations:create", "delegations:edit", "delegations:programme"),
        shown=sees_region,
    )
)
navigation.add(
    Entry(
        "delegations:practices",
        "lightbulb",
        _("Practice"),
        _("Practice"),
        position=70,
        also=("delegations:practice_create", "delegations:practice_edit"),
        shown=sees_region,
    )
)
