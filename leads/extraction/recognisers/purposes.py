"""What the visit was for, in the report's words.

Three ways say it: the word for an aim and a dash, a colon or "is" ("Цель поездки – …"); words that an aim follows ("in
order to …"); and words that follow an aim ("… мақсатында", "… amacıyla").
"""

import re

from leads.extraction.document import Document, Sentence
from leads.extraction.draft import Purpose, Span
from leads.extraction.lexicon import Hit

_MARK = re.compile(r"\s*[–—:]\s*|\s-\s")
_PARTS = re.compile(r",\s+|;\s*")
_CLAUSE_ENDS = ",;:–—()"
_LEAST_LETTERS, _REACH, _LEAST_WORDS = 10, 60, 3
_LONGEST = 200
_TOLD = ("delegation", "guest_at", "meeting", "moved", "outbound", "received", "visitors")


def recognise(document: Document) -> tuple[Purpose, ...]:
    """Return the aims of the first sentence that tells them."""
    for sentence in document.sentences:
        if sentence.background:
            continue
        spans = _named(document, sentence) or _told(document, sentence)
        if spans:
            return tuple(Purpose(text=document.quote(span), evidence=(span,)) for span in spans)
    return ()


def _named(document: Document, sentence: Sentence) -> list[Span]:
    """Return what follows "the aim of the visit" and a dash, a colon or "is", cut into its parts."""
    for hit in document.hits("visit", "purpose", within=sentence):
        begin = _after_lead_in(document, sentence, hit)
        if begin is not None:
            parts = _parts(document, begin, sentence)
            if parts:
                return parts
    return []


def _after_lead_in(document: Document, sentence: Sentence, hit: Hit) -> int | None:
    stop = min(sentence.end, hit.end + _REACH)
    marks = [mark.end() for mark in (_MARK.search(document.text, hit.end, stop),) if mark]
    copulas = document.lexicon("visit", "copula").find(document.words, hit.last, sentence.last)
    marks += [one.end for one in copulas[:1] if one.end <= stop]
    return min(marks, default=None)


def _parts(document: Document, begin: int, sentence: Sentence) -> list[Span]:
    """Cut a list of aims at commas, and at an "and" that more than a word or two follow."""
    joining = document.lexicon("dates", "and")
    first = document.word_at(begin)
    cuts = [(mark.start(), mark.end()) for mark in _PARTS.finditer(document.text, begin, sentence.end)]
    for hit in joining.find(document.words, first, sentence.last):
        following = document.text[hit.end : hit.end + _REACH].split(",")[0]
        if document.words[hit.first].plain in _conjunctions(document) and len(following.split()) >= _LEAST_WORDS:
            cuts.append((hit.start, hit.end))
    spans, start = [], begin
    for left, right in [*sorted(cuts), (sentence.end, sentence.end)]:
        if left > start:
            span = document.trimmed(start, left)
            if span[1] - span[0] >= _LEAST_LETTERS:
                spans.append(span)
        start = max(start, right)
    return spans


def _conjunctions(document: Document) -> frozenset[str]:
    """Return the words that join clauses, of those that join days: "with" joins days only."""
    return frozenset(word.rstrip("!") for word in document.language.lines_of("visit", "conjunction"))


def _told(document: Document, sentence: Sentence) -> list[Span]:
    """Return the aim that a sentence of the visit tells by the way: "to study …", "… зерделеу мақсатында"."""
    if not document.lexicon("visit", *_TOLD).finds(document.words, sentence.first, sentence.last):
        return []
    for hit in document.hits("visit", "aim_after", "aim_before", within=sentence):
        start, end = (hit.end, hit.end) if hit.code == "aim_before" else (hit.start, hit.start)
        if hit.code == "aim_before":
            while end < sentence.end and document.text[end] not in _CLAUSE_ENDS:
                end += 1
        else:
            while start > sentence.start and document.text[start - 1] not in _CLAUSE_ENDS:
                start -= 1
        span = document.trimmed(start, end)
        if _LEAST_LETTERS <= span[1] - span[0] <= _LONGEST:
            return [span]
    return []
