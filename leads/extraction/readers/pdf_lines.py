"""From letters on pages to paragraphs: a PDF knows neither words nor lines."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .pdf_glyphs import Run

CELL_SEPARATOR = " | "
# In parts of the font size. A space is never narrower than the first, kerning never wider.
_WORD_GAP = 0.17
_CELL_GAP = 3.0
_EQUAL_GAPS = 0.25
_SAME_LINE = 0.5
_INDENT = 0.8
_NARROWEST_LEADING, _WIDEST_LEADING = 0.8, 2.3

_ITEM = re.compile(r"([-•*▪●○·✓]|\d{1,3}[.)]|[a-zа-яәғқңөұүһі]\))\s", re.IGNORECASE)
_DASH = re.compile(r"[–—]\s")
_SENTENCE_END = re.compile(r"[.!?:;…][»”\")]*$")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(\d{1,3}|(?:стр|page|бет|sayfa)\.?\s*\d{1,3}|\d{1,3}\s*(?:/|из|of|бет)\s*\d{0,3})[-–—\s.]*", re.I
)
_HYPHENATED = re.compile(r"(\w+)-$")
_FIRST_WORD = re.compile(r"\w+")
_HYPHENATING_SHARE = 0.08


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one base line; places in points, `y` growing upwards."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """Runs in drawing order put together to lines; a wide gap inside a line is taken for the border of table cells."""
    lines: list[_Growing] = []
    for run in runs:
        if lines and lines[-1].takes(run):
            lines[-1].add(run)
        elif run.text.strip():
            lines.append(_Growing(run))
    return [line.finished() for line in lines]


class _Growing:
    """A line while its runs come in."""

    def __init__(self, run: Run) -> None:
        self.x0, self.x1, self.y, self.size = run.x0, run.x1, run.y, run.size
        self.pieces = [run.text]
        self.gaps: list[float] = []

    def takes(self, run: Run) -> bool:
        """Whether the run stands on this line, to the right of what is there."""
        size = max(self.size, run.size)
        return abs(run.y - self.y) <= _SAME_LINE * size and run.x0 > self.x1 - size

    def add(self, run: Run) -> None:
        if not run.text.strip():  # spaces are seen by the gap they leave
            self.pieces[-1] += " "
            return
        gap = (run.x0 - self.x1) / (min(self.size, run.size) or 1)
        if gap > _CELL_GAP:
            self.pieces.append(run.text)
        else:
            self.pieces[-1] += f" {run.text}" if gap > _WORD_GAP else run.text
        if gap > _WORD_GAP:
            self.gaps.append(gap)
        if run.size > self.size:
            self.y, self.size = run.y, run.size
        self.x1 = max(self.x1, run.x1)

    def finished(self) -> Line:
        # Equal gaps are a line stretched to both edges of a narrow column, however wide they are.
        stretched = len(self.gaps) > 1 and max(self.gaps) - min(self.gaps) < _EQUAL_GAPS * max(self.gaps)
        cells = [" ".join(piece.split()) for piece in self.pieces]
        text = (" " if stretched else CELL_SEPARATOR).join(cells)
        return Line(text, self.x0, self.x1, self.y, self.size)


def paragraphs_of(pages: Sequence[list[Line]]) -> list[str]:
    """The paragraphs of a document: running heads and page numbers dropped, lines joined, words broken at a line's end
    made whole."""
    bodies = _without_running_heads(pages)
    joiner, leading = _Joiner(bodies), _leading(bodies)
    paragraphs: list[str] = []
    before: Line | None = None
    for body in bodies:
        page = _Page(body, leading)
        for number, line in enumerate(body):
            goes_on = before is not None and (
                page.continues(before, line) if number else _continues_elsewhere(before, line, page.column(line)[1])
            )
            if goes_on:
                paragraphs[-1] = joiner.join(paragraphs[-1], line.text)
            else:
                paragraphs.append(" ".join(line.text.split()))
            before = line
    return paragraphs


class _Page:
    """A page and the measures that decide whether two lines belong together."""

    def __init__(self, lines: list[Line], leading: float) -> None:
        self.lines = lines
        self.leading = leading

    def column(self, line: Line) -> tuple[float, float]:
        """The left and right edge of the text column a line stands in: of lines that overlap it."""
        beside = [other for other in self.lines if other.x0 < line.x1 and other.x1 > line.x0 and _alike(other, line)]
        return min(other.x0 for other in beside or [line]), max(other.x1 for other in beside or [line])

    def continues(self, line: Line, after: Line) -> bool:
        """Whether `after` goes on with the paragraph of `line`, the line before it on this page."""
        step = line.y - after.y
        if step < 0 and after.x0 >= line.x1:
            return _continues_elsewhere(line, after, self.column(line)[1])
        if not 0 < step <= self.leading * after.size or not _alike(line, after) or _begins_anew(line, after):
            return False
        left, right = self.column(line)
        full = _is_full(line, after, right)
        if after.x0 - max(left, min(line.x0, after.x0)) > _INDENT * after.size:
            return full and _starts_small(after) and not _SENTENCE_END.search(line.text)
        if after.x0 - left > _INDENT * after.size and abs(after.x0 - line.x0) < _INDENT * after.size:
            return full and _starts_small(after)
        half_full = line.x1 > left + 0.5 * (right - left)
        return full or (half_full and _starts_small(after) and not _SENTENCE_END.search(line.text))


def _leading(pages: Sequence[list[Line]]) -> float:
    """The widest step between two lines of a paragraph, in parts of the font size, with some slack. The lower quarter:
    where paragraphs are short, most steps are those between paragraphs."""
    steps = [(a.y - b.y) / b.size for lines in pages for a, b in pairwise(lines) if b.size and _alike(a, b)]
    near = sorted(step for step in steps if _NARROWEST_LEADING <= step <= _WIDEST_LEADING)
    return min(near[len(near) // 4] * 1.2, _WIDEST_LEADING) if near else _WIDEST_LEADING


def _continues_elsewhere(line: Line, after: Line, right: float) -> bool:
    """Whether a paragraph goes on at the top of the next column or page, where distance and indent say nothing.
    `right` is the edge of the column `line` stands in; on another page, of the one `after` does, which is set alike."""
    if not _alike(line, after) or _begins_anew(line, after) or _SENTENCE_END.search(line.text):
        return False
    return _starts_small(after) or _is_full(line, after, right)


def _alike(line: Line, other: Line) -> bool:
    return abs(line.size - other.size) <= 0.15 * max(line.size, other.size)


def _begins_anew(line: Line, after: Line) -> bool:
    if CELL_SEPARATOR in line.text or CELL_SEPARATOR in after.text or _ITEM.match(after.text):
        return True
    return bool(_DASH.match(after.text) and _SENTENCE_END.search(line.text))


def _starts_small(line: Line) -> bool:
    return line.text.lstrip()[:1].islower()


def _is_full(line: Line, after: Line, right: float) -> bool:
    """Whether the first word of the next line would have run over the edge. Its width is an estimate, so it counts a
    little more: two paragraphs in one line do less harm than a sentence in two."""
    letters = after.text.split(maxsplit=1)
    width = (after.x1 - after.x0) / max(len(after.text), 1)
    return line.x1 + (1 + 1.2 * len(letters[0])) * width > right


def _without_running_heads(pages: Sequence[list[Line]]) -> list[list[Line]]:
    edges = Counter(key for lines in pages for key in {_edge_key(line) for line in _edges(lines)})
    repeated = {key for key, count in edges.items() if count >= 3 and count * 2 > len(pages)}

    def is_running(line: Line) -> bool:
        return bool(_PAGE_NUMBER.fullmatch(line.text.strip())) or _edge_key(line) in repeated

    return [[line for line in lines if not (line in _edges(lines) and is_running(line))] for lines in pages]


def _edges(lines: list[Line]) -> list[Line]:
    """The highest and the lowest line of a page, wherever in the file they stand."""
    return [max(lines, key=lambda line: line.y), min(lines, key=lambda line: line.y)] if len(lines) > 1 else []


def _edge_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.strip()), round(line.y / 10)


class _Joiner:
    """Puts two lines of a paragraph together.

    A hyphen at the end of a line belongs either to the word (іс-қимыл, бизнес-форум, 300-ден) or to the typesetting.
    What the rest of the document writes decides; else whether this document breaks words at all.
    """

    def __init__(self, pages: Sequence[list[Line]]) -> None:
        texts = [line.text.strip() for lines in pages for line in lines]
        self.words = {word.lower() for text in texts for word in re.findall(r"\w+(?:-\w+)*", text)}
        hyphens = sum(bool(_HYPHENATED.search(text)) for text in texts)
        self.breaks_words = hyphens > _HYPHENATING_SHARE * len(texts) and hyphens > 1

    def join(self, text: str, after: str) -> str:
        after = " ".join(after.split())
        if text.endswith("\u00ad"):
            return text[:-1] + after
        hyphenated, first = _HYPHENATED.search(text), _FIRST_WORD.match(after)
        if not hyphenated or not first:
            return f"{text} {after}"
        if self._belongs(hyphenated[1], first[0]):
            return text + after
        return text[:-1] + after

    def _belongs(self, before: str, after: str) -> bool:
        if not before[-1].islower() or not after[0].islower():
            return True
        if f"{before}-{after}".lower() in self.words:
            return True
        if f"{before}{after}".lower() in self.words:
            return False
        return not self.breaks_words
