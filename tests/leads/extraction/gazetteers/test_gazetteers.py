"""The lists of places hold what reports name."""

import tomllib
from pathlib import Path

import pytest

from leads.extraction import gazetteers
from leads.extraction.folding import fold

FOLDER = Path(gazetteers.__file__).parent


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Түркия Республикасы", "TR"),
        ("Оңтүстік Корея", "KR"),
        ("Солтүстік Корея", "KP"),
        ("Китайская Народная Республика", "CN"),
        ("Объединённые Арабские Эмираты", "AE"),
        ("Мажарстан", "HU"),
        ("Almanya", "DE"),
        ("United Kingdom", "GB"),
    ],
)
def test_country_by_name(name: str, code: str) -> None:
    assert gazetteers.load().names[fold(name)].code == code


@pytest.mark.parametrize(
    ("name", "city", "region"),
    [
        ("Ақтөбе", "Aktobe", "KZ-15"),
        ("Семипалатинск", "Semey", "KZ-10"),
        ("Қызылжар", "Petropavl", "KZ-59"),
        ("Талдықорған", "Taldykorgan", "KZ-33"),
        ("Жезқазған", "Zhezqazghan", "KZ-62"),
        ("Бурса", "Bursa", None),
        ("Үрімші", "Ürümqi", None),
    ],
)
def test_city_by_name(name: str, city: str, region: str | None) -> None:
    place = gazetteers.load().names[fold(name)]
    assert (place.name, place.region) == (city, region)


def test_all_twenty_regions_in_force_are_known_with_a_centre_that_exists() -> None:
    gazetteer = gazetteers.load()
    assert len(gazetteer.region_names) == 20
    cities = {place.name for place in gazetteer.names.values() if place.country == "KZ"}
    assert set(gazetteer.region_centres.values()) <= cities


@pytest.mark.parametrize("file", ["countries.toml", "provinces.toml", "regions.toml"])
def test_hand_made_tables_are_sorted_by_code(file: str) -> None:
    codes = list(tomllib.loads((FOLDER / file).read_text("utf-8")))
    assert codes == sorted(codes)


def test_everyday_words_are_no_places() -> None:
    names = gazetteers.load().names
    assert not {"jane", "serik", "sala"} & set(names)


def test_list_of_places_stays_small() -> None:
    assert (FOLDER / "places.tsv.gz").stat().st_size < 1_500_000
