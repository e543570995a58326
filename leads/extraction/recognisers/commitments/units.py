"""What may hold one commitment each: a numbered item with its term, else a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leads.extraction.document import Document

_ITEM = re.compile(r"(?m)^[ \t]*(?:[-•–]|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\s?\|)\s*")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """Characters and words (`first` to before `last`) of one item or sentence."""

    start: int
    end: int
    first: int
    last: int
    numbered: bool


def units_of(document: Document) -> Iterator[Unit]:
    """Yield numbered items whole, and the other sentences one by one, in order."""
    items = [
        (mark.end(), line.end())
        for line in _LINE.finditer(document.text)
        for mark in (_ITEM.match(document.text, line.start(), line.end()),)
        if mark is not None and mark.end() < line.end()
    ]
    spans = [(start, end, True) for start, end in items]
    position = 0
    for sentence in document.sentences:
        while position < len(items) and items[position][1] < sentence.end:
            position += 1
        if not (position < len(items) and items[position][0] - 6 <= sentence.start):
            spans.append((sentence.start, sentence.end, False))
    for start, end, numbered in sorted(spans):
        yield Unit(start, end, document.word_at(start), document.word_at(end), numbered)
