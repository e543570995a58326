"""How companies and contacts are found."""

from crm.companies.queries import (
    companies_visible_to,
    company_search_keys,
    contact_search_keys,
    contacts_visible_to,
    other_name_search_keys,
)
from crm.shared.registries import search_keys, visible_records

visible_records.register("companies.company")(companies_visible_to)
visible_records.register("companies.contact")(contacts_visible_to)
search_keys.register("companies.company")(company_search_keys)
search_keys.register("companies.contact")(contact_search_keys)
search_keys.register("companies.companyname")(other_name_search_keys)
