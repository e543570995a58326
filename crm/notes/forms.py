from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.notes.queries import users_who_see
from crm.reference.models import Region


class NoteForm(forms.Form):
    """A note about a record of ``region``; ``mentions`` offers the colleagues who may see the record."""

    text = forms.CharField(
        label=_("Note"), max_length=5000, widget=forms.Textarea(attrs={"rows": 2, "placeholder": _("Write a note.")})
    )
    mentions = forms.ModelMultipleChoiceField(
        label=_("Mention"), queryset=User.objects.none(), required=False, widget=forms.SelectMultiple(attrs={"size": 4})
    )

    def __init__(self, *args: Any, region: Region, author: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentions"].queryset = users_who_see(region).exclude(pk=author.pk)  # type: ignore[attr-defined]
