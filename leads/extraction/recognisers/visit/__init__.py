"""What the visit was, seen from home: whose region, which way, to which countries and cities."""

from dataclasses import dataclass

from leads.extraction.document import Context, Document
from leads.extraction.draft import Spans
from leads.extraction.recognisers.organisations import Named
from leads.extraction.recognisers.people import Found
from leads.extraction.recognisers.places import Mention
from leads.extraction.recognisers.visit.cities import cities_of
from leads.extraction.recognisers.visit.countries import countries_of
from leads.extraction.recognisers.visit.direction import direction_of
from leads.extraction.recognisers.visit.home import home_of, other_region
from leads.extraction.recognisers.visit.reading import scene_of

__all__ = ["Visit", "recognise"]

_MOST_CITIES = 8


@dataclass(frozen=True, slots=True)
class Visit:
    """The frame of a report, each part with its evidence."""

    direction: str | None
    home_region: str | None
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    evidence: dict[str, Spans]


def recognise(
    document: Document,
    context: Context,
    places: tuple[Mention, ...],
    people: tuple[Found, ...],
    organisations: tuple[Named, ...],
) -> Visit:
    """Return the frame of the visit, beside the people and organisations that the text names."""
    scene = scene_of(document, context, places, [span for person in people for span in person.spans], organisations)
    countries, country_spans = countries_of(scene, [span for one in organisations for span in one.spans])
    home, home_spans = home_of(scene, inside=not countries)
    other = None if countries else other_region(scene, home)
    direction = direction_of(scene, frozenset(countries), home, other)
    cities = cities_of(scene, direction, frozenset(countries), home, other)[:_MOST_CITIES]
    evidence: dict[str, Spans] = {"countries": country_spans, "home_region": home_spans}
    evidence["cities"] = tuple(span for _, span in cities)
    return Visit(
        direction, home, countries, tuple(name for name, _ in cities), {k: v for k, v in evidence.items() if v}
    )
