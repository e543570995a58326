"""Lines that a program broke at a fixed width, put together again.

A program breaks a line when the next word does not fit. So, with the longest line as the width, the word that begins a
line would not have fitted on the line before it; where nearly all lines of a text are like that, breaks mean nothing.
"""

import re
from itertools import pairwise

NARROWEST, WIDEST = 50, 120
_MOSTLY = 0.9
_ENOUGH_BREAKS = 3
# Items, headings, quotations and table rows begin a line on purpose.
_BEGINS_ITS_OWN = re.compile(r"[ \t]*([-*•–—+>|#]|\d{1,3}[.)]|[a-zа-яәғқңөұүһі][.)])\s", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;…][»”\")]?\s*$")


def unwrap(text: str) -> str:
    """The text with lines of one paragraph joined by a space in place of the line end, if it was broken at a fixed
    width; else the same text. The length never changes."""
    lines = text.split("\n")
    width = max(map(len, lines))
    if not NARROWEST <= width <= WIDEST:
        return text
    inside = [(line, after) for line, after in pairwise(lines) if _may_continue(line, after)]
    # A line that ends a sentence may be the last of its paragraph, and says nothing.
    broken = [_is_full(line, after, width) for line, after in inside if not _SENTENCE_END.search(line)]
    if len(broken) < _ENOUGH_BREAKS or sum(broken) < _MOSTLY * len(broken):
        return text
    joined = lines[0]
    for line, after in pairwise(lines):
        full = _may_continue(line, after) and _is_full(line, after, width)
        joined += (" " if full else "\n") + after
    return joined


def _may_continue(line: str, after: str) -> bool:
    return bool(line.strip() and after.strip()) and not _BEGINS_ITS_OWN.match(after) and not after.startswith("  ")


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width
