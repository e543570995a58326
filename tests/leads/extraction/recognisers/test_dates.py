"""Dates and ranges in four languages, with and without a year, and the days of the visit."""

from datetime import date

import pytest

from leads.extraction.recognisers import dates
from tests.leads.extraction.reading import document

PUBLISHED = date(2026, 2, 24)


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("kk", "17-19 ақпанда болды", "2026-02-17", "2026-02-19"),
        ("kk", "2025 жылғы 3-6 қараша күндері", "2025-11-03", "2025-11-06"),
        ("kk", "2025 ж. 4 маусымда", "2025-06-04", "2025-06-04"),
        ("kk", "28 қаңтар мен 2 ақпан", "2026-01-28", "2026-01-28"),
        ("ru", "с 18 по 20 сентября", "2025-09-18", "2025-09-20"),
        ("ru", "12–13 марта 2025 г.", "2025-03-12", "2025-03-13"),
        ("ru", "14.03.2025", "2025-03-14", "2025-03-14"),
        ("ru", "30 января – 2 февраля", "2026-01-30", "2026-02-02"),
        ("ru", "29 декабря – 3 января", "2025-12-29", "2026-01-03"),
        ("en", "on May 14-16, 2025", "2025-05-14", "2025-05-16"),
        ("en", "4-5 March", "2025-03-04", "2025-03-05"),
        ("en", "March 4", "2025-03-04", "2025-03-04"),
        ("tr", "17-18 Şubat", "2026-02-17", "2026-02-18"),
        ("tr", "3 ile 6 Kasım 2025", "2025-11-03", "2025-11-06"),
        ("tr", "25 Eylül'deki kabul", "2025-09-25", "2025-09-25"),
    ],
)
def test_date(language: str, text: str, first: str, last: str) -> None:
    found = dates.recognise(document(text, language))[0]
    assert found.days(PUBLISHED) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "31 февраля 2025 года"),
        ("ru", "в феврале 2025 года"),
        ("en", "in May 2025"),
        ("kk", "2025 жылдың маусымында"),
    ],
)
def test_day_that_is_not_said_or_cannot_be_is_none(language: str, text: str) -> None:
    assert all(one.days(PUBLISHED) is None for one in dates.recognise(document(text, language)))


def test_year_is_never_invented() -> None:
    (found,) = dates.recognise(document("17-19 ақпанда болды", "kk"))
    assert found.days(None) is None
