"""What the board and the table may be narrowed to; the query string is the view."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import BigIntegerField, Exists, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.deals.choices import RESTING, Health, Stage
from leads.deals.models import Deal
from leads.deals.queries import AGES, RANKS, deals_with_progress, open_steps_of_each, search_deals

STEP_CHOICES = [("overdue", _("Overdue")), ("none", _("Without a next step"))]
HEALTH_CHOICES = [*Health.choices, ("all", _("All"))]
#: Days that a deal has stood at its stage: "0" is the first column of the dashboard, the last one has no end.
AGE_CHOICES = [(str(column), str(column)) for column in range(len(AGES) + 1)]


class KeyFilter(django_filters.NumberFilter):
    """The key of a record; what no database could hold is no choice."""

    def get_max_validator(self) -> MaxValueValidator:
        return MaxValueValidator(BigIntegerField.MAX_BIGINT)


class YearFilter(django_filters.NumberFilter):
    """A year that a calendar could hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, validators=[MinValueValidator(1990), MaxValueValidator(2100)], **kwargs)


class DealFilter(django_filters.FilterSet):
    """Without ``health`` the deals at rest are left out. ``quiet`` is the condition of a deal gone quiet."""

    q = django_filters.CharFilter(method="search", label=_("Company or deal"))
    owner = KeyFilter(field_name="owner_id", label=_("Owner"))
    region = django_filters.CharFilter(field_name="region__code", label=_("Region"))
    country = django_filters.CharFilter(field_name="company__country", label=_("Country"))
    sector = django_filters.CharFilter(field_name="sector__code", label=_("Sector"))
    delegation = KeyFilter(field_name="delegation_id", label=_("Delegation"))
    district = KeyFilter(field_name="district_id", label=_("District"))
    curator = KeyFilter(field_name="curator_id", label=_("Curator"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"))
    step = django_filters.ChoiceFilter(choices=STEP_CHOICES, method="by_step", label=_("Next step"))
    quiet = django_filters.BooleanFilter(method="by_quiet", label=_("Gone quiet"))
    health = django_filters.ChoiceFilter(choices=HEALTH_CHOICES, method="by_health", label=_("Health"))
    open = django_filters.BooleanFilter(method="by_open", label=_("In work"))
    began_from = YearFilter(method="by_progress", label=_("From the year"))
    began_to = YearFilter(method="by_progress", label=_("To the year"))
    announced_in = YearFilter(method="by_progress", label=_("Announced in"))
    reached = django_filters.ChoiceFilter(choices=Stage.choices, method="by_progress", label=_("Furthest stage"))
    age = django_filters.ChoiceFilter(choices=AGE_CHOICES, method="by_age", label=_("Days at the stage"))

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

    def by_open(self, deals: QuerySet[Deal], name: str, value: bool) -> QuerySet[Deal]:
        return deals.exclude(stage=Stage.REALISED) if value else deals

    def by_progress(self, deals: QuerySet[Deal], name: str, value: Any) -> QuerySet[Deal]:
        conditions = {
            "began_from": Q(began_in__gte=value),
            "began_to": Q(began_in__lte=value),
            "announced_in": Q(announced_in=value),
            "reached": Q(reached__gte=RANKS.get(value, 0)),
        }
        return deals_with_progress(deals).filter(conditions[name])

    def by_age(self, deals: QuerySet[Deal], name: str, value: str) -> QuerySet[Deal]:
        column = int(value)
        if column < len(AGES):
            deals = deals.filter(stage_entered_at__gte=self._midnight(AGES[column]))
        if column:
            deals = deals.filter(stage_entered_at__lt=self._midnight(AGES[column - 1]))
        return deals.exclude(stage=Stage.REALISED)

    def _midnight(self, days: int) -> datetime:
        """Return when the day began that lies ``days`` back."""
        return timezone.make_aware(datetime.combine(self.today - timedelta(days=days), time.min))
