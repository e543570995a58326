"""Names come back to their first form, and a woman's never becomes a man's."""

import pytest

from leads.extraction import languages
from leads.extraction.name_cases import first_form


@pytest.mark.parametrize(
    ("language", "name", "title", "form"),
    [
        ("ru", "Сергеем Николаевым", "директором", "Сергей Николаев"),
        ("ru", "Ерланом Болатовичем Сапаровым", "акимом", "Ерлан Болатович Сапаров"),
        ("ru", "Мариной Ивановой", "директором", "Марина Иванова"),
        ("ru", "Ивана Петрова", "министра", "Иван Петров"),
        ("ru", "Иштвана Балога", "посла", "Иштван Балог"),
        ("ru", "Марина Белова", "директор", "Марина Белова"),
        ("ru", "Айгуль Сарсенова", "заместителя", "Айгуль Сарсенова"),
        ("ru", "Айгуль Сарсеновой", "", "Айгуль Сарсенова"),
        ("ru", "Томаш Новотны", "глава", "Томаш Новотны"),
        ("kk", "Айгүл Сәрсенованың", "орынбасары", "Айгүл Сәрсенова"),
        ("kk", "Ерлан Сапаровпен", "директор", "Ерлан Сапаров"),
        ("kk", "Роберт Кирнагты", "елшісі", "Роберт Кирнаг"),
        ("kk", "Болат Сұлтан", "төраға", "Болат Сұлтан"),
        ("kk", "Нұрлан Құдайберді", "төраға", "Нұрлан Құдайберді"),
        ("en", "Helen Baker", "director", "Helen Baker"),
    ],
)
def test_first_form_of_a_name(language: str, name: str, title: str, form: str) -> None:
    assert first_form(name, title, languages.load(language)) == form
