from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.queries import assignable_users
from crm.delegations.choices import DelegationStatus, Direction, PracticeTopic
from crm.delegations.models import Delegation, Practice
from crm.delegations.queries import years_of
from crm.shared.searching import search_records


class DelegationFilter(django_filters.FilterSet):
    """What the list of visits can be narrowed by."""

    q = django_filters.CharFilter(
        label=_("Title, place or member"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Title, place or member")}),
    )
    direction = django_filters.ChoiceFilter(label=_("Direction"), empty_label=_("All visits"), choices=Direction)
    status = django_filters.ChoiceFilter(label=_("Status"), empty_label=_("Any status"), choices=DelegationStatus)
    year = django_filters.ChoiceFilter(
        label=_("Year"), empty_label=_("All years"), field_name="start_date", lookup_expr="year", choices=[]
    )

    class Meta:
        model = Delegation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(year), str(year)) for year in years_of(self.queryset)]
        self.filters["year"].field.choices = [("", _("All years")), *years]

    def search(self, delegations: QuerySet[Delegation], name: str, value: str) -> QuerySet[Delegation]:
        return search_records(delegations, value)


class PracticeFilter(django_filters.FilterSet):
    topic = django_filters.ChoiceFilter(label=_("Topic"), empty_label=_("All topics"), choices=PracticeTopic)
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"), empty_label=_("Anybody"), queryset=lambda request: _owners(request)
    )

    class Meta:
        model = Practice
        fields: list[str] = []


def _owners(request: Any) -> QuerySet[User]:
    return assignable_users(request.user)
