from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.commitments.queries import possible_executors
from crm.documents.queries import documents_about
from crm.shared.forms import DateInput, RecordForm


class CommitmentForm(RecordForm):
    """What one side will do about the record ``about`` by when."""

    class Meta:
        model = Commitment
        fields = (
            "side",
            "text",
            "due_date",
            "executor",
            "executor_name",
            "co_executors",
            "under_control",
            "source_document",
            "source_item",
        )
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "due_date": DateInput(),
            "co_executors": forms.SelectMultiple(attrs={"size": 4}),
        }

    def __init__(self, *args: Any, user: User, about: Model, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["executor"].queryset = fields["co_executors"].queryset = possible_executors(user)
        fields["source_document"].queryset = documents_about(about, user)


class KeepForm(forms.Form):
    proof = forms.CharField(label=_("Proof"), required=False, max_length=2000)
    version = forms.IntegerField(required=False)


class PostponeForm(forms.Form):
    """Another day; without one a week more."""

    due_date = forms.DateField(label=_("Due date"), required=False, widget=DateInput())
    version = forms.IntegerField(required=False)


class BlockForm(forms.Form):
    blocked_by = forms.CharField(
        label=_("Blocked by"), max_length=200, help_text=_("The body whose answer is awaited.")
    )
    since = forms.DateField(label=_("Blocked since"), widget=DateInput())
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class DropForm(forms.Form):
    reason = forms.CharField(label=_("Why will it not be done?"), max_length=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
