"""What leads are read from: what other recognisers found, and what one sentence of a report holds for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from leads.extraction.document import Document, Sentence
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.amounts import Amount, Jobs
from leads.extraction.recognisers.dates import DateMention
from leads.extraction.recognisers.lead_parties import Parties
from leads.extraction.recognisers.offices import belongs
from leads.extraction.recognisers.organisations import Named
from leads.extraction.spans import Positions, SpanIndex

# A lead's summary and next step are no longer than this.
SUMMARY = 160
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Until the end of this month a report may tell of last year's visits.
_LAST_MONTH_OF_OLD_YEAR = 2
_LONGEST_HEADING = 8
# Lines under the title that sum up the report stand among this many, and are this long in words.
_TOP, _LONGEST_HEADLINE = 8, 30
_PARTS = re.compile(r"[,;:()](?!\d)|\s[–—-]\s")


@dataclass(frozen=True, slots=True)
class Facts:
    """What other recognisers found, to be tied to leads by where it stands."""

    names: SpanIndex
    amounts: Positions[Amount]
    jobs: Positions[Jobs]
    dates: Positions[DateMention]
    organisations: tuple[Named, ...]
    parties: Parties
    title: Span | None = None
    published: date | None = None
    rolls: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence: its place, its sectors (`outside` of names and officials' titles), and its words of business."""

    index: int
    line: int
    span: Span
    sectors: list[Hit]
    outside: list[Hit]
    kinds: list[Hit]
    words: int = 0
    heading: bool = False
    headline: bool = False
    task: bool = False

    def said(self, code: str) -> bool:
        """Return whether the sentence says a word of business."""
        return any(hit.code == code for hit in self.kinds)


def told(document: Document, facts: Facts) -> Iterator[tuple[Sentence, Told]]:
    """Yield the sentences with what they hold; a line of the text is counted where it begins."""
    line, end = 0, 0
    tasks, offices = document.lexicon("tasks", "instruction"), document.lexicon("participants", "office")
    for index, sentence in enumerate(document.sentences):
        line += document.text.count("\n", end, sentence.start) > 0
        end = sentence.end
        sectors = document.sectors(sentence.first, sentence.last)
        posts = offices.find(document.words, sentence.first, sentence.last) if sectors else []
        short = sentence.last - sentence.first <= _LONGEST_HEADING
        yield (
            sentence,
            Told(
                index,
                line,
                (sentence.start, sentence.end),
                sectors,
                [
                    hit
                    for hit in sectors
                    if _is_outside(document, facts, hit) and not any(belongs(document, hit, post) for post in posts)
                ],
                _kinds(document, facts, sentence),
                words=sentence.last - sentence.first,
                heading=short and document.text[sentence.start : sentence.end].rstrip().endswith(":"),
                headline=_is_headline(document, facts, sentence, line),
                task=tasks.finds(document.words, sentence.first, sentence.last),
            ),
        )


def _kinds(document: Document, facts: Facts, sentence: Sentence) -> list[Hit]:
    """Return the words of business outside names; a wish that a verb's ending says ("алғысы келеді") is interest."""
    said = [hit for hit in document.hits("kinds", within=sentence) if not facts.names.touches(hit.start, hit.end)]
    desire, after = document.language.words_like("desire_words"), document.lexicon("leads", "desire_after")
    words = document.words
    wishes = [
        replace(hit, code="interest", first=at, start=words[at].start)
        for at in range(sentence.first, sentence.last - 1)
        if desire.fullmatch(words[at].plain)
        for hit in after.at(words, at + 1)[:1]
    ]
    if not wishes:
        return said
    kept = [hit for hit in said if not any(wish.first < hit.last and hit.first < wish.last for wish in wishes)]
    return sorted([*kept, *wishes], key=lambda hit: hit.start)


def _is_outside(document: Document, facts: Facts, hit: Hit) -> bool:
    """Return whether a sector is named outside organisations' names: small letters are no part of a Latin one."""
    said = document.text[hit.start : hit.end]
    return not facts.names.touches(hit.start, hit.end) or (said.isascii() and said.split()[-1].islower())


def _is_headline(document: Document, facts: Facts, sentence: Sentence, line: int) -> bool:
    """Return whether a sentence is the title or one of the lines under it: near the top, without a full stop."""
    if facts.title is not None and sentence.end <= facts.title[1]:
        return True
    first, last = document.line_around((sentence.start, sentence.end))
    alone = not document.text[first : sentence.start].strip() and not document.text[sentence.end : last].strip()
    closed = document.text[sentence.end - 1] in ".:;!?…"
    return alone and not closed and line <= _TOP and sentence.last - sentence.first <= _LONGEST_HEADLINE


def deal_amounts(document: Document, facts: Facts, span: Span) -> list[Amount]:
    """Return the sums in a span that its words do not give to turnover, budgets, totals of a region, or a unit."""
    found = []
    begin = span[0]
    for money in facts.amounts.between(*span):
        part = _PARTS.search(document.text, money.end, span[1])
        words = document.word_at(begin), document.word_at(part.start() if part else span[1])
        told = begin, part.start() if part else span[1]
        begin = money.end
        total = document.lexicon("amounts", "not_a_deal").finds(document.words, *words)
        if not (money.aside or total or is_of_another_year(document, facts, told)):
            found.append(money)
    return found


def tells_of_totals(document: Document, span: Span) -> bool:
    """Return whether a stretch of text is about turnover, budgets or totals of a region."""
    words = document.words, document.word_at(span[0]), document.word_at(span[1])
    return document.lexicon("amounts", "not_a_deal").finds(*words)


def is_of_another_year(document: Document, facts: Facts, span: Span) -> bool:
    """Return whether all the years that a stretch of text names were over when the report came out."""
    published = facts.published
    if published is None:
        return False
    years = [int(year[0]) for year in _YEAR.finditer(document.text, *span)]
    return bool(years) and max(years) < published.year - (published.month <= _LAST_MONTH_OF_OLD_YEAR)
