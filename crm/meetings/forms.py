from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.forms import offer_people, offer_regions
from crm.accounts.models import User
from crm.companies.forms import OrganisationsMixin
from crm.companies.queries import contacts_visible_to
from crm.delegations.queries import delegations_visible_to
from crm.meetings.models import Meeting
from crm.shared.forms import DateInput, RecordForm


class MeetingForm(OrganisationsMixin, RecordForm):
    """A meeting; its outcome is logged by a form of its own."""

    topics = forms.CharField(
        label=_("Topics"), required=False, help_text=_("One a line."), widget=forms.Textarea(attrs={"rows": 3})
    )

    class Meta:
        model = Meeting
        fields = (
            "region",
            "subject",
            "date",
            "time",
            "place",
            "delegation",
            "companies",
            "contacts",
            "topics",
            "summary",
            "owner",
        )
        widgets = {
            "date": DateInput(),
            "time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "contacts": forms.SelectMultiple(attrs={"size": 5}),
            "summary": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_regions(self, user)
        offer_people(self, user, "owner")
        fields: Any = self.fields
        fields["delegation"].queryset = delegations_visible_to(user).filter(archived_at__isnull=True)
        fields["contacts"].queryset = contacts_visible_to(user).filter(archived_at__isnull=True)
        self.initial["topics"] = "\n".join(self.instance.topics)

    def clean_topics(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["topics"].splitlines() if line.strip()]
