"""The cities where the visit or its meetings took place: not those of plants, roads and people named in passing."""

from collections import Counter

from leads.extraction.draft import Span
from leads.extraction.recognisers.places import Mention
from leads.extraction.recognisers.visit.headings import is_dateline, is_heading
from leads.extraction.recognisers.visit.home import centre_of
from leads.extraction.recognisers.visit.scene import FAR, VISIT, Line, Scene

# Later on, these alone still tell of the visit; the others do beside the place.
_STRONG = ("attended", "event", "fair", "guest_at", "guest_of", "moved", "received", "returned", "venue")
_ADJACENT = 3


def cities_of(
    scene: Scene, direction: str | None, countries: frozenset[str], home: str | None, other: str | None
) -> list[tuple[str, Span]]:
    """Return the cities where the visit took place, with where each is first put."""
    placed: dict[str, Span] = {}
    named: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for mention, line in scene.placed():
        if mention.kind != "city" or mention.city is None or not line.weight or mention.origin:
            continue
        if not _is_wanted(scene, mention, direction, countries, home, other):
            continue
        abroad = direction == "outbound"
        named[mention.city] += 1
        first.setdefault(mention.city, mention.span)
        away = not abroad and mention.region != home and home not in (None, scene.home_country)
        if _is_venue(scene, mention, line, strict=away, lenient=abroad):
            placed.setdefault(mention.city, mention.span)
    if not placed and named:
        lies = {mention.city: mention.region for mention, _ in scene.placed()}
        near = [city for city in named if direction == "outbound" or home in (None, scene.home_country, lies.get(city))]
        if near:
            city = max(near, key=lambda one: named[one])
            placed = {city: first[city]}
    if not placed and direction in ("inbound", "local") and home:
        centre = centre_of(home, scene)
        placed = {centre.city: centre.span} if centre is not None and centre.city else {}
    return list(placed.items())


def _is_wanted(
    scene: Scene,
    mention: Mention,
    direction: str | None,
    countries: frozenset[str],
    home: str | None,
    other: str | None,
) -> bool:
    if direction == "outbound":
        return mention.country in countries if countries else mention.region == other
    return mention.country == scene.home_country


def _is_venue(scene: Scene, mention: Mention, line: Line, *, strict: bool, lenient: bool) -> bool:
    """Return whether something of the visit took place in a city.

    Its ending or the word before puts something there, and the nearest verb is one of visiting rather than of business.
    `strict` for a place that is neither side's: there the visit itself must stand beside it. `lenient` abroad.
    """
    if is_heading(scene, mention) or (mention.country != scene.home_country and is_dateline(scene, mention)):
        return True
    if not (mention.at or (mention.seen and "moved" in line.codes)):
        return False
    visit, works = scene.nearness(mention, line, VISIT if line.opens else _STRONG)
    if not line.opens and scene.nearness(mention, line, ("meeting",))[0] <= _ADJACENT:
        visit = 1
    if strict:
        return visit < min(works, FAR) and line.opens and bool(line.of("meeting", "received", "venue", "event"))
    if line.opens and visit < FAR:
        return visit <= 2 * works
    if lenient:
        return visit <= works
    return visit < works
