from django.utils.translation import gettext_lazy as _

from crm.shared.navigation import Entry, navigation

navigation.add(Entry("documents:documents", "folder", _("Documents"), _("Documents"), position=62, also=("documents",)))
