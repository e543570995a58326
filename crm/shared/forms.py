"""How forms come out: every bound field is drawn by ``templates/django/forms/field.html`` in the house's classes."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from crm.shared.errors import DomainError


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
    """Put what a service refused beside the fields it names, else above the form."""
    for name, message in error.fields.items():
        form.add_error(name if name in form.fields else None, message)
    if not any(name in form.fields for name in error.fields):
        form.add_error(NON_FIELD_ERRORS, str(error.message))
