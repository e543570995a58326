import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.commitments.choices import CLOSED, OWED, CommitmentStatus
from crm.commitments.models import Commitment
from crm.commitments.queries import possible_executors

STATES = [
    ("overdue", _("Overdue")),
    ("blocked", _("Blocked by a body")),
    ("control", _("Under control")),
    ("closed", _("Closed")),
]


class CommitmentFilter(django_filters.FilterSet):
    """What the list of commitments can be narrowed by; without ``state`` it shows what is still owed."""

    state = django_filters.ChoiceFilter(
        label=_("Status"), empty_label=_("Open"), choices=STATES, method="by_state", required=False
    )
    executor = django_filters.ModelChoiceFilter(
        label=_("Executor"), empty_label=_("Anybody"), queryset=lambda request: _executors(request)
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Commitment]) -> QuerySet[Commitment]:
        narrowed = super().filter_queryset(queryset)
        return narrowed if self.form.cleaned_data.get("state") == "closed" else narrowed.filter(status__in=OWED)

    @property
    def of_every_state(self) -> QuerySet[Commitment]:
        """What is found, closed ones too where no status is asked for."""
        has_state = self.form.is_valid() and self.form.cleaned_data.get("state")
        return self.qs if has_state else super().filter_queryset(self.queryset.all())

    def by_state(self, commitments: QuerySet[Commitment], name: str, value: str) -> QuerySet[Commitment]:
        today: datetime.date = timezone.localdate()
        conditions: dict[str, dict[str, Any]] = {
            "overdue": {"due_date__lt": today},
            "blocked": {"status": CommitmentStatus.BLOCKED},
            "control": {"under_control": True},
            "closed": {"status__in": CLOSED},
        }
        return commitments.filter(**conditions[value])


def _executors(request: Any) -> QuerySet[User]:
    return possible_executors(request.user)
