"""The first and last day of the visit that a report tells of, among the days of other things."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from leads.extraction.document import Document, Sentence
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.dates import DateMention
from leads.extraction.spans import Positions

_LONGEST_VISIT = 9
_LENGTHS = tuple(f"days_{number}" for number in range(2, _LONGEST_VISIT + 1))
# "Three days later" and "three days ago" are no visit of three days.
_DAYS_APART = ("days_ago_2", "days_ago_3", "days_later")
_HEADING_WORDS = 12
# A date this much later that belongs to the visit extends it.
_ITINERARY = timedelta(days=10)
# What is told of the next day stands this near the date.
_NEXT_DAY_REACH = 3
# A day that lies further back is hardly what is reported now; without a year it is rather one to come.
_LONG_AGO = timedelta(days=200)
_CLAUSE_ENDS = ",;:()–—"
_GOING = ("delegation", "guest_of", "inbound", "moved", "outbound", "received")
_TOLD = (*_GOING, "event", "meeting")
# Below this a day is that of something else.
_LEAST_POINTS = -3


@dataclass(frozen=True, slots=True)
class _Scene:
    document: Document
    dates: tuple[DateMention, ...]
    published: date | None
    own: frozenset[Span]
    other: Positions[Hit]


def visit_days(
    document: Document, dates: tuple[DateMention, ...], published: date | None, own: frozenset[Span] = frozenset()
) -> tuple[date, date, Span] | None:
    """Return the first and last day of the visit with their evidence, or None where the text does not settle them.

    `own` are the places where the text bears its day of publication.
    """
    other = Positions(document.hits("dates", "as_of", "planned"))
    scene = _Scene(document, dates, published, own, other)
    year = next((one.year for one in dates if one.year is not None and not one.deadline), None)
    best: tuple[int, DateMention] | None = None
    for mention in dates:
        points = _points(scene, mention)
        if points is not None and points >= _LEAST_POINTS and (best is None or points > best[0]):
            best = points, mention
    if best is None:
        return _of_protocol(scene)
    mention = best[1]
    if mention.year is None and published is None:
        mention = replace(mention, year=year)
    days = mention.days(published)
    if days is None:
        return None
    first, last = days
    if mention.is_range and first != last and not mention.relative:
        return first, last, mention.span
    later = _lasting(document, mention, first) or _last_day_told(scene, mention, last)
    if later is None or not last < later[0] <= first + _ITINERARY:
        return first, last, mention.span
    return first, later[0], (mention.start, max(mention.end, later[1]))


def _points(scene: _Scene, mention: DateMention) -> int | None:
    """Return how much a day looks like the visit's; None for one that is not."""
    document, sentence = scene.document, scene.document.sentence_at(mention.start)
    if mention.deadline or mention.span in scene.own:
        return None
    if (mention.year is None or mention.relative) and sentence.background:
        return None
    going = document.lexicon("visit", *_GOING).finds(document.words, sentence.first, sentence.last)
    told = going or document.lexicon("visit", *_TOLD).finds(document.words, sentence.first, sentence.last)
    if mention.relative and not told:
        return None
    points = (not mention.relative) + 4 * mention.is_range + 2 * told + 2 * going - 3 * sentence.background
    low = document.word_at(sentence.start)
    points += 4 * document.lexicon("dates", "visit_day").finds(document.words, low, document.word_at(mention.start))
    points -= min(document.sentence_number(mention.start), 4) // 2
    points -= 6 * _is_of_something_else(scene, sentence, mention)
    days = mention.days(scene.published)
    if scene.published is not None and days is not None:
        if mention.year is not None and days[0] > scene.published:
            return None
        points -= 4 * (days[1] < scene.published - _LONG_AGO)
    return points


def _is_of_something_else(scene: _Scene, sentence: Sentence, mention: DateMention) -> bool:
    """Return whether the clause of a day plans something, or counts as of that day; or a paper bears it."""
    document = scene.document
    paper = document.lexicon("dates", "paper_day")
    low = document.word_at(mention.start)
    if any(hit.last == low for hit in paper.find(document.words, max(sentence.first, low - 3), low)):
        return True
    start, end = _clause(document.text, sentence, mention.span)
    return bool(scene.other.between(start, end))


def _clause(text: str, sentence: Sentence, span: Span) -> Span:
    start, end = span
    while start > sentence.start and not (text[start - 1] in _CLAUSE_ENDS and text[start : start + 1].isspace()):
        start -= 1
    while end < sentence.end and not (text[end] in _CLAUSE_ENDS and text[end + 1 : end + 2].isspace()):
        end += 1
    return start, end


def _last_day_told(scene: _Scene, begun: DateMention, first: date) -> tuple[date, int] | None:
    """Return the last day that a report tells of, day by day ("came on the 17th … went home on the 19th"), and its end.

    A later date counts in the same sentence, or where its sentence tells of travelling, receiving or meeting.
    """
    document = scene.document
    told = document.lexicon("visit", *_TOLD)
    sentence = document.sentence_at(begun.start)
    last: tuple[date, int] | None = None
    for mention in scene.dates:
        here = document.sentence_at(mention.start)
        if mention.start < begun.end or mention.deadline or here.background or mention.span in scene.own:
            continue
        if here is not sentence and not told.finds(document.words, here.first, here.last):
            continue
        if _is_of_something_else(scene, here, mention):
            continue
        days = replace(mention, year=mention.year or begun.year).days(scene.published)
        if days and first < days[1] <= first + _ITINERARY and (last is None or days[1] > last[0]):
            last = days[1], mention.end
    return last or _days_later(document, begun, first)


def _days_later(document: Document, begun: DateMention, first: date) -> tuple[date, int] | None:
    """Return the day that is told from the one named: "the next day", "three days later"."""
    number = document.sentence_number(begun.start)
    for sentence in document.sentences[number : number + _NEXT_DAY_REACH]:
        for hit in document.hits("dates", "days_later", "next_day", within=sentence):
            if hit.start < begun.end or sentence.background:
                continue
            count = 1 if hit.code == "next_day" else _number_beside(document, hit)
            if count and count <= _LONGEST_VISIT:
                return first + timedelta(days=count), hit.end
    return None


def _lasting(document: Document, mention: DateMention, first: date) -> tuple[date, int] | None:
    """Return the last day of "a three-day visit that began on the 5th": the length said in the sentence of the date."""
    sentence = document.sentence_at(mention.start)
    for hit in document.hits("dates", *_DAYS_APART, "duration", *_LENGTHS, within=sentence):
        if hit.code in _DAYS_APART:
            continue
        length = int(hit.code[-1]) if hit.code in _LENGTHS else _number_beside(document, hit)
        if length and 2 <= length <= _LONGEST_VISIT:
            return first + timedelta(days=length - 1), max(mention.end, hit.end)
    return None


def _number_beside(document: Document, hit: Hit) -> int | None:
    """Return the number right before a phrase or inside it: the 3 of "üç günlük", of "через три дня"."""
    inside = range(hit.last - 1, hit.first - 2, -1)
    return next((count for index in inside if index >= 0 and (count := _count(document, index))), None)


def _count(document: Document, index: int) -> int | None:
    word = document.words[index]
    if word.text.isdecimal():
        return int(word.text) if len(word.text) == 1 else None
    said = next(iter(document.lexicon("numbers").at(document.words, index)), None)
    return int(float(said.code)) if said else None


def _of_protocol(scene: _Scene) -> tuple[date, date, Span] | None:
    """Return the day a protocol bears: a meeting's minutes are dated by the meeting."""
    document = scene.document
    if not document.lexicon("visit", "protocol").finds(document.words, 0, min(_HEADING_WORDS, len(document.words))):
        return None
    return next(_bearing(scene.dates, scene.own), None)


def _bearing(dates: Iterable[DateMention], own: frozenset[Span]) -> Iterator[tuple[date, date, Span]]:
    for mention in dates:
        days = mention.days(None) if mention.span in own else None
        if days:
            yield *days, mention.span
