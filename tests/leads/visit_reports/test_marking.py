"""The words of every value are found again in the text, whatever the spans are like."""

import pytest

from leads.visit_reports.models import Suggestion
from leads.visit_reports.queries import marked_sentences, restriction_marks_in, sentence_numbers, sentences_of


def card(position: int, kind: str = "lead", **evidence: list[list[int]]) -> Suggestion:
    return Suggestion(
        position=position, kind=kind, evidence={"" if k == "whole" else k: v for k, v in evidence.items()}
    )


def test_every_character_of_a_sentence_is_shown_once_and_in_order() -> None:
    text = "Біз Бурсаға бардық. Онда 300 компания бар."
    cards = [card(1, whole=[[0, 19]], name=[[4, 11]]), card(2, whole=[[9, 30]])]
    sentences = marked_sentences(text, cards)
    assert [sentence.text for sentence in sentences] == ["Біз Бурсаға бардық.", "Онда 300 компания бар."]


def test_a_passage_names_every_value_it_proves_and_shows_the_hue_of_the_shortest() -> None:
    text = "abcdef"
    cards = [card(1, "meeting", whole=[[0, 6]]), card(2, "organisation", name=[[1, 4]]), card(3, whole=[[3, 5]])]
    (sentence,) = marked_sentences(text, cards)
    assert [(p.text, p.evidence_ids, p.hue, p.card) for p in sentence.passages] == [
        ("a", "e1", "meet", 1),
        ("bc", "e2-name e1", "org", 2),
        ("d", "e3 e2-name e1", "lead", 3),
        ("e", "e3 e1", "lead", 3),
        ("f", "e1", "meet", 1),
    ]


def test_a_span_over_two_sentences_marks_both() -> None:
    text = "One ends. Two begins."
    first, second = marked_sentences(text, [card(1, whole=[[4, 13]])])
    assert [p.text for p in first.passages if p.evidence] == ["ends."]
    assert [p.text for p in second.passages if p.evidence] == ["Two"]


def test_spans_count_code_points_not_bytes_or_utf_16_units() -> None:
    text = "🚀🚀 Ақтөбе ŞİRKETİ é"
    start = text.index("Ақтөбе")
    (sentence,) = marked_sentences(text, [card(1, whole=[[start, start + 6]])])
    assert [p.text for p in sentence.passages if p.evidence] == ["Ақтөбе"]
    assert sentence.text == text


@pytest.mark.parametrize("span", [[-1, 3], [3, 3], [5, 2], [0, 999], [6, 7]])
def test_spans_that_hold_no_characters_are_left_out(span: list[int]) -> None:
    (sentence,) = marked_sentences("abcdef", [card(1, whole=[span])])
    assert not sentence.is_marked


def test_a_paragraph_begins_after_a_line_end() -> None:
    sentences = marked_sentences("One. Two.\nThree.", [])
    assert [(one.number, one.begins_paragraph) for one in sentences] == [(1, False), (2, False), (3, True)]


def test_the_number_of_an_item_belongs_to_its_sentence() -> None:
    text = "They left.\n1. Solar plant.\n2. Greenhouses."
    assert [text[start:end] for start, end in sentences_of(text)] == [
        "They left.",
        "1. Solar plant.",
        "2. Greenhouses.",
    ]


def test_abbreviations_of_the_language_end_no_sentence() -> None:
    text = "Құрылыс, логистика т.б. салалар болды."
    assert len(sentences_of(text, "kk")) == 1


def test_numbers_name_the_sentences_that_spans_touch() -> None:
    sentences = sentences_of("One. Two. Three.")
    assert sentence_numbers(sentences, [[0, 2], [10, 12]]) == [1, 3]
    assert sentence_numbers(sentences, [[2, 7]]) == [1, 2]
    assert sentence_numbers([], [[0, 2]]) == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Хат (ДСП) жіберілді", ["ДСП"]),
        ("Для служебного   пользования. для служебного пользования", ["Для служебного пользования"]),
        ("ҚЫЗМЕТ БАБЫНДА ПАЙДАЛАНУ ҮШІН", ["ҚЫЗМЕТ БАБЫНДА ПАЙДАЛАНУ ҮШІН"]),
        ("Strictly confidential", ["confidential"]),
        ("ДСПК зауыты, confidentially yours", []),
    ],
)
def test_marks_of_restriction_are_found_as_they_stand(text: str, marks: list[str]) -> None:
    assert restriction_marks_in(text) == marks
