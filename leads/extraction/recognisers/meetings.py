"""Meetings: the sentences that tell of one, with who, where, when and what about."""

from datetime import date

from leads.extraction.document import Document
from leads.extraction.draft import Meeting
from leads.extraction.recognisers.dates import DateMention
from leads.extraction.recognisers.organisations import Named
from leads.extraction.recognisers.people import Found
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import Positions

_MOST, _SUMMARY = 12, 200


def recognise(
    document: Document,
    organisations: tuple[Named, ...],
    people: tuple[Found, ...],
    places: Positions[Mention],
    dates: Positions[DateMention],
    cities: frozenset[str],
    published: date | None = None,
) -> tuple[Meeting, ...]:
    """Return the meetings told of, one a sentence, at most twelve; those of the past are left out."""
    meeting, sectors = document.lexicon("visit", "meeting"), document.lexicon("sectors")
    topics = document.lexicon(
        "practices",
        "infrastructure",
        "simpler_procedures",
        "state_support",
        "tariff",
        "tax_incentive",
        "workforce",
        "zone_management",
    )
    named = [(span, one.name) for one in organisations for span in one.spans]
    named += [(span, one.name) for one in people for span in one.spans]
    named.sort()
    names = Positions([_Name(span[0], span[1], name) for span, name in named])
    found = []
    for sentence in document.sentences:
        if sentence.background or not meeting.finds(document.words, sentence.first, sentence.last):
            continue
        who = tuple(dict.fromkeys(one.name for one in names.between(sentence.start, sentence.end)))
        about = [
            hit.code
            for hit in (
                *topics.find(document.words, sentence.first, sentence.last),
                *sectors.find(document.words, sentence.first, sentence.last),
            )
        ]
        where = next((one.city for one in places.between(sentence.start, sentence.end) if one.city in cities), None)
        when = next(
            (
                one.days(published)
                for one in dates.between(sentence.start, sentence.end)
                if not one.is_range and not one.deadline
            ),
            None,
        )
        if not (who or about):
            continue
        span = (sentence.start, sentence.end)
        found.append(
            Meeting(
                with_=who,
                date=when[0] if when else None,
                place=where,
                topics=tuple(dict.fromkeys(about)),
                summary=document.quote(span)[:_SUMMARY],
                evidence=(span,),
            )
        )
    return tuple(found[:_MOST])


class _Name:
    """A name at its place."""

    __slots__ = ("end", "name", "start")

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start, self.end, self.name = start, end, name
