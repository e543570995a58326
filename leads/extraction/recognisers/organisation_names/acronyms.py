"""Cyrillic abbreviations that no list knows: mostly universities and institutes."""

import re
from collections.abc import Iterator, Sequence

from leads.extraction.document import Document
from leads.extraction.lexicon import Word
from leads.extraction.recognisers.organisation_names import Named
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import SpanIndex

_CALLED_AFTER, _RANKS = frozenset({"имени", "атындағы"}), frozenset({"хана", "би", "хан"})
_MOST_WORDS = 4
_ACRONYM = re.compile(r"(?<![\w«-])[А-ЯЁӘҒҚҢӨҰҮҺІ]{4,8}(?![\w»-])")


def acronyms(document: Document, places: tuple[Mention, ...], people: SpanIndex) -> Iterator[Named]:
    """Yield Cyrillic abbreviations of four capitals and more among words that are not in capitals."""
    known, placed = document.lexicon("organisations"), {mention.start for mention in places}
    titles = document.lexicon("people", "title", "not_a_name", "label", "byline")
    for match in _ACRONYM.finditer(document.text):
        first = document.word_at(match.start())
        if known.at(document.words, first) or titles.at(document.words, first) or match.start() in placed:
            continue
        if people.touches(*match.span()) or document.language.is_surname(match[0].lower()):
            continue
        if document.text[match.end() : match.end() + 1] == ":" or not _is_among_words(document, match.span(), first):
            continue
        end = _honoured(document, first + 1)
        yield Named(document.text[match.start() : end], "academic", ((match.start(), end),))


def _is_among_words(document: Document, span: tuple[int, int], first: int) -> bool:
    """Return whether words in small letters stand on both sides in its line."""
    line = document.line_around(span)
    beside = document.words[max(0, first - 1) : first] + document.words[first + 1 : first + 2]
    inside = [word for word in beside if line[0] <= word.start and word.end <= line[1]]
    if len(beside) < 2 or not inside or document.text[slice(*line)].isupper():
        return False
    return all(not word.text.isupper() or word.text.isdigit() for word in beside)


def _honoured(document: Document, first: int) -> int:
    """Return where a name ends that goes on with whom it is called after ("ЗКАТУ имени Жангир хана")."""
    words, last = document.words, first
    if last < len(words) and words[last].text in _CALLED_AFTER:
        last += 1
        while last < len(words) and last - first < _MOST_WORDS and _is_near(words, last):
            last += 1
    return words[last - 1].end


def _is_near(words: Sequence[Word], index: int) -> bool:
    follows = words[index].start == words[index - 1].end + 1
    return follows and (words[index].text[0].isupper() or words[index].text in _RANKS)
