from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.companies.choices import CompanyKind
from crm.companies.models import Company
from crm.companies.queries import countries_of
from crm.reference.models import Sector
from crm.shared.choices import country_name
from crm.shared.searching import search_records


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
        choices = sorted(((code, country_name(code)) for code in countries_of(self.queryset)), key=lambda pair: pair[1])
        self.filters["country"].field.choices = [("", _("All countries")), *choices]

    def search(self, companies: QuerySet[Company], name: str, value: str) -> QuerySet[Company]:
        return search_records(companies, value)
