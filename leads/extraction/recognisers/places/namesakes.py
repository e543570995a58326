"""Which of several cities of one name is meant: one of a country that the text names, and before others one of ours."""

from collections import Counter
from dataclasses import replace

from leads.extraction.gazetteers import Gazetteer, Place
from leads.extraction.recognisers.places.mention import Mention

_HOME = "KZ"
# A city this big is meant when nothing else is said.
_METROPOLIS = 1_500_000
# A smaller one is as likely a word or a name: something must speak for it.
_BIG = 400_000


def settled(gazetteer: Gazetteer, found: list[Mention]) -> list[Mention]:
    """Return the mentions with each ambiguous city put into the country that the text speaks of."""
    named = Counter(one.country for one in found if one.kind != "city" or one.key not in gazetteer.namesakes)
    spoken_of = {one.country for one in found if one.kind != "city" or _is_big(gazetteer, one)}
    meant = [_meant(gazetteer, one, named) for one in found]
    return [one for one in meant if one.kind != "city" or _is_likely(gazetteer, one, spoken_of)]


def _is_big(gazetteer: Gazetteer, mention: Mention) -> bool:
    place = gazetteer.names.get(mention.key)
    return place is not None and place.population >= _BIG


def _is_likely(gazetteer: Gazetteer, mention: Mention, spoken_of: set[str]) -> bool:
    """Return whether a smaller town abroad is meant: its country is spoken of, or something is put there."""
    if mention.country in spoken_of or mention.country == _HOME or _is_big(gazetteer, mention):
        return True
    return mention.at or mention.origin or mention.seen


def _meant(gazetteer: Gazetteer, mention: Mention, named: Counter[str]) -> Mention:
    if mention.kind == "province" and mention.key in gazetteer.province_namesakes:
        codes = gazetteer.province_namesakes[mention.key]
        others = {code: named[code] - (code == mention.country) for code in codes}
        return replace(mention, country=max(codes, key=lambda code: others[code]))
    places = gazetteer.namesakes.get(mention.key, ()) if mention.kind == "city" else ()
    if not places or named[places[0].country]:
        return mention
    known = [place for place in places if named[place.country]]
    ours = [place for place in places if place.country == _HOME and places[0].population < _METROPOLIS]
    place = max(known, key=lambda one: named[one.country], default=ours[0] if ours else None)
    return _at(mention, place) if place else mention


def _at(mention: Mention, place: Place) -> Mention:
    return replace(mention, country=place.country, region=place.region, city=place.name)
