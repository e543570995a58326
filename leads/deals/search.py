"""How deals are found."""

from crm.shared.registries import search_keys, visible_records
from leads.deals.queries import deal_search_keys, deals_visible_to

visible_records.register("deals.deal")(deals_visible_to)
search_keys.register("deals.deal")(deal_search_keys)
