from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from crm.shared import formats

MONEY = [
    ("12000000", "USD", "12,0 млн $", "12,0 млн $", "$12.0m"),
    ("1254600000000", "KZT", "1 254,6 млрд ₸", "1 254,6 млрд ₸", "₸1,254.6bn"),
    ("950000", "USD", "950 000 $", "950 000 $", "$950,000"),
    ("999960000", "EUR", "1,0 млрд €", "1,0 млрд €", "€1.0bn"),
    ("960000000", "EUR", "960,0 млн €", "960,0 млн €", "€960.0m"),
    ("2500000", "AED", "2,5 млн AED", "2,5 млн AED", "AED 2.5m"),
    ("-3400000", "USD", "-3,4 млн $", "-3,4 млн $", "-$3.4m"),
    ("0", "KZT", "0 ₸", "0 ₸", "₸0"),
]


@pytest.mark.parametrize(("amount", "currency", "kk", "ru", "en"), MONEY)
def test_money_is_written_as_the_language_writes_it(amount: str, currency: str, kk: str, ru: str, en: str) -> None:
    for language, expected in (("kk", kk), ("ru", ru), ("en", en)):
        with translation.override(language):
            written = formats.format_money(Decimal(amount), currency)
            assert written.replace("\u00a0", " ") == expected
            assert " " not in written


def test_no_amount_is_nothing() -> None:
    assert formats.format_money(None, "KZT") == ""


@pytest.mark.parametrize(
    ("language", "full", "weekday", "span", "months"),
    [
        ("kk", "2026 ж. 6 наурыз", "жұма, 6 наурыз", "2026 ж. 6–9 наурыз", "6 наурыз – 2026 ж. 2 сәуір"),
        ("ru", "6 марта 2026", "пятница, 6 марта", "6–9 марта 2026", "6 марта – 2 апреля 2026"),
        ("en", "6 March 2026", "Friday, 6 March", "6–9 March 2026", "6 March – 2 April 2026"),
    ],
)
def test_days(language: str, full: str, weekday: str, span: str, months: str) -> None:
    friday = date(2026, 3, 6)
    with translation.override(language):
        assert formats.format_day(friday) == full
        assert formats.format_day(friday, "weekday") == weekday
        assert formats.format_days(friday, date(2026, 3, 9)) == span
        assert formats.format_days(friday, date(2026, 4, 2)) == months
        assert formats.format_days(friday, None) == full
        assert formats.format_days(None, None) == ""


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 1, 26), "35 days late"),
        (date(2026, 3, 1), "1 day late"),
        (date(2026, 3, 2), "today"),
        (date(2026, 3, 3), "tomorrow"),
        (date(2026, 3, 6), "Friday, 6 March"),
        (date(2026, 4, 6), "6 April"),
        (date(2027, 4, 6), "6 April 2027"),
    ],
)
def test_how_near_a_due_date_is(due: date, words: str) -> None:
    with translation.override("en"):
        assert formats.due_words(due, date(2026, 3, 2)) == words


def test_initials() -> None:
    assert formats.initials("Айгерім Сәрсенова Қайратқызы") == "АС"
    assert formats.initials("") == ""
