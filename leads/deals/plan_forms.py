"""Forms of the dashboard: the plan, and a name for frozen figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.queries import assignable_users
from crm.reference.choices import RegionKind
from crm.reference.models import Region
from leads.deals.models import Target
from leads.deals.queries import regions_to_choose


class FreezeForm(forms.Form):
    """Under what name figures are kept."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("For example: Report to the ministry, third quarter of 2026")
    )


class TargetForm(forms.ModelForm):
    """A plan. Without quarter it is the year's, without district and curator the whole region's."""

    class Meta:
        model = Target
        fields = ["region", "year", "quarter", "district", "curator", "sector", "amount"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions_to_choose(user)
        self.fields["region"].initial = user.region_id
        self.fields["curator"].queryset = assignable_users(user)
        districts = Region.objects.filter(kind=RegionKind.DISTRICT, parent__in=regions_to_choose(user))
        self.fields["district"].queryset = districts
        if not user.is_national:
            self.fields["region"].widget = forms.HiddenInput()
        if not districts.exists():
            del self.fields["district"]

    def clean(self) -> dict[str, Any]:
        """The service says what the constraints refuse: a plan for the same is replaced."""
        return self.cleaned_data
