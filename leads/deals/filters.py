"""What the board and the table may be narrowed to; the query string is the view."""

from datetime import date
from typing import Any

import django_filters
from django.core.validators import MaxValueValidator
from django.db.models import BigIntegerField, Exists, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from leads.deals.choices import RESTING, Health, Stage
from leads.deals.models import Deal
from leads.deals.queries import open_steps_of_each, search_deals

STEP_CHOICES = [("overdue", _("Overdue")), ("none", _("Without a next step"))]
HEALTH_CHOICES = [*Health.choices, ("all", _("All"))]


class KeyFilter(django_filters.NumberFilter):
    """The key of a record; what no database could hold is no choice."""

    def get_max_validator(self) -> MaxValueValidator:
        return MaxValueValidator(BigIntegerField.MAX_BIGINT)


class DealFilter(django_filters.FilterSet):
    """Without ``health`` the deals at rest are left out. ``quiet`` is the condition of a deal gone quiet."""

    q = django_filters.CharFilter(method="search", label=_("Company or deal"))
    owner = KeyFilter(field_name="owner_id", label=_("Owner"))
    region = django_filters.CharFilter(field_name="region__code", label=_("Region"))
    country = django_filters.CharFilter(field_name="company__country", label=_("Country"))
    sector = django_filters.CharFilter(field_name="sector__code", label=_("Sector"))
    delegation = KeyFilter(field_name="delegation_id", label=_("Delegation"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"))
    step = django_filters.ChoiceFilter(choices=STEP_CHOICES, method="by_step", label=_("Next step"))
    quiet = django_filters.BooleanFilter(method="by_quiet", label=_("Gone quiet"))
    health = django_filters.ChoiceFilter(choices=HEALTH_CHOICES, method="by_health", label=_("Health"))

    class Meta:
        model = Deal
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Deal], *, quiet: Q, today: date) -> None:
        super().__init__(data, queryset)
        self.quiet, self.today = quiet, today

    def filter_queryset(self, queryset: QuerySet[Deal]) -> QuerySet[Deal]:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("health") else found.exclude(health__in=RESTING)

    def search(self, deals: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        return search_deals(deals, value)

    def by_step(self, deals: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        steps = open_steps_of_each()
        if value == "overdue":
            return deals.filter(Exists(steps.filter(due_date__lt=self.today)))
        return deals.filter(~Exists(steps)).exclude(stage=Stage.REALISED)

    def by_quiet(self, deals: QuerySet[Deal], name: str, value: bool) -> QuerySet[Deal]:
        return deals.filter(self.quiet) if value else deals

    def by_health(self, deals: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        return deals if value == "all" else deals.filter(health=value)
