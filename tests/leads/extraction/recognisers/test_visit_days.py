"""The day of publication that a text bears, and the days of the visit, told in figures, lengths and itineraries."""

from datetime import date

import pytest

from leads.extraction.recognisers import dates, publication, visit_days
from tests.leads.extraction.reading import document, drafted

PUBLISHED = date(2026, 2, 24)


@pytest.mark.parametrize(
    ("language", "text"),
    [("ru", "до 1 июля"), ("kk", "1 тамызға дейін"), ("en", "by 1 April"), ("tr", "1 Kasım'a kadar")],
)
def test_deadline_is_no_day_of_the_visit(language: str, text: str) -> None:
    read = document(f"{text}.", language)
    found = dates.recognise(read)
    assert [one.deadline for one in found] == [True]
    assert visit_days.visit_days(read, found, PUBLISHED) is None


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
        ("Делегация Актюбинской области завершила трёхдневный визит в Бурсу 7 мая.", "2025-05-20", "2025-05-05",
         "2025-05-07"),
        ("Делегация Актюбинской области прибыла в Бурсу 5 мая. Визит продлился три дня.", "2025-05-20", "2025-05-05",
         "2025-05-07"),
        ("5 мая делегация Актюбинской области приехала в Бурсу и пробыла там до 7 мая.", "2025-05-20", "2025-05-05",
         "2025-05-07"),
        ("Делегация области 5–7 мая находилась в Сеуле, 8–9 мая – в Пусане.", "2025-05-20", "2025-05-05", "2025-05-09"),
        ("5–7 мамырда делегация Сеулде, 8–9 мамырда Пусанда болды.", "2025-05-20", "2025-05-05", "2025-05-09"),
        ("The delegation spent 5, 6 and 7 May in Seoul and 8 May in Busan.", "2025-05-20", "2025-05-05", "2025-05-08"),
        ("Heyet 5-7 Mayıs'ta Seul'ü, 8-9 Mayıs'ta Busan'ı ziyaret etti.", "2025-05-20", "2025-05-05", "2025-05-09"),
        ("The delegation was in Seoul on 5–7 May. On 8 May its report was published.", "2025-05-20", "2025-05-05",
         "2025-05-07"),
        ("On the first day, 5 May, an Aktobe delegation visited Bursa. On the third day it was in Ankara.",
         "2025-05-20", "2025-05-05", "2025-05-07"),
        ("5 May – arrival of the Aktobe delegation in Bursa\n6 May – talks\n7 May – visit to a plant", "2025-05-20",
         "2025-05-05", "2025-05-07"),
        ("Aktöbe heyeti geçen hafta Bursa'daydı. Perşembe günü gelen heyet cumartesi günü ayrıldı.", "2025-05-20",
         "2025-05-15", "2025-05-17"),
        ("On Monday, 5 May, an Aktobe delegation reached Bursa. Wednesday was spent at a plant.", "2025-05-20",
         "2025-05-05", "2025-05-07"),
        ("Гости из Бурсы приехали в Актобе 5 мая. Они пробудут в области до 7 мая.", "2025-05-20", "2025-05-05",
         "2025-05-07"),
        ("Делегация из Бурсы прибыла в Актобе 5 мая. На совещании сказали, что сегодня подключение идёт полгода.",
         "2025-05-08", "2025-05-05", "2025-05-05"),
        ("Кеше базарда бөтен тіл естілді. Ақтөбеге Бурсадан қонақтар келді.", "2025-05-20", "2025-05-19", "2025-05-19"),
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
        (
            "ru",
            "Делегация посетила Бурсу.\nРабота шла весь день, и гости остались довольны.\nгазета «Заря», 14.03.2025",
            "2025-03-14",
        ),
        ("tr", "BAŞLIK\n\n19 Şubat 2026 Perşembe\n\nHeyet geldi.", "2026-02-19"),
    ],
)
def test_day_of_publication_that_the_text_bears(language: str, text: str, day: str) -> None:
    read = document(text, language)
    found = publication.published(read, dates.recognise(read))
    assert found is not None
    assert found[0] == date.fromisoformat(day)
