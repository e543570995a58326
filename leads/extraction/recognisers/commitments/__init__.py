"""Commitments: numbered instructions and promises with somebody to carry them out, and a day to do it by."""

from dataclasses import dataclass
from datetime import date

from leads.extraction.document import Document
from leads.extraction.draft import Commitment
from leads.extraction.recognisers.commitments.executors import Party, executor_of
from leads.extraction.recognisers.commitments.terms import due_of
from leads.extraction.recognisers.commitments.units import Unit, units_of
from leads.extraction.recognisers.dates import DateMention
from leads.extraction.spans import Positions

__all__ = ["Party", "recognise"]

_LONGEST_TEXT = 400
_LONGEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class _Said:
    """What a unit says: who is told to do something, who promises, and what merely will be done."""

    instructed: bool
    ordered: bool
    promised: bool
    will: bool


def recognise(
    document: Document, dates: Positions[DateMention], parties: Positions[Party], told_on: date | None
) -> tuple[Commitment, ...]:
    """Return instructions of a protocol, and promises and orders with or without a day.

    `parties` are the people and organisations named, with their sides. `told_on` is the day terms count from: a day
    without a year is the next such day.
    """
    decided = False
    found = []
    for unit in units_of(document):
        heading = _heading(document, unit)
        if heading is not None:
            decided = heading
            continue
        said = _said(document, unit)
        due = due_of(document, unit, dates, told_on, any_day=unit.numbered and decided)
        if not _counts(unit, said, due is not None, decided=decided) or _is_background(document, unit):
            continue
        span = document.trimmed(unit.start, unit.end)
        executor = executor_of(document, unit, parties, ordered=said.ordered)
        found.append(
            Commitment(
                text=document.quote(span)[:_LONGEST_TEXT],
                by=executor.side,
                who=executor.name,
                due_date=due.day if due else None,
                evidence=(span,),
            )
        )
    return tuple(found)


def _heading(document: Document, unit: Unit) -> bool | None:
    """Return whether a short line opens decisions (True) or something else (False); None for no heading."""
    if unit.numbered or unit.last - unit.first > _LONGEST_HEADING:
        return None
    if document.lexicon("tasks", "heading").finds(document.words, unit.first, unit.last):
        return True
    return False if document.lexicon("tasks", "none_heading").finds(document.words, unit.first, unit.last) else None


def _said(document: Document, unit: Unit) -> _Said:
    def says(code: str) -> bool:
        return document.lexicon("tasks", code).finds(document.words, unit.first, unit.last)

    return _Said(says("instruction"), says("ordered"), says("promise"), says("will"))


def _counts(unit: Unit, said: _Said, has_due: bool, *, decided: bool) -> bool:
    if said.promised or (said.ordered and (has_due or decided)):
        return True
    if unit.numbered and decided:
        return said.instructed or said.will or has_due
    return has_due and (said.instructed or said.will)


def _is_background(document: Document, unit: Unit) -> bool:
    return document.sentence_at(unit.start).background
