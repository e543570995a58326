"""Which organisation a person speaks for, and whose that makes the person."""

from leads.extraction.document import Document
from leads.extraction.recognisers.organisations import Named
from leads.extraction.recognisers.people import Found
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import Positions

_BESIDE = 8


def organisation_of(person: Found, named: tuple[Named, ...]) -> Named | None:
    """Return the organisation inside the person's title, or right before it."""
    if person.title_span is None:
        return None
    start, end = person.title_span
    inside = [one for one in named for span in one.spans if span[0] < end and span[1] > start - _BESIDE]
    return inside[0] if inside else None


def is_ours(
    document: Document, person: Found, places: Positions[Mention], owner: Named | None, home: str
) -> bool | None:
    """Return whether the title or the organisation makes somebody ours; None if neither says."""
    if person.title_span is not None:
        named = [one for one in places.between(*person.title_span) if not (one.kind == "city" and one.at)]
        if named:
            return named[0].country == home
        first, last = document.word_at(person.title_span[0]), document.word_at(person.title_span[1])
        if document.lexicon("visit", "ours").finds(document.words, first, last):
            return True
    if owner is not None and (owner.home_form or owner.country):
        return owner.home_form or owner.country == home
    return None
