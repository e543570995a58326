from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from crm.audit.admin import RecordAdmin, ShownRowsInline
from crm.companies.models import Company, CompanyName, Contact
from crm.companies.queries import companies_visible_to, contacts_visible_to
from crm.companies.services import create_company, create_contact, update_company, update_contact
from leads.extraction.folding import fold


class FoldedSearch:
    """Search as the pages do: Бурса finds Bursa."""

    def get_search_results(self, request: HttpRequest, rows: QuerySet, term: str) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, rows, fold(term))  # type: ignore[misc]


class CompanyNameInline(ShownRowsInline):
    model = CompanyName
    fields = ("name",)


@admin.register(Company)
class CompanyAdmin(FoldedSearch, RecordAdmin):
    visible = staticmethod(companies_visible_to)
    create = staticmethod(create_company)
    update = staticmethod(update_company)
    list_display = ("name", "kind", "country", "city", "bin", "updated_at")
    list_filter = ("kind", "sectors", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("search_text", "bin")
    filter_horizontal = ("sectors",)
    inlines = (CompanyNameInline,)


@admin.register(Contact)
class ContactAdmin(FoldedSearch, RecordAdmin):
    visible = staticmethod(contacts_visible_to)
    create = staticmethod(create_contact)
    update = staticmethod(update_contact)
    list_display = ("full_name", "position", "company", "email", "phone")
    list_select_related = ("company",)
    list_filter = (("archived_at", admin.EmptyFieldListFilter),)
    search_fields = ("search_text",)
    autocomplete_fields = ("company",)
    # Which regions have dealt with the person follows from meetings and deals.
    exclude = ("regions",)
