"""Given names are known in every script and spelling; everyday words are none."""

import pytest

from leads.extraction.folding import fold
from leads.extraction.gazetteers import people


@pytest.mark.parametrize(
    "name",
    [
        "Нұрлан",
        "Нурлан",
        "Nurlan",
        "Yerlan",
        "Erlan",
        "Бахыт",
        "Бақыт",
        "Ayşegül",
        "Томаш",
        "Matthias",
        "Rajesh",
        "Владимир",
    ],
)
def test_given_name(name: str) -> None:
    assert people.is_given(fold(name))


@pytest.mark.parametrize("word", ["Форум", "Жаңа", "Bursa", "Türkiye", "April", "Мақсат", "Park", "Deniz"])
def test_everyday_word_is_no_given_name(word: str) -> None:
    assert not people.is_given(fold(word))


def test_kazakh_given_name_is_told_from_a_foreign_one() -> None:
    assert people.is_kazakh(fold("Нурлан"))
    assert not people.is_kazakh(fold("Томаш"))


@pytest.mark.parametrize("name", ["Ван", "Чжан", "Kim", "Nguyen", "Чхве"])
def test_family_name_of_the_east_stands_first(name: str) -> None:
    assert people.is_family_first(fold(name))
