"""Who is to carry a commitment out, and whose side that is."""

import re
from dataclasses import dataclass

from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.commitments.units import Unit
from leads.extraction.spans import Positions

_LONGEST = 80
_OPENING = 9
_MARK = re.compile(r"[,;:(–—]")
_HOME, _COUNTERPART = "home", "counterpart"


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation where it is named, with its side.

    `is_sure`: its own name says whose it is; an office that does not is ours in our list of tasks.
    """

    name: str
    start: int
    end: int
    side: str
    is_person: bool = False
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Executor:
    """Who carries something out (None where nobody is named), and the side."""

    name: str | None
    side: str


def executor_of(document: Document, unit: Unit, parties: Positions[Party], *, ordered: bool) -> Executor:
    """Return who is to do what a unit says: whoever is told to, else its first office, company or person."""
    named = parties.between(unit.start, unit.end)
    order = document.lexicon("tasks", "ordered").find(document.words, unit.first, unit.last) if ordered else []
    if order:
        told = _told(document, unit, named, order[0])
        if told is not None:
            return told
    office = _office(document, unit)
    side = _side(document, unit)
    first = named[0] if named else None
    if office is not None and (first is None or office[0] <= first.start or not _is_near(document, unit, first)):
        bearer = next((one for one in named if one.is_person and _bears(document, one, office)), None)
        if bearer is not None:
            return Executor(bearer.name, bearer.side)
        owner = next((one for one in named if one.is_sure and office[0] <= one.start < office[1]), None)
        return Executor(_quoted(document, office), owner.side if owner else side or _HOME)
    if first is not None and side is None and _is_near(document, unit, first):
        return Executor(first.name, first.side)
    return Executor(None, side or _HOME)


def _told(document: Document, unit: Unit, named: list[Party], order: Hit) -> Executor | None:
    """Return who is told to do something: behind the verb ("instructed X"), else the last before it ("X-ке тапсырды").

    Where a language puts the verb last, an office stands before it, after whoever gives the order.
    """
    passive = document.lexicon("tasks", "ordered_passive").finds(document.words, order.first, order.last)
    behind = [one for one in named if one.start >= order.end]
    office = _office(document, unit, order.last)
    if office is not None and (not behind or office[0] <= behind[0].start) and not passive:
        return Executor(_quoted(document, office), _HOME)
    if behind and not passive and behind[0].start - order.end <= _LONGEST:
        return Executor(behind[0].name, behind[0].side)
    before = [one for one in named if one.end <= order.start and one.is_person]
    if before:
        return Executor(before[-1].name, before[-1].side)
    hits = document.lexicon("tasks", "executor_ends").find(document.words, unit.first, order.first)
    if hits:
        start = document.words[_office_start(document, unit, hits[-1])].start
        return Executor(_quoted(document, (start, hits[-1].end)), _HOME)
    return None


def _office_start(document: Document, unit: Unit, hit: Hit) -> int:
    """Return the first word of an office before a verb: back to whoever orders, a comma, or the unit's beginning."""
    ours = document.lexicon("visit", "ours").find(document.words, unit.first, hit.first)
    first = max([unit.first, *(one.last for one in ours if one.last < hit.first)])
    marks = list(_MARK.finditer(document.text, document.words[first].start, hit.start))
    return document.word_at(marks[-1].end()) if marks else first


def _office(document: Document, unit: Unit, begin: int | None = None) -> Span | None:
    """Return the office or company that a unit begins with, up to the verb, the term, a dash or a bracket."""
    words, first = document.words, unit.first if begin is None else begin
    last = min(first + _OPENING, unit.last)
    hit = next(iter(document.lexicon("tasks", "executor", "executor_ends").find(words, first, last)), None)
    if hit is None:
        return None
    start = _after_term(document, first, hit)
    if hit.code == "executor_ends":
        return start, hit.end
    stops = [mark.start() for mark in (_MARK.search(document.text, hit.end, unit.end),) if mark]
    for table, code in (("tasks", "instruction"), ("tasks", "will"), ("tasks", "stop"), ("dates", "until")):
        found = document.lexicon(table, code).find(words, hit.last, unit.last)
        stops += [found[0].start] if found else []
    return start, max(hit.end, min([*stops, hit.end + _LONGEST, unit.end]))


def _after_term(document: Document, first: int, hit: Hit) -> int:
    """Return where an office begins: after a term put first ("До пятницы отделу …") or a comma."""
    words = document.words
    marks = list(_MARK.finditer(document.text, words[first].start, hit.start))
    begin = document.word_at(marks[-1].end()) if marks else first
    until = document.lexicon("dates", "until").find(words, begin, hit.first)
    return hit.start if until else words[begin].start


def _bears(document: Document, person: Party, office: Span) -> bool:
    """Return whether an office is the title that stands right before a person's name."""
    if not 0 <= person.start - office[0] <= _LONGEST:
        return False
    return _MARK.search(document.text, office[0], person.start) is None


def _is_near(document: Document, unit: Unit, party: Party) -> bool:
    return document.word_at(party.start) - unit.first <= _OPENING


def _side(document: Document, unit: Unit) -> str | None:
    """Return the side a unit begins with in so many words: "the Polish side", "корей жағы", "партнёры"."""
    last = min(unit.first + _OPENING, unit.last)
    hits = document.lexicon("tasks", "counterpart", "our_side").find(document.words, unit.first, last)
    if not hits:
        return None
    return _COUNTERPART if hits[0].code == "counterpart" else _HOME


def _quoted(document: Document, span: Span) -> str | None:
    text = document.quote(span).strip(" ,;:–—")
    if text.count("«") > text.count("»") or text.count("(") > text.count(")"):
        text += "»" if text.count("«") > text.count("»") else ")"
    return text.strip('"') or None
