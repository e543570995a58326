from typing import Any

from django import forms

from crm.accounts.forms import offer_people, offer_regions
from crm.accounts.models import User
from crm.companies.forms import OrganisationsMixin
from crm.delegations.models import Delegation, DelegationMember, DelegationStop, Practice
from crm.delegations.queries import delegations_visible_to
from crm.shared.forms import CountryChoiceField, DateInput, RecordForm


class DelegationForm(OrganisationsMixin, RecordForm):
    """A visit; its stops and members are the two form sets below it."""

    class Meta:
        model = Delegation
        fields = (
            "region",
            "title",
            "direction",
            "status",
            "start_date",
            "end_date",
            "purpose",
            "secretary",
            "sectors",
            "companies",
        )
        widgets = {
            "start_date": DateInput(),
            "end_date": DateInput(),
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "sectors": forms.SelectMultiple(attrs={"size": 6}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_regions(self, user)
        offer_people(self, user, "secretary")


class StopForm(forms.ModelForm):
    country = CountryChoiceField()
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = DelegationStop
        fields = ("country", "city", "start_date", "end_date")
        widgets = {"start_date": DateInput(), "end_date": DateInput()}


class MemberForm(forms.ModelForm):
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = DelegationMember
        fields = ("full_name", "position", "email", "side", "is_head")


#: Two empty rows each: who needs more saves and gets two more.
StopFormSet = forms.formset_factory(StopForm, extra=2, can_delete=True, max_num=40)
MemberFormSet = forms.formset_factory(MemberForm, extra=2, can_delete=True, max_num=100)


def rows_of(formset: Any) -> list[dict[str, Any]]:
    """Return the filled rows of a form set, as the services take them; deleted and empty ones stay out."""
    kept = [form.cleaned_data for form in formset if form.has_changed() or form.initial.get("id")]
    rows = [row for row in kept if row and not row.get("DELETE")]
    return [{name: value for name, value in row.items() if name != "DELETE"} for row in rows]


class PracticeForm(RecordForm):
    class Meta:
        model = Practice
        fields = ("region", "topic", "summary", "delegation", "owner")
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_regions(self, user)
        visits: Any = self.fields["delegation"]
        visits.queryset = delegations_visible_to(user).filter(archived_at__isnull=True)
        offer_people(self, user, "owner")
