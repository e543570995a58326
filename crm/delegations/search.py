"""How delegations and practices are found."""

from django.utils.translation import gettext_lazy as _

from crm.delegations.queries import (
    delegation_search_keys,
    delegations_visible_to,
    parts_of_delegation,
    practices_visible_to,
    programme_items_visible_to,
)
from crm.delegations.services import (
    archive_delegation,
    archive_practice,
    archive_programme_item,
    restore_delegation,
    restore_practice,
    restore_programme_item,
)
from crm.shared.archive import shelve
from crm.shared.registries import SearchKind, parts, register_search_kind, search_keys, visible_records

visible_records.register("delegations.delegation")(delegations_visible_to)
visible_records.register("delegations.practice")(practices_visible_to)
visible_records.register("delegations.programmeitem")(programme_items_visible_to)
search_keys.register("delegations.delegation")(delegation_search_keys)
register_search_kind(
    SearchKind(
        "delegations.delegation", _("Visits"), "plane", "delegations:delegation", "title", "start_date", position=30
    )
)
shelve("delegations.delegation", visible=delegations_visible_to, archive=archive_delegation, restore=restore_delegation)
parts.register("delegations.delegation")(parts_of_delegation)
shelve(
    "delegations.programmeitem",
    visible=programme_items_visible_to,
    archive=archive_programme_item,
    restore=restore_programme_item,
)
shelve("delegations.practice", visible=practices_visible_to, archive=archive_practice, restore=restore_practice)
