"""How money, days and names are written, in the language of the page."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import get_language, gettext, ngettext

NO_BREAK_SPACE = "\u00a0"
#: Signs that everybody here reads; a currency without one is written by its code.
SYMBOLS = {"KZT": "₸", "USD": "$", "EUR": "€", "RUB": "₽", "CNY": "¥", "TRY": "₺", "GBP": "£", "KRW": "₩"}
_PATTERNS = {
    "full": "d MMMM y",
    "day": "d MMMM",
    "weekday": "EEEE, d MMMM",
    "short": "d MMM",
    "month": "LLLL y",
    "name": "EEE",
}
DAY_PATTERNS = {
    "kk": _PATTERNS | {"full": "y 'ж'. d MMMM", "month": "y 'ж'. LLLL"},
    "ru": _PATTERNS,
    "en": _PATTERNS,
}


def page_language() -> str:
    """Return ``kk``, ``ru`` or ``en``: the language of the page, Kazakh where there is none."""
    code = (get_language() or "kk")[:2]
    return code if code in DAY_PATTERNS else "en"


def format_number(value: Decimal | float, *, decimals: int = 0) -> str:
    """Return ``1 254,6`` (``1,254.6`` in English), with no-break spaces."""
    pattern = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return str(format_decimal(value, format=pattern, locale=page_language()))


def format_money(amount: Decimal | int | None, currency: str) -> str:
    """Return ``$12.0m``, ``12,0 млн $``, ``1 254,6 млрд ₸``; below a million the whole sum; no amount is "".

    ``currency`` is an ISO 4217 code. Rounded half up; the exact sum stays with the caller (a ``title``, a table).
    """
    if amount is None:
        return ""
    number, unit = _scaled(Decimal(amount))
    english = page_language() == "en"
    symbol = SYMBOLS.get(currency, currency)
    sign, number = ("-", number[1:]) if number.startswith("-") else ("", number)
    if not english:
        return sign + NO_BREAK_SPACE.join(part for part in (number, unit, symbol) if part)
    space = NO_BREAK_SPACE if symbol.isalpha() else ""
    return f"{sign}{symbol}{space}{number}{unit}"


def _scaled(amount: Decimal) -> tuple[str, str]:
    if abs(amount) < 10**6:
        return format_number(amount.quantize(Decimal(1), ROUND_HALF_UP)), ""
    millions = (amount / 10**6).quantize(Decimal("0.1"), ROUND_HALF_UP)
    english = page_language() == "en"
    # By the rounded number: 999.96 million reads "1.0bn".
    if abs(millions) < 1000:
        return format_number(millions, decimals=1), "m" if english else "млн"
    billions = (amount / 10**9).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return format_number(billions, decimals=1), "bn" if english else "млрд"


def format_day(day: date, style: str = "full") -> str:
    """Return a day in the page's language; ``style``: full (with year), day, weekday or short; month, or name (Mon)."""
    return _day_in(page_language(), day, style)


@lru_cache(maxsize=4096)
def _day_in(language: str, day: date, style: str) -> str:
    """The mails of a morning name the same few days thousands of times."""
    locale = "en_GB" if language == "en" else language
    return str(format_date(day, DAY_PATTERNS[language][style], locale=locale))


def format_days(first: date | None, last: date | None) -> str:
    """Return ``17–19 February 2026``; one day, or a span over months, is written out."""
    if first is None or last is None or first == last:
        day = first or last
        return format_day(day) if day else ""
    if (first.year, first.month) == (last.year, last.month):
        return format_day(last).replace(f"{last.day} ", f"{first.day}–{last.day} ", 1)
    return f"{format_day(first, 'full' if first.year != last.year else 'day')} – {format_day(last)}"


def days_late(due: date, today: date) -> str:
    """Return ``35 days late`` in the page's language."""
    days = (today - due).days
    return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}


def due_words(due: date, today: date) -> str:
    """Return how near ``due`` is: late by days, today, tomorrow, a weekday, else the date."""
    distance = (due - today).days
    if distance < 0:
        return days_late(due, today)
    if distance == 0:
        return gettext("today")
    if distance == 1:
        return gettext("tomorrow")
    if due.year != today.year:
        return format_day(due)
    return format_day(due, "weekday" if distance < 14 else "day")


def initials(name: str) -> str:
    """Return the first letters of the first two words."""
    return "".join(word[0] for word in name.split()[:2]).upper()
