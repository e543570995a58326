import unicodedata

import pytest

from leads.extraction.readers import Reason, UnreadableDocument
from leads.extraction.readers.document import checked_text, clean_text, tidy_text, title_if_said


def test_line_ends_and_letters_are_brought_to_one_form():
    decomposed = unicodedata.normalize("NFD", "Жайық йод")
    assert clean_text(f"{decomposed}\r\nекі\rүш\u2028төрт\fбес") == "Жайық йод\nекі\nүш\nтөрт\nбес"


@pytest.mark.parametrize("text", ["a\0b", "a\x1fb", "a\x7fb", "a\x9fb"])
def test_control_characters_become_spaces_so_that_places_stay(text: str):
    assert clean_text(text) == "a b"


def test_lone_surrogates_are_replaced_and_pairs_put_together():
    assert clean_text("a\ud800b\ud83d\ude00") == "a\ufffdb😀"


def test_spaces_and_tabs_of_a_plain_text_stay():
    assert clean_text("  бір\t екі \u00a0 үш") == "  бір\t екі \u00a0 үш"


def test_white_space_of_a_formatted_document_is_tidied():
    assert (
        tidy_text("\n\n бір\u00a0\t екі \n\n\n\n ин\u00adвес\u200bтиция ﬁrma\u202e \n") == "бір екі\n\nинвестиция firma"
    )


@pytest.mark.parametrize("text", ["", " \n\t", "--- … ***"])
def test_a_text_without_a_letter_or_digit_says_nothing(text: str):
    with pytest.raises(UnreadableDocument) as refused:
        checked_text(text)
    assert refused.value.reason is Reason.NO_TEXT


def test_the_longest_text_passes_and_one_character_more_does_not():
    assert len(checked_text("ә" * 200_000)) == 200_000
    with pytest.raises(UnreadableDocument) as refused:
        checked_text("ә" * 200_001)
    assert refused.value.reason is Reason.TEXT_TOO_LONG


@pytest.mark.parametrize(
    ("claimed", "believed"),
    [("Есеп  2026", "Есеп 2026"), ("Microsoft Word - Документ1", None), ("", None), (None, None)],
)
def test_a_title_is_believed_if_the_text_says_it(claimed: str | None, believed: str | None):
    assert title_if_said(claimed, "Есеп 2026\nМәтін") == believed
