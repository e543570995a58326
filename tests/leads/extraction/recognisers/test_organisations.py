"""Organisations are found in quotation marks, in Latin among Cyrillic, and by the nouns and legal forms beside them."""

import pytest

from leads.extraction.recognisers import organisations, places
from tests.leads.extraction.reading import document


def found(language: str, text: str) -> list[tuple[str, str]]:
    read = document(text, language)
    return [(one.name, one.kind) for one in organisations.recognise(read, places.recognise(read))]


@pytest.mark.parametrize(
    ("language", "text", "name", "kind"),
    [
        ("kk", "Келісімге «Жаңа дән» ЖШС қол қойды.", "«Жаңа дән» ЖШС", "company"),
        (
            "kk",
            "Қонақтар «Таңшолпан» индустриялық аймағын көрді.",
            "«Таңшолпан» индустриялық аймағы",
            "industrial_zone",
        ),
        ("kk", "Олар Ningbo Port Group компаниясына барды.", "Ningbo Port Group", "company"),
        ("kk", "Жобаны TİKA агенттігі қолдайды.", "TİKA", "state_body"),
        ("ru", "Договор подписало ТОО «Степной мельник».", "ТОО «Степной мельник»", "company"),
        ("ru", "Компания Lumen Glass Co., Ltd построит завод.", "Lumen Glass Co., Ltd", "company"),
        ("ru", "На базе Пензенского университета откроют курсы.", "Пензенский университет", "academic"),
        ("en", "They met with Baltic Timber Ltd in the morning.", "Baltic Timber Ltd", "company"),
        ("en", "The University of Warsaw took part.", "University of Warsaw", "academic"),
        ("tr", "Heyet Konya Sanayi Odası'nı ziyaret etti.", "Konya Sanayi Odası", "association"),
        ("tr", "Görüşmede Çınar Tekstil San. ve Tic. A.Ş. yer aldı.", "Çınar Tekstil San. ve Tic. A.Ş.", "company"),
    ],
)
def test_organisation(language: str, text: str, name: str, kind: str) -> None:
    assert found(language, text) == [(name, kind)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Ол «бұл жақсы бастама» деді."),
        ("kk", "«Инвест күні» форумы өтті."),
        ("ru", "Газета «Вечерний берег» писала об этом."),
        ("ru", "Работает принцип «одного окна»."),
        ("en", "The Governor opened the Forum."),
    ],
)
def test_what_is_no_organisation(language: str, text: str) -> None:
    assert found(language, text) == []


@pytest.mark.parametrize("text", ["Келісім Астық Жолымен жасалды.", "Келісім Astyq Jolymen жасалды."])
def test_company_on_the_books_needs_no_quotation_marks(text: str) -> None:
    read = document(text, "kk")
    (one,) = organisations.recognise(read, (), ("«Астық Жолы» ЖШС",))
    assert text[slice(*one.spans[0])].split()[0] in ("Астық", "Astyq")


def test_name_that_comes_again_is_one_organisation() -> None:
    text = "Жобаны «Жаңа дән» ЖШС бастады. Кейін «Жаңа дән» тоқтады."
    read = document(text, "kk")
    (one,) = organisations.recognise(read, ())
    assert [text[start:end] for start, end in one.spans] == ["«Жаңа дән» ЖШС", "«Жаңа дән»"]
    assert one.home_form
