"""Who leads the travelling or visiting group."""

import re
from dataclasses import dataclass

from leads.extraction.document import Document, Sentence
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.people import Found, is_home
from leads.extraction.spans import Positions

_OPENING = 8
_REACH = 160
# How a report tells of the visit itself.
_TOLD = ("delegation", "group", "inbound", "local", "meeting", "moved", "outbound", "received")
_MOVED = frozenset({"local", "moved", "outbound"})
_TRAVELLED = frozenset({"delegation", "group", "moved", "outbound"})
_PARTS = re.compile(r"[;\n•]")
_MARK = re.compile(r"\s*[–—:-]\s*")


@dataclass(frozen=True, slots=True)
class _At:
    start: int
    end: int
    person: Found


def recognise(document: Document, people: tuple[Found, ...], direction: str | None) -> tuple[Found, Span] | None:
    """Return who leads the group, with the words that say so; None at a forum or where nobody is named."""
    index = Positions([_At(span[0], span[1], person) for person in people for span in person.spans])
    said = _said(document, index) or _called(document, index)
    if said is not None:
        return said
    event = document.lexicon("visit", "event")
    opening = document.sentences[:_OPENING]
    at_home = direction != "outbound"
    if at_home and any(event.finds(document.words, one.first, one.last) for one in opening[: _OPENING // 2]):
        return None
    choose = _host_aside if direction == "inbound" else _of_ours
    enough = _MOVED if direction == "local" else frozenset(_TOLD)
    for sentence in opening:
        told = {hit.code for hit in document.hits("visit", *_TOLD, within=sentence)} & enough
        near = [] if sentence.background or not told else index.between(sentence.start, sentence.end)
        leader = choose(document, sentence, near, told) if near else None
        if leader is not None:
            return leader.person, (leader.start, leader.end)
    return None


def _said(document: Document, index: Positions[_At]) -> tuple[Found, Span] | None:
    """Return the person beside "headed by" and the like, in a sentence about the group; else in any sentence."""
    lexicon = document.lexicon("visit", "head")
    weaker: tuple[Found, Span] | None = None
    before = False
    for sentence in document.sentences:
        about = bool(document.hits("visit", "group", "delegation", "members", within=sentence))
        for hit in [] if sentence.background else lexicon.find(document.words, sentence.first, sentence.last):
            best = _nearest(document, sentence, hit, index)
            if best is None:
                continue
            found = best.person, (min(hit.start, best.start), max(hit.end, best.end))
            if about or before:
                return found
            weaker = weaker or found
        before = about
    return weaker


def _nearest(document: Document, sentence: Sentence, hit: Hit, index: Positions[_At]) -> _At | None:
    """Return the person nearest to a phrase: in the same item of a list, if there is one."""
    near = index.between(max(sentence.start, hit.start - _REACH), min(sentence.end, hit.end + _REACH))
    text = document.text
    same = [
        one for one in near
        if not _PARTS.search(text, min(one.end, hit.end), max(one.start, hit.start))
    ]  # fmt: skip
    return min(same or near, key=lambda one: min(abs(one.start - hit.end), abs(hit.start - one.end)), default=None)


def _called(document: Document, index: Positions[_At]) -> tuple[Found, Span] | None:
    """Return who stands behind "leader –" beside the group ("делегация (руководитель – вице-губернатор …)")."""
    roles = document.lexicon("visit", "head_role")
    before = False
    for sentence in document.sentences:
        about = bool(document.hits("visit", "group", "delegation", "members", within=sentence))
        for hit in [] if sentence.background else roles.find(document.words, sentence.first, sentence.last):
            if not (about or before) or not _MARK.match(document.text, hit.end):
                continue
            behind = index.between(hit.end, min(sentence.end, hit.end + _REACH))
            if behind:
                return behind[0].person, (hit.start, behind[0].end)
        before = about
    return None


def _of_ours(document: Document, sentence: Sentence, near: list[_At], told: set[str]) -> _At | None:
    """Return who went: the first official of ours, else the first person of a sentence that tells of the journey."""
    ours = [one for one in near if is_home(document, one.person)]
    if ours:
        return ours[0]
    return near[0] if told & (_TRAVELLED | {"local"}) else None


def _host_aside(document: Document, sentence: Sentence, near: list[_At], told: set[str]) -> _At | None:
    """Return who came: the first who is no official of ours; whoever receives is named before the guests."""
    guests = [one for one in near if not is_home(document, one.person)]
    received = "received" in told and not document.hits("visit", "guest_of", within=sentence)
    if received and len(guests) > 1 and guests[0] is near[0]:
        guests = guests[1:]
    return guests[0] if guests else None
