from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.companies.choices import CompanyKind
from crm.companies.models import Company, Contact
from crm.companies.queries import countries_of
from crm.reference.models import Sector
from crm.shared.choices import country_name
from crm.shared.searching import search_records
from leads.extraction.folding import fold


class ContactFilter(django_filters.FilterSet):
    """What the list of contact persons can be narrowed by."""

    q = django_filters.CharFilter(
        label=_("Name, position or company"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, position or company")}),
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), field_name="company__country", empty_label=_("All countries"), choices=[]
    )

    class Meta:
        model = Contact
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["country"].field.choices = _named(set(self.queryset.values_list("company__country", flat=True)))

    def search(self, contacts: QuerySet[Contact], name: str, value: str) -> QuerySet[Contact]:
        for word in fold(value).split():
            contacts = contacts.filter(Q(search_text__contains=word) | Q(company__search_text__contains=word))
        return contacts


class CompanyFilter(django_filters.FilterSet):
    """What the list of companies can be narrowed by."""

    q = django_filters.CharFilter(
        label=_("Name, city or BIN"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, city or BIN")}),
    )
    country = django_filters.ChoiceFilter(label=_("Country"), empty_label=_("All countries"), choices=[])
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All kinds"), choices=CompanyKind)
    sector = django_filters.ModelChoiceFilter(
        label=_("Sector"),
        empty_label=_("All sectors"),
        field_name="sectors",
        queryset=Sector.objects.all(),
        to_field_name="code",
    )

    class Meta:
        model = Company
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["country"].field.choices = _named(countries_of(self.queryset))

    def search(self, companies: QuerySet[Company], name: str, value: str) -> QuerySet[Company]:
        return search_records(companies, value)


def _named(codes: Iterable[str | None]) -> list[tuple[str, str]]:
    """Return the countries as choices, by name, all of them first."""
    named = sorted(((code, country_name(code)) for code in codes if code), key=lambda pair: pair[1])
    return [("", str(_("All countries"))), *named]
