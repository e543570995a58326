from django.utils.translation import gettext_lazy as _

from crm.shared.navigation import Entry, navigation

navigation.add(Entry("deals:board", "kanban", _("Deals board"), _("Deals"), position=30, phone=True, also=("deals",)))
