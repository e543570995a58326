from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.accounts.choices import Role
from crm.accounts.models import User


class AccountState(models.TextChoices):
    """How far an account is."""

    OPEN = "open", _("In use")
    INVITED = "invited", _("Invited, has not come yet")
    CLOSED = "closed", _("Closed accounts")


class PeopleFilter(django_filters.FilterSet):
    """What the list of people can be narrowed by; closed accounts are shown when asked for."""

    q = django_filters.CharFilter(
        label=_("Name or e-mail"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name or e-mail")}),
    )
    role = django_filters.ChoiceFilter(label=_("Role"), empty_label=_("All roles"), choices=Role)
    state = django_filters.ChoiceFilter(
        label=_("Account"), empty_label=_("Open accounts"), choices=AccountState, method="of_state"
    )

    class Meta:
        model = User
        fields: list[str] = []

    @property
    def qs(self) -> Any:
        people = super().qs
        return people if self.form.cleaned_data.get("state") else people.filter(is_active=True)

    def search(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        for word in value.split():
            people = people.filter(Q(full_name__icontains=word) | Q(email__icontains=word))
        return people

    def of_state(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        if value == AccountState.CLOSED:
            return people.filter(is_active=False)
        came = people.filter(is_active=True)
        return came.filter(last_login=None) if value == AccountState.INVITED else came.exclude(last_login=None)
