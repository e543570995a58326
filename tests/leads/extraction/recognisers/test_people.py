"""People are found by the title beside the name; signers and bylines are left out."""

import pytest

from leads.extraction.recognisers import organisations, people, places
from tests.leads.extraction.reading import document


def found(language: str, text: str) -> list[tuple[str, str | None]]:
    read = document(text, language)
    mentions = places.recognise(read)
    return [(one.name, one.title) for one in people.recognise(read, mentions, organisations.recognise(read, mentions))]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("kk", "Жиынға облыс әкімі Марат Сейтқазин қатысты.", "Марат Сейтқазин"),
        ("kk", "Зауыт директоры Б. Омаров сөйледі.", "Б. Омаров"),
        ("ru", "С гостями встретился директор завода Олег Зимин.", "Олег Зимин"),
        ("ru", "Олег Зимин, директор завода, показал цех.", "Олег Зимин"),
        ("en", "The minister John Oakley spoke first.", "John Oakley"),
        ("en", "Mary Stone, chairwoman of the board, agreed.", "Mary Stone"),
        ("tr", "Toplantıya Vali Yardımcısı Selin Korkmaz katıldı.", "Selin Korkmaz"),
    ],
)
def test_person(language: str, text: str, name: str) -> None:
    assert [one for one, _ in found(language, text)] == [name]


def test_initials_and_full_name_are_one_person() -> None:
    names = found("ru", "Директор завода Олег Зимин показал цех. О. Зимин ответил на вопросы.")
    assert [name for name, _ in names] == ["Олег Зимин"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Завод построят в срок.\n\nФото: Олег Зимин"),
        ("kk", "Сапар аяқталды.\n\nМарат СЕЙТҚАЗИН"),
        ("en", "The plant opened in North Kazakhstan."),
    ],
)
def test_who_took_no_part_is_left_out(language: str, text: str) -> None:
    assert found(language, text) == []
