"""How companies and contacts are found."""

from django.utils.translation import gettext_lazy as _

from crm.companies.queries import (
    companies_visible_to,
    company_search_keys,
    contact_search_keys,
    contacts_visible_to,
    other_name_search_keys,
)
from crm.companies.services import archive_company, archive_contact, restore_company, restore_contact
from crm.shared.archive import shelve
from crm.shared.registries import SearchKind, register_search_kind, search_keys, visible_records

visible_records.register("companies.company")(companies_visible_to)
visible_records.register("companies.contact")(contacts_visible_to)
search_keys.register("companies.company")(company_search_keys)
search_keys.register("companies.contact")(contact_search_keys)
search_keys.register("companies.companyname")(other_name_search_keys)
register_search_kind(
    SearchKind("companies.company", _("Companies"), "building-2", "companies:company", "name", "city", position=10)
)
register_search_kind(
    SearchKind(
        "companies.contact",
        _("Contacts"),
        "contact",
        "companies:contact",
        "full_name",
        "company__name",
        position=15,
    )
)
shelve("companies.company", visible=companies_visible_to, archive=archive_company, restore=restore_company)
shelve("companies.contact", visible=contacts_visible_to, archive=archive_contact, restore=restore_contact)
