from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.forms import offer_people, offer_regions
from crm.accounts.models import User
from crm.documents.models import Document
from crm.shared.forms import DateInput, RecordForm


class DocumentForm(RecordForm):
    """A paper; its file is optional, and one that is given replaces the one before."""

    upload = forms.FileField(label=_("File"), required=False, help_text=_("PDF, Word, Excel or a picture."))

    class Meta:
        model = Document
        fields = (*("region", "kind", "title", "number", "date", "sender", "recipient", "reply_due", "owner"),)
        widgets = {"date": DateInput(), "reply_due": DateInput()}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_regions(self, user)
        offer_people(self, user, "owner")
        fields: Any = self.fields
        fields["owner"].initial = user.pk

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values.items() if name != "upload"}

    @property
    def file(self) -> dict[str, Any]:
        """The file as the services take it; nothing where none was given."""
        given = self.cleaned_data.get("upload")
        return {"data": given.read(), "file_name": given.name} if given else {}


class AnsweredForm(forms.Form):
    """Number and date of the letter that came in as the answer."""

    number = forms.CharField(label=_("Number"), max_length=60)
    date = forms.DateField(label=_("Date"), widget=DateInput())
