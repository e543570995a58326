"""Bytes to characters when nobody says how; the guesses are ordered for Kazakh, Russian, Turkish and English."""

import codecs
import re

from .errors import Reason, UnreadableDocument

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 65_536
# The three Windows code pages of Kazakhstan differ only in the letters Russian does not have.
_CYRILLIC_PAGES = ("cp1251", "kz1048", "ptcp154")
_OLD_PAGES = (*_CYRILLIC_PAGES, "cp866", "koi8_r", "cp1254", "cp1252")
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_KAZAKH = "әғқңөұүһі"
_EXPECTED = frozenset(_RUSSIAN + _RUSSIAN.upper() + _KAZAKH + _KAZAKH.upper() + "«»„“”‘’–—…№•·§°©±\u00a0\u00ad")
_CAPITAL_INSIDE_WORD = re.compile(rf"[{_RUSSIAN}{_KAZAKH}][{_RUSSIAN.upper()}{_KAZAKH.upper()}]")
_BALTIC_LETTERS = b"\x8e\x9e"  # Ž ž: cp1252 has them, cp1254 leaves the places empty
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


def decode_text(data: bytes, *, declared: str | None = None) -> str:
    """The characters of a text whose encoding is unknown, or only `declared` by the file itself.

    Tried in turn: byte order mark, UTF-8, UTF-16 without a mark, what the file declares, the old code pages. Raises
    `UnreadableDocument`: `unknown_encoding` for broken Unicode, `unknown_type` for bytes that are no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_unicode(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return _refuse_binary(text)
    if encoding_16 := _utf_16_without_mark(data):
        return _decode_unicode(data, encoding_16)
    if b"\0" in data:
        raise UnreadableDocument(Reason.UNKNOWN_TYPE, "zero bytes in what should be text")
    if declared and (encoding_declared := _known_old_page(declared)):
        return _refuse_binary(data.decode(encoding_declared, "replace"))
    return _refuse_binary(data.decode(_old_page(data), "replace"))


def _decode_unicode(data: bytes, encoding: str) -> str:
    try:
        return _refuse_binary(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableDocument(Reason.UNKNOWN_ENCODING, str(error)) from error


def _refuse_binary(text: str) -> str:
    if "\0" in text or len(_NOT_TEXT.findall(text)) * 200 > len(text):
        raise UnreadableDocument(Reason.UNKNOWN_TYPE, "control characters in what should be text")
    return text


def _utf_16_without_mark(data: bytes) -> str | None:
    """In UTF-16 of our languages nearly every other byte is 0 (Latin, spaces) or 4 (Cyrillic)."""
    sample = data[:_SAMPLE_BYTES]
    if len(sample) < 4 or len(sample) % 2 or b"\0" not in sample:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(byte in {0, 1, 4, 0x20} for byte in high) > 0.9 * len(high):
            return encoding
    return None


def _known_old_page(declared: str) -> str | None:
    """The Python name of a declared single-byte encoding, if there is one; declared Unicode was tried already."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return name if name.startswith(("cp", "iso8859", "koi8", "kz1048", "ptcp154", "mac-")) else None


def _old_page(data: bytes) -> str:
    from charset_normalizer import from_bytes  # only old files need it, and it takes as long to load as they do to read

    sample = data[:_SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=list(_OLD_PAGES)).best()
    guess = best.encoding if best else None
    if guess in {"cp1252", "cp1254", "latin_1"}:
        # They differ in ğ ı ş İ alone, which the other reads as Icelandic; reports from Iceland are not expected.
        return "cp1252" if sample.translate(None, _BALTIC_LETTERS) != sample else "cp1254"
    if guess in {"cp866", "koi8_r"}:
        return guess
    page = max(_CYRILLIC_PAGES, key=lambda page: _plausibility(sample, page))
    if guess is None and _plausibility(sample, page) < 0.9:
        raise UnreadableDocument(Reason.UNKNOWN_TYPE, "no encoding fits")
    return page


def _plausibility(sample: bytes, encoding: str) -> float:
    """The share of the characters above ASCII that Russian or Kazakh text has, less capitals inside words."""
    text = sample.decode(encoding, "replace")
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    fitting = sum(character in _EXPECTED for character in foreign)
    return (fitting - len(_CAPITAL_INSIDE_WORD.findall(text))) / len(foreign)
