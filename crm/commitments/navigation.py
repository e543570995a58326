from django.utils.translation import gettext_lazy as _

from crm.shared.navigation import Entry, navigation

navigation.add(
    Entry("commitments:commitments", "list-checks", _("Commitments"), _("Tasks"), position=60, also=("commitments",))
)
