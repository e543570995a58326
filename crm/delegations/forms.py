from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts.forms import offer_people, offer_regions
from crm.accounts.models import User
from crm.companies.forms import OrganisationsMixin
from crm.delegations.models import Delegation, DelegationMember, DelegationStop, Practice, ProgrammeItem
from crm.delegations.queries import delegations_visible_to
from crm.delegations.services.debriefs import Told
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
StopFormSet = forms.formset_factory(StopForm, extra=2, can_delete=True, max_num=40, absolute_max=40)
MemberFormSet = forms.formset_factory(MemberForm, extra=2, can_delete=True, max_num=100, absolute_max=100)


def rows_of(formset: Any) -> list[dict[str, Any]]:
    """Return the filled rows of a form set, as the services take them; deleted and empty ones stay out."""
    kept = [form.cleaned_data for form in formset if form.has_changed() or form.initial.get("id")]
    rows = [row for row in kept if row and not row.get("DELETE")]
    return [{name: value for name, value in row.items() if name != "DELETE"} for row in rows]


class ProgrammeItemForm(RecordForm):
    """An hour of a visit."""

    class Meta:
        model = ProgrammeItem
        fields = ("date", "starts_at", "ends_at", "title", "place", "met_by", "interpreter", "transport", "note")
        widgets = {
            "date": DateInput(),
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "note": forms.Textarea(attrs={"rows": 2}),
        }


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


class DebriefMeetingForm(forms.Form):
    """One meeting of the visit, as a member tells of it."""

    company = forms.CharField(label=_("Whom did you meet? Company or body"), max_length=250, required=False)
    person = forms.CharField(label=_("With whom there"), max_length=150, required=False)
    agreed = forms.CharField(
        label=_("What was agreed"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    needed = forms.CharField(
        label=_("What is needed from us"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_date = forms.DateField(label=_("By when"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        said = [name for name in ("agreed", "needed", "due_date") if given.get(name)]
        if said and not (given.get("company") or given.get("person")):
            self.add_error("company", gettext("Say whom you met."))
        return given


class _DebriefMeetings(forms.BaseFormSet):
    @classmethod
    def with_one_more(cls, data: Any, *, prefix: str) -> "_DebriefMeetings":
        """Return the form set with what was filled in, not checked yet, and one more empty meeting."""
        sent = cls(data, prefix=prefix)
        number = min(sent.total_form_count(), MOST_MEETINGS - 1)
        names = list(DebriefMeetingForm.base_fields)
        filled = [{name: data.get(f"{prefix}-{place}-{name}", "") for name in names} for place in range(number)]
        more = cls(initial=filled, prefix=prefix)
        more.extra = 1
        return more


MOST_MEETINGS = 20
#: One meeting to begin with; a button brings one more.
DebriefMeetings = forms.formset_factory(
    DebriefMeetingForm, formset=_DebriefMeetings, extra=1, max_num=MOST_MEETINGS, absolute_max=MOST_MEETINGS
)


class DebriefForm(forms.Form):
    """What a member tells beside the meetings."""

    practice = forms.CharField(
        label=_("Something seen there that is worth adopting here"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    nothing = forms.BooleanField(label=_("I have nothing to tell"), required=False)


def told_in(meetings: Any) -> list[Told]:
    """Return the meetings of a valid form set, as the service takes them."""
    return [
        Told(**{name: value for name, value in form.cleaned_data.items() if value})
        for form in meetings
        if form.cleaned_data
    ]
