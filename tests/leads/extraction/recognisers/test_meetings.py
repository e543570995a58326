"""Meetings with who and what about."""

from tests.leads.extraction.reading import drafted


def test_meeting_with_its_people_and_topics() -> None:
    text = "Делегация посетила Бурсу. Состоялась встреча с директором завода Олегом Зиминым о поставках цемента."
    (meeting,) = drafted(text)["meetings"]
    assert meeting["topics"] == ["construction_materials"]
    assert len(meeting["with"]) == 1
    ((start, end),) = meeting["evidence"]
    assert text[start:end].startswith("Состоялась встреча")


def test_meeting_of_last_year_is_left_out() -> None:
    assert drafted("В прошлом году прошла встреча с директором завода Олегом Зиминым.")["meetings"] == []


def test_day_of_a_meeting_takes_its_year_from_publication() -> None:
    text = "Делегация была в Лодзи. Встреча с директором завода Олегом Зиминым прошла 3 июня."
    (meeting,) = drafted(text, "2025-06-10")["meetings"]
    assert meeting["date"] == "2025-06-03"
