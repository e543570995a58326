"""Countries, cities, the regions of Kazakhstan and provinces abroad, by their names in every script.

`places.tsv.gz` is built by `build.py`; the TOML files are written by hand. All of it is read once and kept.
"""

import gzip
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from leads.extraction.folding import fold
from leads.extraction.lexicon import Lexicon

_HERE = Path(__file__).parent


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
    everyday_words: frozenset[str] = field(repr=False)
    beginnings: frozenset[str] = field(repr=False)
    regions: Lexicon = field(repr=False)
    provinces: Lexicon = field(repr=False)
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
    for code, nicknames in extra["cities"].items():
        for nickname in nicknames:
            names[fold(nickname)] = by_code[code]
    for place, keys in rows:
        for key in keys:
            if key not in unwanted:
                names.setdefault(key, place)
    beginnings = {" ".join(words[:count]) for words in map(str.split, names) for count in range(1, len(words))}
    regions = _table("regions.toml")
    return Gazetteer(
        names=names,
        everyday_words=frozenset(unwanted),
        beginnings=frozenset(beginnings),
        regions=Lexicon({code: region["names"] for code, region in regions.items()}),
        provinces=Lexicon(_table("provinces.toml")),
        abbreviations=Lexicon(capitals),
        peoples=Lexicon({code: known.get("peoples", ()) for code, known in countries.items()}),
        region_names={code: region["name"] for code, region in regions.items()},
        region_centres={code: region["place"] for code, region in regions.items()},
    )
