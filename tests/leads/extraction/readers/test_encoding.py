import pytest

from leads.extraction.readers import Reason, UnreadableDocument
from leads.extraction.readers.encoding import decode_text

KAZAKH = (
    "Сапар қорытындысы бойынша тараптар экономикалық өзара іс-қимылды кеңейтуге мүдделі екенін растады. «Ұйым» және "
    "Шыңғыс ауданының әкімі ғимаратты көрсетті – үш қабатты."
)
RUSSIAN = "Итоги поездки: подписаны два меморандума, объём «Ёлки» – 5 млн тенге; ответственный – управление."
TURKISH = (
    "Görüşmelerde Bursa'nın sanayi bölgesi, ğ ve ş harfleri ile İstanbul'daki ortaklık konuşuldu; yatırım yapılacak."
)
ENGLISH = "The delegation’s visit to a “smart park” near Šiauliai and Mažeikiai ended on 3 May – two papers signed."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, "utf-8") for text in (KAZAKH, RUSSIAN, TURKISH, ENGLISH)),
        *((text, "utf-16") for text in (KAZAKH, ENGLISH)),
        (KAZAKH, "utf-32"),
        (KAZAKH, "utf-8-sig"),
        *((text, encoding) for text in (KAZAKH, RUSSIAN, ENGLISH) for encoding in ("utf-16-le", "utf-16-be")),
        (RUSSIAN, "cp1251"),
        (RUSSIAN.replace("–", "-").replace("«", "").replace("»", ""), "cp866"),
        (RUSSIAN.replace("–", "-").replace("«", "").replace("»", ""), "koi8_r"),
        (KAZAKH, "kz1048"),
        (KAZAKH, "ptcp154"),
        (TURKISH, "cp1254"),
        (ENGLISH.replace("Šiauliai", "Siauliai"), "cp1252"),
    ],
)
def test_the_encoding_is_found(text: str, encoding: str):
    assert decode_text(text.encode(encoding)) == text


def test_kazakh_in_the_russian_code_page_keeps_every_letter_that_page_has():
    data = KAZAKH.encode("cp1251", "ignore")
    assert decode_text(data) == data.decode("cp1251")


@pytest.mark.parametrize("words", ["Привет", "Меморандум", "г. Актобе", "Қазақстан"])
def test_a_few_words_are_enough(words: str):
    assert decode_text(words.encode("kz1048")) == words


def test_a_declared_code_page_decides_where_bytes_do_not():
    data = "Škoda a závod".encode("iso8859-2")
    assert decode_text(data, declared="ISO-8859-2") == "Škoda a závod"


def test_a_wrongly_declared_encoding_does_not_spoil_utf_8():
    assert decode_text(KAZAKH.encode(), declared="windows-1251") == KAZAKH


@pytest.mark.parametrize("declared", ["", "no-such-page", "rot13", "base64", "x" * 5000])
def test_nonsense_declared_is_ignored(declared: str):
    assert decode_text(RUSSIAN.encode("cp1251"), declared=declared) == RUSSIAN


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe" + "\ud83d".encode("utf-16-le", "surrogatepass") + b"a\0", Reason.UNKNOWN_ENCODING),
        (b"\xef\xbb\xbfabc\xff", Reason.UNKNOWN_ENCODING),
        (b"text with\0a zero byte in it", Reason.UNKNOWN_TYPE),
        (bytes(range(256)) * 8, Reason.UNKNOWN_TYPE),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08 abc", Reason.UNKNOWN_TYPE),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: Reason):
    with pytest.raises(UnreadableDocument) as refused:
        decode_text(data)
    assert refused.value.reason is reason
