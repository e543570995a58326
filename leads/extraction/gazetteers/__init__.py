"""Countries, cities, the regions of Kazakhstan and provinces abroad, by their names in every script.

`places.tsv.gz` is built by `build.py`; the TOML files are written by hand. All of it is read once and kept.
"""

import gzip
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from leads.extraction.folding import fold
from leads.extraction.lexicon import Lexicon

_HERE = Path(__file__).parent
# Names shorter than this take endings only where they are given by hand.
_SHORT, _TOWN = 4, 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """A country or a city; `region` is an ISO 3166-2 code for cities of Kazakhstan."""

    kind: str
    code: str
    country: str
    region: str | None
    population: int
    name: str


@dataclass(frozen=True)
class Gazetteer:
    """Folded names of places, the beginnings of names of several words, and the phrases written by hand."""

    names: dict[str, Place] = field(repr=False)
    namesakes: dict[str, tuple[Place, ...]] = field(repr=False)
    short_names: frozenset[str] = field(repr=False)
    everyday_words: frozenset[str] = field(repr=False)
    beginnings: frozenset[str] = field(repr=False)
    regions: Lexicon = field(repr=False)
    provinces: Lexicon = field(repr=False)
    province_namesakes: dict[str, tuple[str, ...]] = field(repr=False)
    abbreviations: Lexicon = field(repr=False)
    peoples: Lexicon = field(repr=False)
    region_names: dict[str, str]
    region_centres: dict[str, str]


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text("utf-8"))


def _rows() -> list[tuple[Place, list[str]]]:
    rows = []
    for line in gzip.decompress((_HERE / "places.tsv.gz").read_bytes()).decode().splitlines():
        kind, code, country, region, population, name, keys = line.split("\t")
        rows.append((Place(kind, code, country, region or None, int(population), name), keys.split("|")))
    return rows


def _known(cities: dict[str, list[str]], by_code: dict[str, Place]) -> Iterator[tuple[Place, list[str]]]:
    for code, nicknames in cities.items():
        yield by_code[code], nicknames


def _towns(towns: list[dict[str, Any]]) -> Iterator[tuple[Place, list[str]]]:
    for town in towns:
        place = Place("city", town["name"], town["country"], town.get("region"), _TOWN, town["name"])
        yield place, town["names"]


def _shared(provinces: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Return the names that provinces of several countries bear, with the countries."""
    countries: dict[str, list[str]] = {}
    for country, names in provinces.items():
        for name in names:
            countries.setdefault(name, []).append(country)
    return {name: tuple(codes) for name, codes in countries.items() if len(codes) > 1}


def country_of_city(name: str) -> str | None:
    """Return the ISO code of the country that a city lies in, in whatever script; None for a name that is none."""
    place = load().names.get(fold(name))
    return place.country if place is not None and place.kind == "city" else None


@cache
def load() -> Gazetteer:
    """Return all places. A name that several bear means a country first, then the most populous city."""
    countries, extra = _table("countries.toml"), _table("places.toml")
    unwanted = {fold(word) for word in extra["not_places"]}
    rows = _rows()
    by_code = {place.code: place for place, _ in rows}
    names: dict[str, Place] = {}
    capitals: dict[str, list[str]] = {}
    for code, known in countries.items():
        for name in known.get("names", ()):
            if name.isupper():
                capitals.setdefault(code, []).append(name)
            else:
                names.setdefault(fold(name), by_code[code])
    by_hand: set[str] = set()
    for place, nicknames in (*_known(extra["cities"], by_code), *_towns(extra["town"])):
        keys = [fold(nickname) for nickname in nicknames]
        names.update(dict.fromkeys(keys, place))
        by_hand.update(keys)
    namesakes: dict[str, list[Place]] = {key: [names[key]] for key in by_hand}
    for place, keys in rows:
        for key in keys:
            if key in unwanted:
                continue
            known = names.setdefault(key, place)
            if known.kind == place.kind == "city" and known is not place:
                namesakes.setdefault(key, [known]).append(place)
    beginnings = {" ".join(words[:count]) for words in map(str.split, names) for count in range(1, len(words))}
    regions, provinces = _table("regions.toml"), _table("provinces.toml")
    return Gazetteer(
        names=names,
        namesakes={key: tuple(places) for key, places in namesakes.items() if len(places) > 1},
        short_names=frozenset(key for key in by_hand if len(key) < _SHORT),
        everyday_words=frozenset(unwanted),
        beginnings=frozenset(beginnings),
        regions=Lexicon({code: region["names"] for code, region in regions.items()}),
        provinces=Lexicon(provinces),
        province_namesakes=_shared(provinces),
        abbreviations=Lexicon(capitals),
        peoples=Lexicon({code: known.get("peoples", ()) for code, known in countries.items()}),
        region_names={code: region["name"] for code, region in regions.items()},
        region_centres={code: region["place"] for code, region in regions.items()},
    )
