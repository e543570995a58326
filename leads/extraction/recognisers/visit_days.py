"""The first and last day of the visit that a report tells of, among the days of other things."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from leads.extraction.document import Document, Sentence
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.dates import WEEKDAYS, DateMention
from leads.extraction.spans import Positions

_LONGEST_VISIT = 9
_LENGTHS = tuple(f"days_{number}" for number in range(2, _LONGEST_VISIT + 1))
# "Three days later" and "three days ago" are no visit of three days.
_DAYS_APART = ("days_ago_2", "days_ago_3", "days_later")
# How many days after the first one these tell of.
_NTH_DAYS = {"next_day": 1, "nth_day_2": 1, "nth_day_3": 2, "nth_day_4": 3}
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
    mention = _first_day(scene) or _told_first(scene)
    if mention is None:
        return _of_protocol(scene)
    if mention.year is None and published is None:
        year = next((one.year for one in dates if one.year is not None and not one.deadline), None)
        mention = replace(mention, year=year)
    days = mention.days(published)
    if days is None:
        return None
    first, last = days
    if mention.is_range and first != last and not mention.relative:
        last, end = _through_the_legs(scene, mention, last)
        return first, last, (mention.start, end)
    ended = _ended(document, mention, first)
    if ended is not None:
        return ended
    later = _lasting(document, mention, first) or _last_day_told(scene, mention, last)
    later = later or _lasted(document, mention, first)
    if later is None or not last < later[0] <= first + _ITINERARY:
        return first, last, mention.span
    return first, later[0], (mention.start, max(mention.end, later[1]))


def _through_the_legs(scene: _Scene, begun: DateMention, last: date) -> tuple[date, int]:
    """Return the last day of the legs that adjoin a range, and its end: "5–7 May in Seoul, 8–9 May in Busan".

    A single day counts in the same sentence only: in a later one it may be that of the report.
    """
    document, end = scene.document, begun.end
    number = document.sentence_number(begun.start)
    for mention in scene.dates:
        apart = document.sentence_number(mention.start) - number
        if mention.start < begun.end or apart > (1 if mention.is_range else 0):
            continue
        here = document.sentence_at(mention.start)
        if mention.deadline or mention.relative or here.background or mention.span in scene.own:
            continue
        days = replace(mention, year=mention.year or begun.year).days(scene.published)
        adjoins = days is not None and last <= days[0] <= last + timedelta(days=1) and days[1] > last
        if days is not None and adjoins and not _is_of_something_else(scene, here, mention):
            last, end = days[1], mention.end
    return last, end


def _first_day(scene: _Scene) -> DateMention | None:
    """Return the day or range that looks most like the visit's."""
    best: tuple[int, DateMention] | None = None
    for mention in scene.dates:
        points = _points(scene, mention)
        if points is not None and points >= _LEAST_POINTS and (best is None or points > best[0]):
            best = points, mention
    return best[1] if best else None


def _told_first(scene: _Scene) -> DateMention | None:
    """Return the day told from publication in the first sentences, where the text names none of the visit's."""
    document = scene.document
    opening = document.sentences[: _NEXT_DAY_REACH + 1]
    for mention in scene.dates:
        sentence = document.sentence_at(mention.start)
        if not mention.relative or mention.deadline or sentence.background or mention.start >= opening[-1].end:
            continue
        if not _is_of_something_else(scene, sentence, mention):
            return mention
    return None


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

    A later date counts in the same sentence, where its sentence tells of travelling, receiving, meeting or leaving, and
    where both begin their lines as those of a programme do.
    """
    document = scene.document
    sentence = document.sentence_at(begun.start)
    last: tuple[date, int] | None = None
    for mention in scene.dates:
        here = document.sentence_at(mention.start)
        if mention.start < begun.end or here.background or mention.span in scene.own:
            continue
        if (mention.deadline and not _stayed(document, here)) or _is_nowadays(document, mention):
            continue
        if here is not sentence and not _goes_on(document, begun, mention, here):
            continue
        if not mention.deadline and _is_of_something_else(scene, here, mention):
            continue
        days = _days_after(scene, mention, begun, first)
        if days and first < days[1] <= first + _ITINERARY and (last is None or days[1] > last[0]):
            last = days[1], mention.end
    return last or _days_later(document, begun, first)


def _days_after(scene: _Scene, mention: DateMention, begun: DateMention, first: date) -> tuple[date, date] | None:
    """Return the days of a later date; a day of the week is the next one after the day named ("on Friday")."""
    document = scene.document
    word = document.word_at(mention.start)
    weekday = next(iter(document.lexicon("dates", *WEEKDAYS).at(document.words, word)), None)
    if mention.relative and weekday is not None and not begun.relative:
        wanted = int(weekday.code[-1])
        if mention.is_range:
            named = document.lexicon("dates", *WEEKDAYS).find(document.words, word, document.word_at(mention.end))
            wanted = int(named[-1].code[-1])
        day = first + timedelta(days=(wanted - first.isoweekday()) % 7)
        return day, day
    return replace(mention, year=mention.year or begun.year, deadline=False).days(scene.published)


def _goes_on(document: Document, begun: DateMention, mention: DateMention, here: Sentence) -> bool:
    """Return whether a later date's sentence goes on with the visit."""
    words = document.words, here.first, here.last
    if document.lexicon("visit", *_TOLD).finds(*words) or document.lexicon("dates", "left").finds(*words):
        return True
    next_one = document.sentence_number(here.start) == document.sentence_number(begun.start) + 1
    if next_one and (mention.deadline or (mention.relative and document.lexicon("dates", *WEEKDAYS).finds(*words))):
        return True
    return _opens_line(document, begun) and _opens_line(document, mention)


def _opens_line(document: Document, mention: DateMention) -> bool:
    """Return whether a date opens its line, after a day's number or a bullet at most: an item of a programme."""
    start = document.line_around(mention.span)[0]
    return document.word_at(mention.start) - document.word_at(start) == 0


def _is_nowadays(document: Document, mention: DateMention) -> bool:
    """Return whether "today" stands in a sentence that tells of nobody's going: there it rather means these days."""
    if not mention.relative or not document.lexicon("dates", "today").at(
        document.words, document.word_at(mention.start)
    ):
        return False
    sentence = document.sentence_at(mention.start)
    words = document.words, sentence.first, sentence.last
    gone = document.lexicon("visit", *_GOING).finds(*words) or document.lexicon("dates", "left", "ended").finds(*words)
    return not gone


def _stayed(document: Document, sentence: Sentence) -> bool:
    """Return whether a sentence tells until when somebody stayed: such a day is none to be kept."""
    return document.lexicon("dates", "stayed").finds(document.words, sentence.first, sentence.last)


def _days_later(document: Document, begun: DateMention, first: date) -> tuple[date, int] | None:
    """Return the day told from the one named: "the next day", "three days later", "the first day … the second"."""
    number = document.sentence_number(begun.start)
    near = document.sentences[number : number + _NEXT_DAY_REACH]
    counted = document.lexicon("dates", "nth_day_1").finds(document.words, near[0].first, near[0].last)
    codes = ("days_later", *(_NTH_DAYS if counted else ("next_day",)))
    told = [
        (count, hit.end)
        for sentence in near
        if not sentence.background
        for hit in document.hits("dates", *codes, within=sentence)
        if hit.start >= begun.end
        if (count := _NTH_DAYS.get(hit.code) or _number_beside(document, hit)) and count <= _LONGEST_VISIT
    ]
    days, end = max(told, default=(0, 0))
    return (first + timedelta(days=days), end) if days else None


def _lasting(document: Document, mention: DateMention, first: date) -> tuple[date, int] | None:
    """Return the last day of "a three-day visit that began on the 5th": the length said in the sentence of the date."""
    found = _length(document, document.sentence_at(mention.start))
    return (first + timedelta(days=found[0] - 1), max(mention.end, found[1])) if found else None


def _ended(document: Document, mention: DateMention, last: date) -> tuple[date, date, Span] | None:
    """Return the days of "a three-day visit that ended on the 7th": counted back from the day it ended."""
    sentence = document.sentence_at(mention.start)
    found = _length(document, sentence)
    ended = document.lexicon("dates", "ended").finds(document.words, sentence.first, sentence.last)
    if (
        found is None
        or not ended
        or document.lexicon("dates", "began").finds(document.words, sentence.first, sentence.last)
    ):
        return None
    start, end = min(mention.start, found[2]), max(mention.end, found[1])
    return last - timedelta(days=found[0] - 1), last, (start, end)


def _lasted(document: Document, mention: DateMention, first: date) -> tuple[date, int] | None:
    """Return the last day of a visit whose length the next sentences tell: "The visit lasted three days"."""
    number = document.sentence_number(mention.start)
    for sentence in document.sentences[number + 1 : number + 1 + _NEXT_DAY_REACH]:
        if document.lexicon("dates", "lasted").finds(document.words, sentence.first, sentence.last):
            found = _length(document, sentence)
            if found:
                return first + timedelta(days=found[0] - 1), found[1]
    return None


def _length(document: Document, sentence: Sentence) -> tuple[int, int, int] | None:
    """Return how many days a sentence says something took, and where its words end and begin."""
    for hit in document.hits("dates", *_DAYS_APART, "duration", *_LENGTHS, within=sentence):
        if hit.code in _DAYS_APART:
            continue
        length = int(hit.code[-1]) if hit.code in _LENGTHS else _number_beside(document, hit)
        if length and 2 <= length <= _LONGEST_VISIT:
            return length, hit.end, hit.start
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
