"""How delegations and practices are found."""

from crm.delegations.queries import delegation_search_keys, delegations_visible_to, practices_visible_to
from crm.shared.registries import search_keys, visible_records

visible_records.register("delegations.delegation")(delegations_visible_to)
visible_records.register("delegations.practice")(practices_visible_to)
search_keys.register("delegations.delegation")(delegation_search_keys)
