"""Sentence splitting that never copies text: spans only, so that offsets stay right."""

import re
from collections.abc import Iterator

from leads.extraction.draft import Span

_END = re.compile(r"[.!?…]+[»”\"’)\]]*|\n+|;[ \t]*\n")
_OPENING = "«“\"'‘(—–-•[ "
_LEAST = 1


def _may_end(text: str, start: int, end: int, abbreviations: frozenset[str]) -> bool:
    """Return whether the full stop at `text[start:end]` closes a sentence."""
    following = text[end : end + 12].lstrip(" \t\u00a0").lstrip(_OPENING)
    if not following:
        return True
    glued = not text[end : end + 1].isspace()
    if text[start] == ".":
        before = re.search(r"[\w]+$", text[max(0, start - 20) : start])
        word = before[0] if before else ""
        if word.casefold() in abbreviations or (len(word) == _LEAST and word.isalpha()):
            return False  # т.б., г. Тараз, an initial
        if glued and (following[0].isdigit() or len(word) <= _LEAST or not word[-1].islower()):
            return False  # 1.400, A.Ş., U.S.
        if word.isdigit() and not glued and following[0].islower():
            return False  # 20. kuruluş
    if glued:
        return following[0].isupper() and text[start] in ".!?" and text[end : end + 1].isalpha()
    return not following[0].islower()


def split_sentences(text: str, abbreviations: frozenset[str] = frozenset()) -> Iterator[Span]:
    """Yield the sentences of a text in order; a line break always ends one. Abbreviations are given in lower case."""
    begin = 0
    for found in _END.finditer(text):
        if "\n" in found[0] or _may_end(text, found.start(), found.end(), abbreviations):
            if text[begin : found.end()].strip():
                yield _stripped(text, begin, found.end())
            begin = found.end()
    if text[begin:].strip():
        yield _stripped(text, begin, len(text))


def _stripped(text: str, start: int, end: int) -> Span:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end
