import pytest

from leads.extraction.engines.llm.quotes import Quotable


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("Ерлан «Вистула Фарм» сказал", '"Вистула Фарм"', "Вистула Фарм"),
        ("подписали\n  меморандум", "Подписали меморандум.", "подписали\n  меморандум"),
        ("17–19 ақпан", "17-19 ақпан", "17–19 ақпан"),
        ("İstanbul’da görüşme", "istanbul'da", "İstanbul’da"),
        ("İSTANBUL'da 😀 toplantı", "toplantı", "toplantı"),
        ("күні өтті", "күні", "күні"),
        ("wait for it here", "it", "it"),
        ("waiting", "it", None),
        ("anything", "«»", None),
        ("anything", "", None),
        ("", "anything", None),
        ("Straße 5", "STRASSE 5", "Straße 5"),
    ],
)
def test_quotes_are_found_by_their_letters_in_whole_words(text: str, quote: str, found: str | None) -> None:
    span = Quotable(text).find(quote)

    assert (text[span[0] : span[1]] if span else None) == found
