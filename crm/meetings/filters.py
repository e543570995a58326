from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.queries import assignable_users
from crm.meetings.choices import Outcome
from crm.meetings.models import Meeting
from crm.meetings.queries import search_meetings
from crm.shared.forms import DateInput


class MeetingFilter(django_filters.FilterSet):
    """What the list of meetings can be narrowed by."""

    q = django_filters.CharFilter(
        label=_("Subject, place or organisation"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Subject, place or organisation")}),
    )
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), empty_label=_("Any outcome"), choices=Outcome)
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"), empty_label=_("Anybody"), queryset=lambda request: _owners(request)
    )
    since = django_filters.DateFilter(label=_("From"), field_name="date", lookup_expr="gte", widget=DateInput())

    class Meta:
        model = Meeting
        fields: list[str] = []

    def search(self, meetings: QuerySet[Meeting], name: str, value: str) -> QuerySet[Meeting]:
        return search_meetings(meetings, value)


def _owners(request: Any) -> QuerySet[User]:
    return assignable_users(request.user)
