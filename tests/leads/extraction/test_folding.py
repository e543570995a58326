"""One key for a word in every script, and how alike two names are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.extraction.folding import fold, fold_name, legal_forms, name_similarity


@pytest.mark.parametrize(
    "spellings",
    [
        ("Бурса", "Bursa", "BURSA", "бурса"),
        ("Ақтөбе", "Aqtöbe", "Aqtobe", "Aktobe", "АҚТӨБЕ"),
        ("Қызылорда", "Kızılorda", "Kyzylorda", "Qyzylorda", "KIZILORDA"),
        ("Шымкент", "Shymkent", "Şymkent", "Şımkent"),
        ("Жамбыл", "Zhambyl", "Jambyl"),
        ("Қарағанды", "Qaraghandy", "Karagandy", "Qaraǵandy"),
        ("Алматы", "Almaty", "Almatı", "ALMATI"),
        ("Королёв", "Королев", "KOROLEV"),
        ("İstanbul", "Istanbul", "ISTANBUL"),
        ("Абай", "Abay", "Abai"),
        ("Ялта", "Yalta"),
        ("Ахмет", "Akhmet", "Ahmet"),
    ],
)
def test_one_word_in_several_scripts_has_one_key(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", ""),
        ("  Түркия   Республикасы ", "turkia respublikasi"),
        ("«Қазфосфат» ЖШС", "kazfosfat jshs"),
        ("Türkiye'de", "turkiede"),
        ("Co., Ltd.", "co ltd"),
        ("+7 (701) 123-45-67", "7 701 123 45 67"),
        ("北京", "北京"),
    ],
)
def test_key_of_a_text(text: str, key: str) -> None:
    assert fold(text) == key


def test_different_towns_keep_different_keys() -> None:
    towns = [
        "Орал",
        "Арал",
        "Алматы",
        "Алатау",
        "Тараз",
        "Тарту",
        "Семей",
        "Сеул",
        "Пекин",
        "Пенза",
    ]
    assert len({fold(town) for town in towns}) == len(towns)


@given(st.text())
def test_key_is_lower_case_words_parted_by_single_spaces(text: str) -> None:
    key = fold(text)
    assert key == " ".join(key.split())
    assert not re.search(r"[A-ZА-Я«»'\"().,;:-]", key)


@given(st.text(), st.text())
def test_key_of_two_words_is_made_of_their_keys(one: str, other: str) -> None:
    assert fold(f"{one} {other}") == f"{fold(one)} {fold(other)}".strip()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ТОО «Қостанай май»", "kostanai mai"),
        ("«Қазфосфат» ЖШС", "kazfosfat"),
        ("Anhui Jianghe Automobile Co., Ltd", "anhui jiange automobile"),
        ("Erciyes Mobilya A.Ş.", "ercies mobilia"),
        ("ТОО", "too"),
    ],
)
def test_legal_form_is_no_part_of_a_name(name: str, key: str) -> None:
    assert fold_name(name) == key


def test_longest_legal_form_comes_first() -> None:
    lengths = [len(form) for form in legal_forms()]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ("ТОО «Қостанай май»", "Qostanai Mai LLP", 1.0, 1.0),
        ("Bursa Organize Sanayi Bölgesi", "Бурса Организе Санайи Бөлгеси", 0.85, 1.0),
        ("Sanayi Bursa", "Bursa Sanayi", 1.0, 1.0),
        ("Delta Phosphates", "Delta Phosphates Company of Egypt", 0.95, 1.0),
        ("Bursa", "Bursa Organize Sanayi Bölgesi", 0.0, 0.7),
        ("Арай", "Нұрлы жол", 0.0, 0.6),
        ("", "Арай", 0.0, 0.0),
    ],
)
def test_name_similarity(one: str, other: str, low: float, high: float) -> None:
    assert low <= name_similarity(one, other) <= high
    assert name_similarity(one, other) == name_similarity(other, one)
