"""The default engine: lists and grammars only. Offline, deterministic, linear in the text."""

import re
from datetime import date

from leads.extraction import languages
from leads.extraction.document import Context, Document, read
from leads.extraction.draft import Draft, Head, Organisation, Person, Span, Spans
from leads.extraction.lexicon import words_of
from leads.extraction.recognisers import (
    affiliations,
    amounts,
    business_numbers,
    commitments,
    dates,
    heads,
    lead_facts,
    lead_parties,
    leads,
    meetings,
    numbers,
    organisations,
    participants,
    people,
    places,
    practices,
    publication,
    purposes,
    sides,
    visit,
    visit_days,
    zones,
)
from leads.extraction.recognisers import language as language_recogniser
from leads.extraction.recognisers.person_names import runs
from leads.extraction.spans import Positions, SpanIndex

# Words of any language, with the apostrophes that some write inside them.
_WORD = re.compile(r"[^\W\d_]+(?:['’‘`][^\W\d_]+)*")
# What somebody is quoted with may be in another language than the report.
_QUOTED = re.compile(r"«[^«»\n]*»|“[^“”\n]*”")
_LANGUAGE_SAMPLE, _ENOUGH_WORDS = 20_000, 8
_LONGEST_TITLE = 150


class EmbeddedEngine:
    """Reads with the recognisers of this package."""

    name = "embedded"

    def extract(self, text: str, context: Context) -> Draft:
        """Return the draft of a text; an empty one for a text without words."""
        document = document_of(text)
        return Draft(published=context.published) if document is None else _draft(document, context).check(text)


def document_of(text: str) -> Document | None:
    """Return a text cut up by the rules of its language; None for one without any word of a known language."""
    beginning = text[:_LANGUAGE_SAMPLE]
    sample = words_of((one.start(), one.end(), one[0]) for one in _WORD.finditer(beginning))
    quoted = SpanIndex(one.span() for one in _QUOTED.finditer(beginning))
    unquoted = tuple(word for word in sample if not quoted.touches(word.start, word.end))
    code = language_recogniser.recognise(unquoted if len(unquoted) >= _ENOUGH_WORDS else sample)
    return read(text, languages.load(code)) if code else None


def _draft(document: Document, context: Context) -> Draft:
    found_places = places.recognise(document)
    found_numbers = numbers.recognise(document)
    money = amounts.recognise(document, found_numbers)
    jobs = amounts.jobs(document, found_numbers, money)
    dated = dates.recognise(document)
    own = publication.published(document, dated)
    published = context.published or (own[0] if own else None)
    found_dates = dates.settled(document, dated, published)
    number_positions = Positions(found_numbers)
    somebody = runs.candidates(document, found_places)
    named = organisations.recognise(document, found_places, context.known_companies, somebody)
    registered = business_numbers.recognise(document, named)
    who = people.recognise(document, found_places, named, somebody)
    frame = visit.recognise(document, context, found_places, who, named)
    days = visit_days.visit_days(
        document, found_dates, published, publication.own_days(document, found_dates, published)
    )
    mentions = Positions(found_places)
    names = SpanIndex(span for one in named for span in one.spans)
    leader = heads.recognise(document, who, frame.direction)
    travelled = participants.recognise(document, names, direction=frame.direction)
    evidence = dict(frame.evidence)
    if days:
        evidence |= {"start_date": (days[2],), "end_date": (days[2],)}
    if travelled.sectors:
        evidence["participant_sectors"] = tuple(span for _, span in travelled.sectors)
    title = _title(document)
    if title:
        evidence["title"] = (title,)
    facts = lead_facts.Facts(
        names, Positions(money), Positions(jobs), Positions(found_dates), named,
        lead_parties.Parties(
            document, named, Positions(found_places),
            lead_parties.Home(context.home_country, frame.home_region, bool(frame.countries), frame.direction),
        ), title, published,
        travelled.rolls,
    )  # fmt: skip
    firms = tuple(
        _organisation(document, one, frame, context, number_positions, registered.get(one.name)) for one in named
    )
    persons = tuple(_person(document, one, named, frame, context, mentions) for one in who)
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
        participant_sectors=tuple(code for code, _ in travelled.sectors),
        organisations=firms,
        people=persons,
        meetings=meetings.recognise(
            document, named, who, Positions(found_places), Positions(found_dates), frozenset(frame.cities), published
        ),
        leads=leads.recognise(document, facts),
        commitments=commitments.recognise(
            document, Positions(found_dates), _parties(named, firms, persons), published or _first(days)
        ),
        practices=practices.recognise(document, names, inbound=frame.direction == "inbound"),
        field_evidence=evidence,
    )


def _parties(
    named: tuple[organisations.Named, ...], firms: tuple[Organisation, ...], persons: tuple[Person, ...]
) -> Positions[commitments.Party]:
    """Return the people and organisations wherever they are named, with their sides."""
    found = [
        commitments.Party(firm.name, start, end, firm.role, is_sure=one.country is not None)
        for one, firm in zip(named, firms, strict=True)
        for start, end in one.spans
    ]
    found += [
        commitments.Party(person.name, start, end, person.role, is_person=True)
        for person in persons
        for start, end in person.evidence
    ]
    return Positions(found)


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
    registered: tuple[str, Span] | None,
) -> Organisation:
    home = sides.is_home_organisation(one, frame, context)
    country = context.home_country if home else one.country or frame.countries[0]
    founded, residents, more = zones.recognise(document, one, found)
    return Organisation(
        name=one.name, kind=one.kind, role="home" if home else "counterpart",
        country=country, founded=founded, residents=residents,
        bin=registered[0] if registered else None,
        evidence=tuple(dict.fromkeys((*one.spans, *more, *([registered[1]] if registered else ())))),
    )  # fmt: skip


def _person(
    document: Document,
    one: people.Found,
    named: tuple[organisations.Named, ...],
    frame: visit.Visit,
    context: Context,
    mentions: Positions[places.Mention],
) -> Person:
    owner = affiliations.organisation_of(one, named)
    told = affiliations.is_ours(document, one, mentions, owner, context.home_country) if frame.countries else True
    ours = sides.is_home_person(document, one, frame, context) if told is None else told
    return Person(
        name=one.name,
        title=one.title,
        organisation=owner.name if owner else None,
        role="home" if ours else "counterpart",
        evidence=one.spans,
    )
