"""Template tags of the shell: ``{% load ui %}``. They know no business; text comes out in the page's language."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from crm.shared import formats
from crm.shared.choices import country_name

register = template.Library()

#: See ``.i`` in sapar.css.
SAID_BY_THE_STYLESHEET = (
    ' fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
)
STAGE_NAMES = {"hold": "hold", "dormant": "hold", "lost": "lost", "won": "won"}


@register.simple_tag
def icon(name: str, size: int = 16) -> str:
    """``{% icon "plane" %}``: a Lucide icon that says nothing to a screen reader; the text beside it does."""
    return _drawn(name, size)


@lru_cache
def _drawn(name: str, size: int) -> SafeString:
    """Return the icon without what the stylesheet says of all of them: a page has fifty."""
    drawn = lucide(name, size=size, **{"class": "i", "aria-hidden": "true"})
    return SafeString(drawn.replace(SAID_BY_THE_STYLESHEET, "").replace("\n", "").replace("  <", "<"))


@register.simple_tag
def money(amount: Decimal | None, currency: Any = "KZT") -> str:
    """``{% money value.amount value.currency %}``: ``$12.0m``, ``12,0 млн $``. The currency or its code."""
    return formats.format_money(amount, getattr(currency, "code", None) or str(currency))


@register.filter
def number(value: Decimal | float | None) -> str:
    """``{{ jobs|number }}``: 1 250."""
    return "" if value is None else formats.format_number(value)


@register.filter
def rest_of(count: int, shown: int) -> int:
    """``{{ rows|length|rest_of:8 }}``: how many are not among those shown."""
    return max(count - shown, 0)


@register.simple_tag
def day(value: date | datetime | None, style: str = "") -> str:
    """``{% day deal.created_at %}``: a ``<time>``; style "full", "day", "weekday", "short"; by default the year only
    when it is not this one."""
    if value is None:
        return ""
    local = _local_day(value)
    style = style or ("day" if local.year == timezone.localdate().year else "full")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), formats.format_day(local, style))


@register.simple_tag
def day_in(value: date, style: str) -> str:
    """``{% day_in calendar.on "month" %}``: "March 2026" without a ``<time>``, as a heading begins."""
    text = formats.format_day(value, style)
    return text[:1].upper() + text[1:]


@register.simple_tag
def days(first: date | None, last: date | None) -> str:
    """``{% days visit.starts_on visit.ends_on %}``: 17–19 February 2026."""
    return formats.format_days(first, last)


@register.simple_tag
def moment(value: datetime | None) -> str:
    """``{% moment event.at %}``: 6 March, 14:05 in the user's time zone."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    style = "day" if local.year == timezone.localdate().year else "full"
    return format_html(
        '<time datetime="{}">{}, {}</time>', local.isoformat(), formats.format_day(local, style), f"{local:%H:%M}"
    )


@register.simple_tag
def due(value: date | None, today: date | None = None) -> str:
    """``{% due commitment.due_date %}``: "35 days late" in red, "today" in amber, else the day."""
    if value is None:
        return ""
    today = today or timezone.localdate()
    tone = " late" if value < today else " soon" if value == today else ""
    return format_html(
        '<time class="due{}" datetime="{}" title="{}">{}</time>',
        tone,
        value.isoformat(),
        formats.format_day(value),
        formats.due_words(value, today),
    )


@register.simple_tag
def country(code: str, *, name: bool = False) -> str:
    """``{% country "TR" %}``: the code as a chip; ``name=True`` writes the country's name beside it."""
    if not code:
        return ""
    chip = format_html('<abbr class="cc" title="{}">{}</abbr>', country_name(code), code)
    return format_html("{} {}", chip, country_name(code)) if name else chip


@register.simple_tag
def avatar(person: Any) -> str:
    """``{% avatar deal.owner %}``: initials that carry the full name; a user or a name."""
    if not person:
        return ""
    full = str(person)
    return format_html('<span class="av" role="img" title="{}">{}</span>', full, formats.initials(full))


@register.inclusion_tag("ui/_stage_ring.html")
def stage_ring(number: int, total: int = 7, state: str = "") -> dict[str, Any]:
    """``{% stage_ring 3 %}``: a ring that fills by stage; ``state`` "hold", "lost" or "won" draws those instead.

    The last stage is drawn as won. It is decoration: write the stage's name beside it.
    """
    state = STAGE_NAMES.get(state, "") or ("won" if number >= total else "")
    fill = number if number == total - 1 else max(number - 0.5, 0)
    return {"state": state, "total": total, "fill": f"{fill:g}"}


@register.inclusion_tag("ui/_stage_track.html")
def stage_track(number: int, total: int = 7) -> dict[str, Any]:
    """``{% stage_track 3 %}``: seven small steps, the first three filled. Decoration, as the ring."""
    return {"steps": [step <= number for step in range(1, total + 1)], "won": number >= total}


@register.simple_tag
def svg_bar(*parts: Any, total: Any = None) -> SafeString:
    """``{% svg_bar realised "g" announced "a" total=top %}``: a bar of (value, class) pairs laid over each other, the
    widest first; widths are SVG attributes, so that a strict CSP holds."""
    pairs = sorted(zip(parts[::2], parts[1::2], strict=True), key=lambda pair: -float(pair[0] or 0))
    whole = float(total or max((float(value or 0) for value, _ in pairs), default=0)) or 1.0
    drawn = [
        format_html('<rect class="{}" width="{}" height="18"/>', css, f"{100 * float(value or 0) / whole:.2f}")
        for value, css in pairs
    ]
    head = '<svg class="bar" viewBox="0 0 100 18" preserveAspectRatio="none" aria-hidden="true">'
    return mark_safe(head + "".join(drawn) + "</svg>")  # noqa: S308 - every part is built by format_html


def _local_day(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


@register.filter
def page_numbers(page: Any) -> Any:
    """``{% for number in page|page_numbers %}``: the numbers around this page, the ends, "…" between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def filter_of(name: str, value: Any) -> dict[str, Any]:
    """``{% querystring name|filter_of:value %}``: set the parameter of that name; an empty value takes it out."""
    return {name: value or None}
