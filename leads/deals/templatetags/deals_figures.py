"""Template tags of the dashboard: ``{% load deals_figures %}``. Numbers lead to the list of what they count."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm.shared.formats import format_day, format_money
from leads.deals.queries.figures import PlanRow, SumRow

register = template.Library()

#: Lists that hold active deals only; all others count those at rest too.
OF_ACTIVE_DEALS = frozenset({"open", "quiet", "step", "age"})
CHART = {"width": 440, "height": 205, "base": 178, "top": 20, "gap": 4}


def _link(context: Any, text: object, **narrowed: object) -> SafeString | str:
    """Return ``text`` as a link to the list narrowed so; plain where figures are frozen or nothing is listed."""
    if not context.get("live") or not narrowed or text in (0, ""):
        return str(text)
    query = QueryDict(context.get("kept", ""), mutable=True)
    if not OF_ACTIVE_DEALS.intersection(narrowed):
        query["health"] = "all"
    query.update({name: str(value) for name, value in narrowed.items()})
    return format_html('<a href="{}?{}">{}</a>', reverse("deals:table"), query.urlencode(), text)


@register.simple_tag(takes_context=True)
def figure_link(context: Any, text: object, by: str = "", value: object = "true") -> SafeString | str:
    """``{% figure_link row.count "reached" row.stage %}``: the number, or name, leads to the deals it stands for."""
    return _link(context, text, **({by: value} if by else {}))


@register.simple_tag(takes_context=True)
def age_link(context: Any, count: int, stage: str, column: int) -> SafeString | str:
    """``{% age_link 3 "lead" 1 %}``: three leads of the second column of the table by age."""
    return _link(context, count, stage=stage, age=column)


@register.filter
def as_money(amount: Decimal, currency: str) -> str:
    """``{{ amount|as_money:"KZT" }}``: for sums within a translated sentence."""
    return format_money(amount, currency)


@register.filter
def as_day(day: date) -> str:
    """``{{ day|as_day }}``: for days within a translated sentence."""
    return format_day(day)


@register.filter
def value_of(query: QueryDict, name: str) -> str:
    """``{{ query|value_of:"began_from" }}``: a parameter by its name."""
    return query.get(name, "")


@register.filter
def highest(rows: list[PlanRow]) -> Decimal:
    """``{{ rows|highest }}``: the largest plan or actual of the rows, for bars on one scale."""
    return max((max(row.plan or Decimal(0), row.actual) for row in rows), default=Decimal(0))


@register.inclusion_tag("deals/_figure_years.html")
def years_chart(rows: list[SumRow]) -> dict[str, Any]:
    """``{% years_chart figures.years %}``: pairs of columns, announced and realised, for the last five years."""
    shown = rows[-5:]
    highest = max((max(row.announced, row.realised) for row in shown), default=Decimal(0)) or Decimal(1)
    width = CHART["width"] // max(len(shown), 1)
    bar = min(34, (width - 3 * CHART["gap"]) // 2)
    return {
        "columns": [_column(row, width * place + width // 2, bar, highest) for place, row in enumerate(shown)],
        "bar": bar,
        **CHART,
    }


def _column(row: SumRow, middle: int, bar: int, highest: Decimal) -> dict[str, Any]:
    room = CHART["base"] - CHART["top"]
    heights = [max(round(room * amount / highest), 1) for amount in (row.announced, row.realised)]
    return {
        "label": row.label,
        "middle": middle,
        "parts": [
            {"css": css, "x": x, "y": CHART["base"] - height, "height": height, "text_x": x + bar // 2}
            for css, x, height in (
                ("a", middle - bar - CHART["gap"] // 2, heights[0]),
                ("g", middle + CHART["gap"] // 2, heights[1]),
            )
        ],
        "amounts": (row.announced, row.realised),
    }
