"""The language of a report."""

import pytest

from leads.extraction.recognisers.language import recognise
from tests.leads.extraction.reading import document


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Облыс әкімі қонақтарды қабылдап, бірлескен жобалар туралы айтты.", "kk"),
        ("Oblys äkimi qonaqtardy qabyldap, birlesken jobalar turaly aitty jäne sapar boiynşa esep berdi.", "kk"),
        ("Аким области принял гостей и рассказал о совместных проектах.", "ru"),
        ("The governor received the guests and spoke of joint projects.", "en"),
        ("Vali konukları kabul etti ve ortak projeler için bilgi verdi.", "tr"),
        (
            "Коллеги, вчера вернулись. Қысқаша: сапар сәтті өтті, келіссөздер жүргізілді, меморандумға қол қойылды.",
            "kk",
        ),
    ],
)
def test_language(text: str, code: str) -> None:
    assert recognise(document(text, "en").words) == code


def test_text_without_known_words_has_none() -> None:
    assert recognise(document("12345 67", "en").words) is None
