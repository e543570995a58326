"""Dates and ranges in four languages, with and without a year, and the days of the visit."""

from datetime import date

import pytest

from leads.extraction.document import Context
from leads.extraction.recognisers import dates
from tests.leads.extraction.reading import document, drafted

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


@pytest.mark.parametrize(
    ("language", "text"),
    [("ru", "до 1 июля"), ("kk", "1 тамызға дейін"), ("en", "by 1 April"), ("tr", "1 Kasım'a kadar")],
)
def test_deadline_is_no_day_of_the_visit(language: str, text: str) -> None:
    read = document(f"{text}.", language)
    found = dates.recognise(read)
    assert [one.deadline for one in found] == [True]
    assert dates.visit_days(read, found, Context(), PUBLISHED, None) is None


@pytest.mark.parametrize(
    ("text", "published", "start", "end"),
    [
        ("Делегация Актюбинской области прибыла в Бурсу 17 февраля, а 19 февраля вернулась домой.", "2026-02-24",
         "2026-02-17", "2026-02-19"),
        ("Трехдневный визит в Бурсу делегация Актюбинской области начала 5 мая и провела там 3 дня.", "2025-05-20",
         "2025-05-05", "2025-05-07"),
        ("The governor received the Turkish ambassador in Aktobe yesterday.", "2025-06-12", "2025-06-11", "2025-06-11"),
        ("В прошлом году, 5 мая 2024 года, гости уже были. Делегация посетила Бурсу 7 мая.", "2025-05-20", "2025-05-07",
         "2025-05-07"),
    ],
)  # fmt: skip
def test_days_of_the_visit(text: str, published: str, start: str, end: str) -> None:
    draft = drafted(text, published)
    assert (draft["start_date"], draft["end_date"]) == (date.fromisoformat(start).isoformat(), end)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("kk", " date 2026-02-24 Сапар\n17-19 ақпанда болды.", "2026-02-24"),
        ("ru", "Дата: 14.03.2025, 18:42\nДелегация уехала вчера.", "2025-03-14"),
        ("tr", "BAŞLIK\n\n19 Şubat 2026 Perşembe\n\nHeyet geldi.", "2026-02-19"),
    ],
)
def test_day_of_publication_that_the_text_bears(language: str, text: str, day: str) -> None:
    read = document(text, language)
    found = dates.published(read, dates.recognise(read))
    assert found is not None
    assert found[0] == date.fromisoformat(day)
