"""Business identification numbers beside the organisations they belong to."""

import re

from leads.extraction.business_numbers import is_business_number
from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.recognisers.organisations import Named
from leads.extraction.spans import Positions

_TWELVE_DIGITS = re.compile(r"(?<!\d)\d{12}(?!\d)")
#: How far behind a name its number may stand: "ТОО «Сапар» (г. Актобе, БИН 940240000006)".
_REACH = 120


class _Place:
    def __init__(self, span: Span, name: str) -> None:
        self.start, self.end, self.name = *span, name


def recognise(document: Document, organisations: tuple[Named, ...]) -> dict[str, tuple[str, Span]]:
    """Return numbers by the name they belong to: the last one before the number, in its sentence."""
    places = Positions([_Place(span, one.name) for one in organisations for span in one.spans])
    found: dict[str, tuple[str, Span]] = {}
    for match in _TWELVE_DIGITS.finditer(document.text):
        if not is_business_number(match[0]):
            continue
        least = max(document.sentence_at(match.start()).start, match.start() - _REACH)
        before = places.between(least, match.start())
        if before:
            found.setdefault(before[-1].name, (match[0], match.span()))
    return found
