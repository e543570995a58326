"""People by name: capitalised runs beside a title, initials with a surname, or names that come again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leads.extraction import gazetteers
from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.folding import fold
from leads.extraction.lexicon import Hit, Lexicon, words_of
from leads.extraction.recognisers.organisations import Named
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import Positions, SpanIndex

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢİĪĮĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁӘҒҚҢӨҰҮҺІ"
_INITIALS = re.compile(
    rf"(?<!\w)(?:[{_UPPER}]\.\s?){{1,2}}[{_UPPER}][\w’-]+|(?<!\w)[{_UPPER}][\w’-]{{2,}}\s[{_UPPER}]\.\s?(?:[{_UPPER}]\.)?"
)
_GAP = re.compile(r"[ \u00a0]|-")
_LONGEST_NAME = 4
_REACH = 6
_TITLE_LENGTH = 90
# Endings that Kazakh, Russian and Turkish put on a surname; taken off only where the bare name stands elsewhere or is
# usual.
_SURNAME_CASE = re.compile(
    r"(?<=ов|ев|ин)(?:ым|у|а|е)$|(?<=ова|ева|ина)$|(?<=[оеи][вн])(?:ой)$|"
    r"(?<=\w{3})(?:ның|нің|дың|дің|тың|тің|мен|бен|пен|ға|ге|қа|ке|ды|ді|ты|ті|ны|ні|дан|ден|тан|тен)$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A person named: the name as its first form, the title, and all the places where the name stands."""

    name: str
    title: str | None
    spans: tuple[Span, ...]
    initials: bool = False
    known: bool = True


def recognise(document: Document, places: tuple[Mention, ...], organisations: tuple[Named, ...]) -> tuple[Found, ...]:
    """Return people in the order they come up, without bylines, addressees and signers."""
    barred = [(mention.start, mention.end) for mention in places if mention.kind in ("country", "region", "province")]
    barred += [span for named in organisations for span in named.spans]
    titles = Positions(document.hits("people", "title"))
    groups: list[Found] = []
    by_word: dict[str, list[int]] = {}
    for span, initials in _names(document, SpanIndex(barred)):
        words = [word for word in fold(document.text[span[0] : span[1]]).split() if len(word) > 2]
        near = dict.fromkeys(place for word in words for place in by_word.get(word[:3], ()))
        place = next((one for one in near if _same(fold(groups[one].name), " ".join(words))), None)
        title, byline = _title(document, span, titles), _is_byline(document, span)
        known = title is not None or _introduced(document, span)
        if place is None:
            groups.append(Found(_first_form(document.quote(span)), title, (span,), initials, known and not byline))
            for word in words:
                by_word.setdefault(word[:3], []).append(len(groups) - 1)
        else:
            groups[place] = _seen_again(groups[place], document, span, initials, title, known and not byline)
    return tuple(one for one in groups if one.known)


def _seen_again(one: Found, document: Document, span: Span, initials: bool, title: str | None, known: bool) -> Found:
    """Return a person with a further place of the name; a full name replaces one with initials."""
    name = _first_form(document.quote(span)) if one.initials and not initials else one.name
    return Found(name, one.title or title, (*one.spans, span), one.initials and initials, one.known or known)


def _same(known: str, key: str) -> bool:
    """Return whether two folded names mean one person: the same surname, and initials or first names that agree."""
    one, other = known.split(), key.split()
    if not one or not other:
        return False
    long = [word for word in one if len(word) > 1], [word for word in other if len(word) > 1]
    if not long[0] or not long[1]:
        return False
    short, more = sorted(long, key=len)
    return all(any(_alike(word, mate) for mate in more) for word in short)


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and len(longer) - len(shorter) <= 4 and len(shorter) >= 3


def _first_form(name: str) -> str:
    words = name.split()
    return " ".join([*words[:-1], _SURNAME_CASE.sub("", words[-1]) or words[-1]])


def _names(document: Document, barred: SpanIndex) -> Iterator[tuple[Span, bool]]:
    """Yield the spans of what may be a person's name, in order, and whether it is one with initials."""
    text, words = document.text, document.words
    not_names = document.lexicon("people", "not_a_name", "title")
    particles = document.lexicon("people", "particle")
    initials = [match.span() for match in _INITIALS.finditer(text)]
    spans = [((start, _word_end(text, end)), True) for start, end in initials if not barred.touches(start, end)]
    short = SpanIndex(initials)
    position = 0
    while position < len(words):
        last = position
        while (
            last < len(words)
            and last - position < _LONGEST_NAME
            and _continues(document, position, last, not_names, particles)
        ):
            last += 1
        span = (words[position].start, words[last - 1].end) if last > position else (0, 0)
        count = sum(1 for word in words[position:last] if word.text[0].isupper())
        if count >= 2 and not barred.touches(*span) and not short.touches(*span):
            spans.append((span, False))
            position = last
        else:
            position += 1
    yield from sorted(spans)


def _word_end(text: str, end: int) -> int:
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def _continues(document: Document, first: int, index: int, not_names: Lexicon, particles: Lexicon) -> bool:
    words, text = document.words, document.text
    word = words[index]
    if index > first and not _GAP.fullmatch(text[words[index - 1].end : word.start]):
        return False
    if not word.text[0].isalpha() or not_names.at(words, index):
        return False
    if word.text[0].isupper():
        return len(word.text) > 1
    return index > first and bool(particles.at(words, index))


def _title(document: Document, span: Span, titles: Positions[Hit]) -> str | None:
    """Return the title right before the name, or after it and a comma or a dash; None where there is none."""
    first, last = document.word_at(span[0]), document.word_at(span[1])
    sentence = document.sentence_at(span[0])
    text = document.text
    before = [
        hit for hit in titles.between(sentence.start, span[0]) if first - _REACH <= hit.first and hit.last <= first
    ]
    if before and not re.search(r"[,;:.!?–]\s", text[before[-1].end : span[0]]):
        start = _title_start(document, before[0], sentence.start)
        return document.quote((start, span[0])).strip(" –—-,:") or None
    after = [hit for hit in titles.between(span[1], sentence.end) if last <= hit.first <= last + 3]
    mark = re.match(r"\s*[,–—(-]\s*", text[span[1] : span[1] + 6])
    if after and mark:
        begin = span[1] + mark.end()
        stop = re.search(r"[,;.()\n]", text[after[0].end : sentence.end])
        end = after[0].end + stop.start() if stop else sentence.end
        return document.quote((begin, min(end, begin + _TITLE_LENGTH))) or None
    return None


def _title_start(document: Document, title: Hit, least: int) -> int:
    """Return where a title begins: back over its genitives to the last comma, dash or bracket."""
    begin = max(least, title.start - _TITLE_LENGTH // 2)
    marks = [match.end() for match in re.finditer(r"[,;:(–—\n]\s*", document.text[begin : title.start])]
    start = begin + marks[-1] if marks else title.start
    return start if begin == least or marks else title.start


def _introduced(document: Document, span: Span) -> bool:
    """Return whether the name is a person's without a title: initials in a roll, or a speaker's line in capitals."""
    text = document.text
    head = document.lexicon("visit", "head")
    first, last = document.word_at(span[0]), document.word_at(span[1])
    if head.at(document.words, last) if last < len(document.words) else False:
        return True
    if any(hit.last == first for hit in head.find(document.words, max(0, first - 3), first)):
        return True
    if re.fullmatch(r"\([^)]*", text[max(0, span[0] - 1) : span[0]]) and text[span[1] : span[1] + 1] in ("", ")", ","):
        return bool(re.search(r"\.", text[span[0] : span[1]]))
    return False


def _is_byline(document: Document, span: Span) -> bool:
    """Return whether the name stands alone on its line near the end or beside the words of a byline."""
    text = document.text
    line_start = text.rfind("\n", 0, span[0]) + 1
    line_end = text.find("\n", span[1])
    line_end = len(text) if line_end < 0 else line_end
    first, last = document.word_at(line_start), document.word_at(line_end)
    alone = len(re.sub(r"\W", "", text[line_start : span[0]] + text[span[1] : line_end])) <= 2
    short = line_end - line_start < 120
    return alone or (short and document.lexicon("people", "byline").finds(document.words, first, last))


def is_home(document: Document, person: Found) -> bool:
    """Return whether the title is one that only our own officials bear, or names a region of ours."""
    key = fold(person.title or "")
    regions = gazetteers.load().regions
    words = words_of((0, 0, word) for word in (person.title or "").split())
    return "akim" in key.split() or any(word.startswith("akim") for word in key.split()) or regions.finds(words)
