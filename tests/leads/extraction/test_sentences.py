"""Sentences are spans of the text; abbreviations, initials and ordinals end none."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.extraction.sentences import split_sentences

ABBREVIATIONS = frozenset({"г", "т", "млрд", "ж", "тб"})


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Бірінші. Екінші.", ["Бірінші.", "Екінші."]),
        ("Встреча в г. Тараз прошла. Все довольны.", ["Встреча в г. Тараз прошла.", "Все довольны."]),
        ("Выступил К. Ахметов. Затем обед.", ["Выступил К. Ахметов.", "Затем обед."]),
        ("Сумма 5 млрд. тенге. Срок год.", ["Сумма 5 млрд. тенге.", "Срок год."]),
        ("Қол қойылды.Өнім шығады.", ["Қол қойылды.", "Өнім шығады."]),
        ("Bölgede 1.400 firma var. Bu 20. kuruluş oldu.", ["Bölgede 1.400 firma var.", "Bu 20. kuruluş oldu."]),
        ("Erciyes A.Ş. ile görüştük. Bitti.", ["Erciyes A.Ş. ile görüştük.", "Bitti."]),
        ("Title without a stop\nText follows.", ["Title without a stop", "Text follows."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text, ABBREVIATIONS)] == sentences


@given(st.text())
def test_every_letter_stands_in_exactly_one_sentence(text: str) -> None:
    spans = list(split_sentences(text))
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    covered = {index for start, end in spans for index in range(start, end)}
    assert all(index in covered for index, char in enumerate(text) if not char.isspace())
