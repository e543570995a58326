"""Places are found in any script, with their endings, and told apart."""

import pytest

from leads.extraction.recognisers.places import recognise
from tests.leads.extraction.reading import document


@pytest.mark.parametrize(
    ("language", "text", "kind", "value"),
    [
        ("kk", "Делегация Бурсада болды", "city", "Bursa"),
        ("kk", "Олар Түркия Республикасынан келді", "country", "TR"),
        ("kk", "Қонақтар Оңтүстік Кореядан ұшып келді", "country", "KR"),
        ("kk", "БҚО әкімі", "region", "KZ-27"),
        ("kk", "Ақтөбе облысының әкімі", "region", "KZ-15"),
        ("kk", "Саратов облысының губернаторы", "province", "RU"),
        ("kk", "АҚШ-тан келген инвестор", "country", "US"),
        ("ru", "Делегация побывала в Бурсе", "city", "Bursa"),
        ("ru", "Компания из Кореи", "country", "KR"),
        ("ru", "В Северо-Казахстанской области", "region", "KZ-59"),
        ("ru", "из Объединенных Арабских Эмиратов", "country", "AE"),
        ("ru", "турецкие инвесторы", "people", "TR"),
        ("en", "a visit to West Kazakhstan region", "region", "KZ-27"),
        ("en", "They flew to Abu Dhabi", "city", "Abu Dhabi"),
        ("tr", "Heyet Kızılorda'da görüştü", "city", "Kyzylorda"),
        ("tr", "Kazakistan'dan gelen konuklar", "country", "KZ"),
    ],
)
def test_place(language: str, text: str, kind: str, value: str) -> None:
    found = recognise(document(text, language))
    assert [(one.kind, {"city": one.city, "region": one.region}.get(one.kind, one.country)) for one in found] == [
        (kind, value)
    ]


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("kk", "Кездесу Бурсада өтті", True),
        ("kk", "Бурса қаласы туралы", True),
        ("kk", "Бурсаның тарихы", False),
        ("ru", "Встреча прошла в Бурсе", True),
        ("ru", "Бурса славится шелком", False),
        ("tr", "Toplantı Bursa'da yapıldı", True),
        ("tr", "Bursa'nın tarihi", False),
        ("en", "Talks were held in Bursa", True),
    ],
)
def test_what_is_put_at_a_place(language: str, text: str, at: bool) -> None:
    (found,) = recognise(document(text, language))
    assert found.at is at


@pytest.mark.parametrize("text", ["жаңа жоба басталды", "Қонақтар келді", "Сала өкілдері", "оның қасында"])
def test_everyday_words_are_no_places(text: str) -> None:
    assert recognise(document(text, "kk")) == ()
