from django.utils.translation import gettext_lazy as _

from crm.accounts.permissions import sees_region
from crm.shared.navigation import Entry, navigation

navigation.add(
    Entry(
        "companies:companies",
        "building-2",
        _("Companies"),
        _("Companies"),
        position=50,
        phone=True,
        also=("companies",),
        shown=sees_region,
    )
)
