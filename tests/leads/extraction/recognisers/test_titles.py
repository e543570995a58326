"""A title stands beside its name, and is nobody else's."""

import pytest

from leads.extraction.recognisers import titles
from leads.extraction.spans import Positions
from tests.leads.extraction.reading import document


@pytest.mark.parametrize(
    ("language", "text", "name", "title"),
    [
        ("en", "Deputy Governor Anna Weber spoke.", "Anna Weber", "Deputy Governor"),
        ("en", "Anna Weber, chairwoman of the board, spoke.", "Anna Weber", "chairwoman of the board"),
        ("en", "The Ambassador of Austria, Anna Weber, spoke.", "Anna Weber", "Ambassador of Austria"),
        ("en", "The governor spoke. Anna Weber listened.", "Anna Weber", None),
        ("en", "Director Anna Weber and Karl Braun spoke.", "Karl Braun", ""),
        ("en", "Mr Karl Braun, head of procurement, spoke.", "Karl Braun", "head of procurement"),
        ("ru", "Аким принял директора Ивана Петрова.", "Ивана Петрова", "директора"),
        ("ru", "Гостей встретил первый заместитель акима Иван Петров.", "Иван Петров", "первый заместитель акима"),
        ("kk", "Қонақтарды қабылдаған облыс әкімі Ерлан Омар айтты.", "Ерлан Омар", "облыс әкімі"),
        ("kk", "Сапарға «Дала» ЖШС-ның бас директоры Ерлан Омар барды.", "Ерлан Омар", "бас директоры"),
        ("tr", "Kabul eden Kızılorda Vali Yardımcısı Serik Tan konuştu.", "Serik Tan", "Kızılorda Vali Yardımcısı"),
    ],
)
def test_title_of_a_name(language: str, text: str, name: str, title: str | None) -> None:
    read = document(text, language)
    start = text.index(name)
    found = titles.title_of(read, (start, start + len(name)), Positions(read.hits("people", "title")))
    assert (found.text if found else None) == title
