from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.queries import (
    assignable_users,
    possible_deputies,
    possible_receivers,
    regions_open_to,
    within_regions_of,
)
from crm.reference.models import Office


def time_zone_choices() -> list[tuple[str, Any]]:
    zones = sorted(zone for zone in available_timezones() if zone.startswith(("Asia/", "Europe/")))
    return [("", _("As in my region")), *((zone, zone.replace("_", " ")) for zone in zones)]


class PreferencesForm(forms.ModelForm):
    """What users set for themselves; ``services.update_preferences`` saves it."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, required=False)
    digest_hour = forms.TypedChoiceField(
        label=_("Hour of the digest"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)]
    )

    class Meta:
        model = User
        fields = [
            "language",
            "time_zone",
            "digest_wanted",
            "notices_by_mail",
            "digest_day",
            "digest_hour",
            "deputy",
            "deputy_from",
            "deputy_until",
        ]
        widgets = {
            "deputy_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "deputy_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = possible_deputies(self.instance)
        self.fields["deputy"].empty_label = _("Nobody")


def offer_regions(form: forms.BaseForm, user: User) -> None:
    """Offer in the form's ``region`` what is open to the user, the user's own first; one region is not asked for."""
    regions = list(regions_open_to(user))
    field: Any = form.fields["region"]
    field.queryset = regions_open_to(user)
    field.initial = user.region_id
    if len(regions) == 1:
        field.widget = forms.HiddenInput()


def offer_people(form: forms.BaseForm, user: User, *names: str) -> None:
    """Offer in the form's fields ``names`` who may own a record that the user sees."""
    for name in names:
        field: Any = form.fields[name]
        field.queryset = assignable_users(user)


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What for"), max_length=100, help_text=_("So that you know it again: “export to the dashboard”.")
    )
    expires_on = forms.DateField(
        label=_("Works until"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class InviteForm(forms.ModelForm):
    """Somebody new, in a region that the administrator keeps."""

    class Meta:
        model = User
        fields = ["full_name", "email", "position", "role", "region", "office", "language"]
        help_texts = {
            "role": _(
                "Officials write, managers also assign and confirm, viewers only look, partners see what they carry "
                "out, administrators keep accounts and reference data."
            )
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_regions(self, by)
        self.fields["region"].required = True
        self.fields["office"].queryset = within_regions_of(by, Office.objects.all())
        self.fields["language"].initial = by.language

    def validate_unique(self) -> None:
        """The service says it in words, whatever the case of the letters."""

    def validate_constraints(self) -> None:
        """As above."""


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Hand over to"), queryset=User.objects.none(), empty_label=_("Choose somebody"))
    close = forms.BooleanField(
        label=_("Close the account afterwards"),
        required=False,
        help_text=_("It signs in no more; what it did stays."),
    )

    def __init__(self, *args: Any, user: User, by: User, may_close: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = possible_receivers(user, by=by)
        if not may_close:
            del self.fields["close"]
