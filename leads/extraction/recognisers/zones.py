"""What the text says of an industrial zone: when it was founded and how many residents it has."""

import re

from leads.extraction.document import Document
from leads.extraction.draft import Spans
from leads.extraction.recognisers.numbers import Number
from leads.extraction.recognisers.organisations import Named
from leads.extraction.spans import Positions

_DECADE = re.compile(r"(?<!\d)((?:19|20)\d)0(?:[-–’']?\s?(?:жылдар|жж|е\b|х\b|ых|s\b|lı|li|lar|ler))")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_REACH = 2
_LEAST_RESIDENTS, _MOST_RESIDENTS = 3, 50_000
# A year of the present decade is more likely the visit's than the founding's.
_RECENT = 2020


def recognise(document: Document, named: Named, numbers: Positions[Number]) -> tuple[str | None, int | None, Spans]:
    """Return when a zone was founded (a year, or a decade as "1960s"), its residents, and the sentences that say so."""
    if named.kind != "industrial_zone":
        return None, None, ()
    founded: str | None = None
    count: int | None = None
    proof: list[tuple[int, int]] = []
    residents = document.lexicon("amounts", "residents")
    begin = document.sentence_number(named.spans[0][0])
    for sentence in document.sentences[begin : begin + _REACH + 1]:
        span = (sentence.start, sentence.end)
        if founded is None:
            founded = _founded(document.text, *span)
            proof += [span] * (founded is not None)
        for number in numbers.between(*span):
            near = residents.find(document.words, number.last, min(number.last + 4, sentence.last))
            if (
                count is None
                and near
                and not _YEAR.fullmatch(document.text, *number.span)
                and _LEAST_RESIDENTS <= number.value <= _MOST_RESIDENTS
            ):
                count = int(number.value)
                proof.append(span)
    return founded, count, tuple(dict.fromkeys(proof))


def _founded(text: str, start: int, end: int) -> str | None:
    decade = _DECADE.search(text, start, end)
    if decade:
        return f"{decade[1]}0s"
    year = _YEAR.search(text, start, end)
    return year[1] if year and int(year[1]) < _RECENT else None
