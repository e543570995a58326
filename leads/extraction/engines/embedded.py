"""The default engine: lists and grammars only. Offline, deterministic, linear in the text."""

import re
from datetime import date

from leads.extraction import languages
from leads.extraction.document import Context, Document, read
from leads.extraction.draft import Draft, Head, Organisation, Person, Span, Spans
from leads.extraction.lexicon import words_of
from leads.extraction.recognisers import (
    amounts,
    commitments,
    dates,
    leads,
    meetings,
    numbers,
    organisations,
    people,
    places,
    practices,
    purposes,
    sectors,
    visit,
    zones,
)
from leads.extraction.recognisers import language as language_recogniser
from leads.extraction.spans import Positions, SpanIndex

_WORD = re.compile(r"[^\W\d_]+")
_LANGUAGE_SAMPLE = 20_000
_LONGEST_TITLE = 150


class EmbeddedEngine:
    """Reads with the recognisers of this package."""

    name = "embedded"

    def extract(self, text: str, context: Context) -> Draft:
        """Return the draft of a text; an empty one for a text without words."""
        sample = _WORD.finditer(text[:_LANGUAGE_SAMPLE])
        code = language_recogniser.recognise(words_of((one.start(), one.end(), one[0]) for one in sample))
        if code is None:
            return Draft(published=context.published)
        document = read(text, languages.load(code))
        return _draft(document, context).check(text)


def _draft(document: Document, context: Context) -> Draft:
    found_places = places.recognise(document)
    found_numbers = numbers.recognise(document)
    money = amounts.recognise(document, found_numbers)
    jobs = amounts.jobs(document, found_numbers, money)
    found_dates = dates.recognise(document)
    own = dates.published(document, found_dates)
    published = context.published or (own[0] if own else None)
    number_positions = Positions(found_numbers)
    named = organisations.recognise(document, found_places, context.known_companies)
    who = people.recognise(document, found_places, named)
    frame = visit.recognise(document, context, found_places, who, [amount.span for amount in money])
    days = dates.visit_days(document, found_dates, context, published, own[1] if own else None)
    names = SpanIndex(span for one in named for span in one.spans)
    leader = visit.head(document, who, frame)
    travelled = sectors.participants(document, names)
    evidence = dict(frame.evidence)
    if days:
        evidence |= {"start_date": (days[2],), "end_date": (days[2],)}
    if travelled:
        evidence["participant_sectors"] = tuple(span for _, span in travelled)
    title = _title(document)
    if title:
        evidence["title"] = (title,)
    facts = leads.Facts(
        names, Positions(money), Positions(jobs), Positions(found_dates), named,
        frozenset(one.name for one in named if one.home_form),
    )  # fmt: skip
    return Draft(
        language=document.language.code,
        title=document.quote(title) if title else None,
        published=published,
        direction=frame.direction,
        home_region=frame.home_region,
        countries=frame.countries,
        cities=frame.cities if "cities" in evidence else (),
        start_date=days[0] if days else None,
        end_date=days[1] if days else None,
        head=Head(name=leader[0].name, title=leader[0].title, evidence=_head_evidence(leader)) if leader else None,
        purposes=purposes.recognise(document),
        participant_sectors=tuple(code for code, _ in travelled),
        organisations=tuple(_organisation(document, one, frame, context, number_positions) for one in named),
        people=tuple(_person(one, named, frame, document) for one in who),
        meetings=meetings.recognise(
            document, named, who, Positions(found_places), Positions(found_dates), frozenset(frame.cities)
        ),
        leads=leads.recognise(document, facts),
        commitments=commitments.recognise(document, Positions(found_dates), published or _first(days)),
        practices=practices.recognise(document, names),
        field_evidence=evidence,
    )


def _first(days: tuple[date, date, Span] | None) -> date | None:
    return days[0] if days else None


def _head_evidence(leader: tuple[people.Found, Span]) -> Spans:
    return tuple(dict.fromkeys((leader[0].spans[0], leader[1])))


def _title(document: Document) -> Span | None:
    """Return the headline: the first line, where it is short and more text follows it."""
    first = next((line for line in re.finditer(r"[^\n]*\w[^\n]*", document.text)), None)
    if first is None or len(document.text) - first.end() < _LONGEST_TITLE // 2:
        return None
    start = first.start()
    stamp = re.match(r"\s*(?:date\s*)?(?:\d{4}-\d\d-\d\d|\d{1,2}\.\d\d\.\d{4})\s*", first[0])
    start += stamp.end() if stamp else 0
    span = document.trimmed(start, first.end())
    return span if 0 < span[1] - span[0] <= _LONGEST_TITLE and document.text[first.end() - 1] not in ".:" else None


def _organisation(
    document: Document,
    one: organisations.Named,
    frame: visit.Visit,
    context: Context,
    found: Positions[numbers.Number],
) -> Organisation:
    home = one.home_form and bool(frame.countries)
    home = home or one.country == context.home_country
    country = context.home_country if home else one.country or (frame.countries[0] if frame.countries else None)
    founded, residents, more = zones.recognise(document, one, found)
    return Organisation(
        name=one.name, kind=one.kind, role="home" if home or not frame.countries else "counterpart",
        country=country or context.home_country, founded=founded, residents=residents,
        evidence=tuple(dict.fromkeys((*one.spans, *more))),
    )  # fmt: skip


def _person(
    one: people.Found, named: tuple[organisations.Named, ...], frame: visit.Visit, document: Document
) -> Person:
    owner = next((org.name for org in named if one.title and org.name in one.title), None)
    foreign = bool(frame.countries) and not people.is_home(document, one)
    return Person(
        name=one.name,
        title=one.title,
        organisation=owner,
        role="counterpart" if foreign else "home",
        evidence=one.spans,
    )
