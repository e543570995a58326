"""How deals are found."""

from django.utils.translation import gettext_lazy as _

from crm.shared.archive import shelve
from crm.shared.registries import SearchKind, parts, register_search_kind, search_keys, visible_records
from leads.deals.queries import (
    deal_search_keys,
    deals_visible_to,
    frozen_figures_visible_to,
    memoranda_visible_to,
    parts_of_deal,
    targets_visible_to,
    values_visible_to,
)
from leads.deals.services import (
    archive_deal,
    archive_figures,
    archive_target,
    archive_value,
    close_memorandum,
    restore_deal,
    restore_figures,
    restore_memorandum,
    restore_target,
    restore_value,
)

visible_records.register("deals.deal")(deals_visible_to)
visible_records.register("deals.dealvalue")(values_visible_to)
visible_records.register("deals.memorandum")(memoranda_visible_to)
search_keys.register("deals.deal")(deal_search_keys)
register_search_kind(
    SearchKind("deals.deal", _("Deals"), "kanban", "deals:deal", "title", "company__name", position=20)
)
parts.register("deals.deal")(parts_of_deal)
shelve("deals.deal", visible=deals_visible_to, archive=archive_deal, restore=restore_deal)
shelve("deals.dealvalue", visible=values_visible_to, archive=archive_value, restore=restore_value)
shelve("deals.memorandum", visible=memoranda_visible_to, archive=close_memorandum, restore=restore_memorandum)
shelve("deals.target", visible=targets_visible_to, archive=archive_target, restore=restore_target)
shelve(
    "deals.frozenfigures",
    visible=frozen_figures_visible_to,
    archive=archive_figures,
    restore=restore_figures,
)
