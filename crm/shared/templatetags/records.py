"""Template tags of lists and record pages: ``{% load records %}``."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from crm.shared.registries import Panel
from crm.shared.sorting import Sorting

register = template.Library()


@register.inclusion_tag("ui/_sort_heading.html", takes_context=True)
def sort_heading(context: Any, sorting: Sorting, column: str, label: str, css: str = "") -> dict[str, Any]:
    """``{% sort_heading sorting "city" _("City") %}``: a table heading that sorts by its column."""
    return {
        "request": context["request"],
        "state": sorting.state(column),
        "link": sorting.link(column),
        "label": label,
        "css": css,
    }


@register.simple_tag(takes_context=True)
def show_panel(context: Any, panel: Panel) -> SafeString:
    """``{% show_panel panel %}``: a registered panel, with its own context added to the page's."""
    with context.push(**panel.context):
        return get_template(panel.template).template.render(context)  # type: ignore[attr-defined]


@register.filter
def label(record: Any) -> str:
    """``{{ deal|label }}``: ``deals.deal``, the name of the record's kind in addresses."""
    return str(record._meta.label_lower)
