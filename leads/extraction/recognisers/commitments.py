"""Commitments: numbered instructions and promises with somebody to carry them out, and a day to do it by."""

import re
from datetime import date

from leads.extraction.document import Document
from leads.extraction.draft import Commitment
from leads.extraction.recognisers.dates import DateMention
from leads.extraction.spans import Positions

_ITEM = re.compile(r"(?m)^[ \t]*(?:[-•]|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\s?\|)\s*")
_LONGEST_TEXT = 400


def recognise(document: Document, dates: Positions[DateMention], published: date | None) -> tuple[Commitment, ...]:
    """Return instructions of a protocol and promises with a date. A year that is not said is the next such day's."""
    instruction, heading = document.lexicon("tasks", "instruction"), document.lexicon("tasks", "heading")
    closing = document.lexicon("tasks", "none_heading")
    decided = False
    found = []
    for start, end, numbered in _items(document):
        first, last = document.word_at(start), document.word_at(end)
        short = last - first <= 6
        if (
            short
            and not numbered
            and (heading.finds(document.words, first, last) or closing.finds(document.words, first, last))
        ):
            decided = heading.finds(document.words, first, last)
            continue
        told = instruction.finds(document.words, first, last)
        due = next((one for one in dates.between(start, end) if one.deadline), None)
        if not told or not ((numbered and decided) or due is not None):
            continue
        if document.sentence_at(start).background:
            continue
        span = document.trimmed(start, end)
        found.append(
            Commitment(
                text=document.quote(span)[:_LONGEST_TEXT],
                by="counterpart"
                if document.lexicon("tasks", "counterpart").finds(document.words, first, min(first + 4, last))
                else "home",
                who=_executor(document, first, last, span[1]),
                due_date=_due(due, published),
                evidence=(span,),
            )
        )
    return tuple(found)


def _items(document: Document) -> list[tuple[int, int, bool]]:
    """Return numbered items whole, and the other sentences one by one."""
    items: list[tuple[int, int, bool]] = []
    for line in re.finditer(r"[^\n]+", document.text):
        mark = _ITEM.match(document.text, line.start(), line.end())
        if mark is not None and mark.end() < line.end():
            items.append((mark.end(), line.end(), True))
    numbered = {(start, end) for start, end, _ in items}
    ends = sorted(numbered)
    position = 0
    for sentence in document.sentences:
        while position < len(ends) and ends[position][1] < sentence.end:
            position += 1
        if not (position < len(ends) and ends[position][0] - 6 <= sentence.start):
            items.append((sentence.start, sentence.end, False))
    return sorted(items)


def _executor(document: Document, first: int, last: int, end: int) -> str | None:
    """Return the office or company an item begins with, up to the verb, a dash or a bracket."""
    executor = document.lexicon("tasks", "executor", "executor_ends")
    hit = next((one for one in executor.find(document.words, first, min(first + 8, last))), None)
    if hit is None:
        return None
    start = document.words[first].start
    if hit.code == "executor_ends":
        return document.quote((start, hit.end)).strip(' «"')
    mark = re.compile(r"[,;:(–—]|\s(?:до|в срок|to|by|совместно)\s").search(document.text, hit.end, end)
    instruction = document.lexicon("tasks", "instruction").find(document.words, hit.last, last)
    stops = [mark.start()] if mark else []
    stops += [instruction[0].start] if instruction else []
    return document.quote((start, min([*stops, hit.end + 80, end]))).strip(' «"') or None


def _due(due: DateMention | None, published: date | None) -> date | None:
    if due is None:
        return None
    if due.year is not None:
        days = due.days(None)
        return days[1] if days else None
    if published is None:
        return None
    try:
        this_year = date(published.year, due.end_month, due.end_day)
        return this_year if this_year >= published else date(published.year + 1, due.end_month, due.end_day)
    except ValueError:
        return None
