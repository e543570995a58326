"""Looking up which spans lie at a place of the text, in logarithmic time."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Protocol

from leads.extraction.draft import Span


class HasSpan(Protocol):
    """Anything that stands at characters `start` to `end`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def within[T: HasSpan](items: Iterable[T], start: int, end: int) -> list[T]:
    """Return the items that lie wholly inside `start` to `end`."""
    return [item for item in items if start <= item.start and item.end <= end]


class SpanIndex:
    """Spans that do not overlap, merged where they do."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[Span] = []
        for start, end in sorted(spans):
            if merged and start < merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        self._spans = merged
        self._starts = [start for start, _ in merged]

    def touches(self, start: int, end: int) -> bool:
        """Return whether any of the spans shares a character with `start` to `end`."""
        position = bisect_right(self._starts, end - 1) - 1
        return position >= 0 and self._spans[position][1] > start


class Positions[T: HasSpan]:
    """Items in order of their start, to be asked for by a window of characters."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = sorted(items, key=lambda item: item.start)
        self._starts = [item.start for item in self._items]

    def between(self, start: int, end: int) -> list[T]:
        """Return the items that start in `start` to before `end`."""
        return self._items[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]
