"""How forms come out: every bound field is drawn by ``templates/django/forms/field.html`` in the house's classes."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from crm.shared.choices import country_choices
from crm.shared.errors import DomainError, NotAllowed, VersionConflict


class StyledField(BoundField):
    """A bound field whose widget has the stylesheet's class, unless the form (or the back office) gave its own."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        style = widget_class(widget)
        if style and not widget.attrs.get("class") and not attrs.get("class"):
            attrs["class"] = style
        return attrs


class Renderer(TemplatesSetting):
    bound_field_class = StyledField


def widget_class(widget: forms.Widget) -> str:
    """Return the stylesheet's class for a widget; "" for hidden ones and groups of choices."""
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)) or widget.is_hidden:
        return ""
    if isinstance(widget, forms.Select):
        return "select"
    return "textarea" if isinstance(widget, forms.Textarea) else "input"


def add_service_error(form: forms.BaseForm, error: DomainError) -> None:
    """Put what a service refused beside the fields it names, else above the form.

    ``NotAllowed`` and ``VersionConflict`` have pages of their own: they are raised on.
    """
    if isinstance(error, (NotAllowed, VersionConflict)):
        raise error
    for name, message in error.fields.items():
        form.add_error(name if name in form.fields else None, message)
    if not any(name in form.fields for name in error.fields):
        form.add_error(NON_FIELD_ERRORS, str(error.message))


#: What a form asks beside the record's own fields.
NOT_FIELDS = {"version", "find"}


class RecordForm(forms.ModelForm):
    """A record as people edit it, for a service to write.

    The version that was read goes along, so that nobody overwrites another's work. Fields are validated here;
    constraints are left to the service, which says in words what is wrong.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    @property
    def values(self) -> dict[str, Any]:
        """What the service is to write."""
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_FIELDS}

    @property
    def expected_version(self) -> int | None:
        return self.cleaned_data.get("version")


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ArchiveForm(forms.Form):
    """Why a record leaves the lists."""

    reason = forms.CharField(label=_("Reason for archiving"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CountryChoiceField(forms.ChoiceField):
    """A country by its name in the language of the page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_countries, **{"label": _("Country"), "required": False} | kwargs)


def _countries() -> list[tuple[str, str]]:
    named = sorted(((code, str(name)) for code, name in country_choices()), key=lambda pair: pair[1])
    return [("", _("Not stated")), *named]


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
