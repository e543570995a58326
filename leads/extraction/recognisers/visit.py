"""What the visit was, seen from home: whose region, which way, to which countries and cities, and who led it."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from leads.extraction import gazetteers
from leads.extraction.document import Context, Document, Sentence
from leads.extraction.draft import Span, Spans
from leads.extraction.recognisers.people import Found
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import Positions, SpanIndex

_WEIGHTS = {"region": 3.0, "country": 2.0, "province": 2.0, "city": 1.0, "people": 1.0}
# A country or region counts when it is named at least this much as the one named most.
_SHARE = 0.34
_OPENING = 4
_WINDOW = 5
_MOST_EVIDENCE = 3
_HEAD_REACH = 120


@dataclass(frozen=True, slots=True)
class Visit:
    """The frame of a report, each part with its evidence."""

    direction: str | None
    home_region: str | None
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    evidence: dict[str, Spans]


@dataclass(frozen=True, slots=True)
class _Scene:
    """Place mentions that count, with the sentence of each."""

    document: Document
    context: Context
    mentions: tuple[tuple[Mention, Sentence], ...]


def recognise(
    document: Document, context: Context, places: tuple[Mention, ...], people: tuple[Found, ...], money: list[Span]
) -> Visit:
    """Return the frame of the visit. `money` are spans of sums: the "US" of US dollars is no country."""
    names = SpanIndex([*(span for person in people for span in person.spans), *money])
    counted = tuple((one, document.sentence_at(one.start)) for one in places if not names.touches(one.start, one.end))
    scene = _Scene(document, context, counted)
    countries, country_spans = _countries(scene)
    home, home_spans = _home_region(scene)
    other = None if countries else _other_region(scene, home)
    direction = _direction(scene, set(countries), home, other)
    cities = _cities(scene, direction, set(countries), home, other)
    evidence = {"countries": country_spans, "home_region": home_spans}
    evidence["cities"] = tuple(span for _, span in cities)[:8]
    return Visit(
        direction, home, countries, tuple(name for name, _ in cities), {k: v for k, v in evidence.items() if v}
    )


def _countries(scene: _Scene) -> tuple[tuple[str, ...], Spans]:
    scores: Counter[str] = Counter()
    spans: dict[str, list[Span]] = defaultdict(list)
    for mention, sentence in scene.mentions:
        if mention.country == scene.context.home_country or sentence.background:
            continue
        scores[mention.country] += _WEIGHTS[mention.kind]  # type: ignore[assignment]
        spans[mention.country].append(mention.span)
    sent = scene.document.lexicon("visit", "delegation").finds(scene.document.words)
    least = max(1.0 if sent else 2.0, _SHARE * max(scores.values(), default=0))
    chosen = tuple(code for code, score in scores.most_common() if score >= least)
    return chosen, tuple(span for code in chosen for span in spans[code][:_MOST_EVIDENCE])


def _region_of(mention: Mention) -> str | None:
    return mention.region if mention.kind in ("region", "city") else None


def _regions(scene: _Scene, *, at: bool | None = None) -> Counter[str]:
    scores: Counter[str] = Counter()
    opening = scene.document.sentences[min(_OPENING, len(scene.document.sentences)) - 1].end
    for mention, sentence in scene.mentions:
        region = _region_of(mention)
        if region is None or mention.country != scene.context.home_country or (at is not None and mention.at is not at):
            continue
        weight = _WEIGHTS[mention.kind] * (0.3 if sentence.background else 1.0)
        scores[region] += weight * (1.7 if mention.start < opening else 1.0)  # type: ignore[assignment]
    return scores


def _home_region(scene: _Scene) -> tuple[str | None, Spans]:
    scores = _regions(scene)
    given = scene.context.home if "-" in scene.context.home else None
    if not scores:
        named = [mention.span for mention, _ in scene.mentions if mention.country == scene.context.home_country]
        return (scene.context.home_country, tuple(named[:_MOST_EVIDENCE])) if named else (given, ())
    best = given if given in scores else None
    if best is None:
        owned = _owned(scene)
        best = max(sorted(scores), key=lambda code: scores[code] + 4 * owned[code])
    spans = [mention.span for mention, _ in scene.mentions if _region_of(mention) == best]
    return best, tuple(spans[:_MOST_EVIDENCE])


def _owned(scene: _Scene) -> Counter[str]:
    """Return how often a region stands beside the words for a delegation: that region sent it."""
    document = scene.document
    delegation = document.lexicon("visit", "delegation")
    found: Counter[str] = Counter()
    for mention, sentence in scene.mentions:
        region = _region_of(mention)
        if region and not mention.at and not sentence.background and _beside(document, mention, delegation.find):
            found[region] += 1
    return found


def _beside(document: Document, mention: Mention, find: object) -> bool:
    words, sentence = document.words, document.sentence_at(mention.start)
    low, high = max(sentence.first, mention.first - _WINDOW), min(sentence.last, mention.last + _WINDOW)
    return bool(find(words, low, mention.first) or find(words, mention.last, high))  # type: ignore[operator]


def _other_region(scene: _Scene, home: str | None) -> str | None:
    """Return the region that a domestic trip went to, if it went to another one."""
    others = {code: score for code, score in _regions(scene, at=True).items() if code != home}
    every = _regions(scene)
    candidates = [code for code in others if every[code] >= 2.0]
    if not candidates or not scene.document.lexicon("visit", "outbound").finds(scene.document.words):
        return None
    return max(sorted(candidates), key=lambda code: others[code])


def _direction(scene: _Scene, countries: set[str], home: str | None, other: str | None) -> str | None:
    if not countries:
        return "outbound" if other else ("local" if home else None)
    document = scene.document
    delegation = document.lexicon("visit", "delegation")
    out = came = 0.0
    for mention, sentence in scene.mentions:
        if sentence.background:
            continue
        foreign = mention.country in countries
        ours = mention.country == scene.context.home_country
        if mention.kind != "people" and mention.at:
            out, came = out + 1.5 * foreign, came + 1.0 * ours
        elif _beside(document, mention, delegation.find):
            out, came = out + 3.0 * ours, came + 3.0 * foreign
    for index, sentence in enumerate(document.sentences):
        if sentence.background:
            continue
        weight = 2.0 if index < _OPENING else 0.5
        said = {hit.code for hit in document.hits("visit", "outbound", "inbound", within=sentence)}
        out, came = out + weight * ("outbound" in said), came + weight * ("inbound" in said)
    return "outbound" if out > came else "inbound"


def _cities(
    scene: _Scene, direction: str | None, countries: set[str], home: str | None, other: str | None
) -> list[tuple[str, Span]]:
    """Return the cities where the visit took place, with where each is first put."""
    placed: dict[str, Span] = {}
    named: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for mention, sentence in scene.mentions:
        if mention.kind != "city" or mention.city is None or sentence.background:
            continue
        if direction == "outbound":
            wanted = mention.country in countries if countries else mention.region == other
        else:
            wanted = mention.country == scene.context.home_country and (home in (None, mention.region, "KZ"))
        if not wanted:
            continue
        named[mention.city] += 1
        first.setdefault(mention.city, mention.span)
        if mention.at:
            placed.setdefault(mention.city, mention.span)
    if not placed and named:
        city = named.most_common(1)[0][0]
        placed = {city: first[city]}
    if not placed and direction in ("inbound", "local") and home:
        centre = gazetteers.load().region_centres.get(home)
        spans = [mention.span for mention, _ in scene.mentions if mention.city == centre]
        placed = {centre: spans[0]} if centre and spans else {}
    return list(placed.items())


def head(document: Document, people: tuple[Found, ...], visit: Visit) -> tuple[Found, Span] | None:
    """Return who leads the group, with the words that say so; None at a forum or where nobody is named."""
    lexicon = document.lexicon("visit", "head")
    index = Positions([_At(span[0], span[1], person) for person in people for span in person.spans])
    for sentence in document.sentences:
        if sentence.background:
            continue
        for hit in lexicon.find(document.words, sentence.first, sentence.last):
            near = index.between(max(sentence.start, hit.start - _HEAD_REACH), min(sentence.end, hit.end + _HEAD_REACH))
            if near:
                best = min(near, key=lambda one: min(abs(one.start - hit.end), abs(hit.start - one.end)))
                return best.person, (min(hit.start, best.start), max(hit.end, best.end))
    event = document.lexicon("visit", "event")
    opening = document.sentences[: _OPENING - 1]
    if any(event.finds(document.words, one.first, one.last) for one in opening):
        return None
    going = document.lexicon("visit", "outbound" if visit.direction == "outbound" else "inbound", "local")
    for sentence in opening:
        near = index.between(sentence.start, sentence.end)
        said = (going, document.lexicon("visit", "delegation"))
        if (
            near
            and not sentence.background
            and any(one.finds(document.words, sentence.first, sentence.last) for one in said)
        ):
            return near[0].person, (near[0].start, near[0].end)
    return None


@dataclass(frozen=True, slots=True)
class _At:
    start: int
    end: int
    person: Found
