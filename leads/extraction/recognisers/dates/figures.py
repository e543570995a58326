"""Dates in figures: 2026-02-17, 17.02.2026, 17-19.02.2026, 28.09-02.10.2026, 17.02.26, 17.02-19.02."""

import re
from collections.abc import Iterator

from leads.extraction.recognisers.dates.mention import DateMention, made

_YEAR = r"((?:19|20)\d\d)"
_YEAR_FIRST = re.compile(rf"(?<!\d){_YEAR}([-./])(\d\d)\2(\d\d)(?!\d)")
_DOTTED = re.compile(
    rf"(?<![\d.])(?:(\d{{1,2}})(?:[./](\d\d))?(?:\.?\s?[-–—]\s?|\s(?:bis|ile|to|до|по)\s))?(\d{{1,2}})[./](\d{{1,2}})[./](?:{_YEAR}|([23]\d))(?![\d.]\d|\d)"
)
_WITHOUT_YEAR = re.compile(r"(?<![\d.,])(\d{1,2})\.(0[1-9]|1[0-2])\.?\s?[-–—]\s?(\d{1,2})\.(0[1-9]|1[0-2])(?!\.?\d)")
_CENTURY = 2000


def in_figures(text: str) -> Iterator[DateMention]:
    """Yield the dates of a text that are written in figures, in no order."""
    for match in _YEAR_FIRST.finditer(text):
        month, day = int(match[3]), int(match[4])
        yield from _one(made((month, day), (month, day), int(match[1]), match.span()))
    for match in _DOTTED.finditer(text):
        last = int(match[4]), int(match[3])
        first = int(match[2] or last[0]), int(match[1] or last[1])
        year = int(match[5]) if match[5] else _CENTURY + int(match[6])
        yield from _one(made(first, last, year, match.span()))
    for match in _WITHOUT_YEAR.finditer(text):
        yield from _one(made((int(match[2]), int(match[1])), (int(match[4]), int(match[3])), None, match.span()))


def _one(mention: DateMention | None) -> Iterator[DateMention]:
    if mention is not None:
        yield mention
