"""Phrases of word beginnings are found in the words of a text."""

import pytest

from leads.extraction.lexicon import Lexicon
from tests.leads.extraction.reading import document

LEXICON = Lexicon(
    {"cement": ["цемент", "строительн материал"], "fin": ["фин!"], "it": ["IT"], "mill": ["строительн"]}, folded=False
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Производство цемента и строительных материалов", ["cement", "cement"]),
        ("строительная компания", ["mill"]),
        ("финский гость, фин", ["fin"]),
        ("IT and it", ["it"]),
        ("", []),
    ],
)
def test_phrases_found(text: str, codes: list[str]) -> None:
    assert [hit.code for hit in LEXICON.find(document(text, "ru").words)] == codes


def test_longest_phrase_stands() -> None:
    text = "новых строительных материалов"
    (hit,) = LEXICON.find(document(text, "ru").words)
    assert text[hit.start : hit.end] == "строительных материалов"


def test_folded_lexicon_reads_either_script() -> None:
    folded = Lexicon({"meeting": ["кездесу"]})
    assert [hit.code for hit in folded.find(document("kezdesuler men кездесулер", "kk").words)] == ["meeting"] * 2
