"""Which sectors a clause is about: members of lists, what the verb looks for, and what is named in passing."""

import pytest

from leads.extraction.recognisers import clauses, lead_sectors
from tests.leads.extraction.reading import document


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("текстильная фабрика и молочная ферма", ["textile", "agriculture"]),
        ("оборудование для пекарен", ["food_processing"]),
        ("оборудование", ["machinery"]),
        ("строительная компания, мебель", ["wood_paper_furniture"]),
    ],
)
def test_sectors_of_a_clause(text: str, sectors: list[str]) -> None:
    read = document(text, "ru")
    assert lead_sectors.sectors_of(read, read.hits("sectors")) == sectors


def test_machines_that_are_bought_come_before_what_they_are_for() -> None:
    read = document("станки для текстильной фабрики", "ru")
    assert lead_sectors.sectors_of(read, read.hits("sectors"), bought=True) == ["machinery"]


@pytest.mark.parametrize(
    ("language", "text", "sectors"),
    [
        ("ru", "нефтяники на своей встрече в гостинице обсудили закупку мебели", ["wood_paper_furniture"]),
        ("en", "the hotel owners from the coast discussed furniture", ["wood_paper_furniture"]),
        ("kk", "мұнайшылар сол күні жиһаз алу жайын талқылады", ["wood_paper_furniture"]),
        ("tr", "petrolcüler o gün otelde uzun uzun mobilya alımını görüştü", ["wood_paper_furniture"]),
    ],
)
def test_what_the_verb_is_about_comes_before_who_speaks_and_where(language: str, text: str, sectors: list[str]) -> None:
    read = document(text, language)
    kinds = read.hits("kinds")
    kind = clauses.kind_of(kinds, has_money=False)
    assert kind is not None
    verb = clauses.verb_of(read, kinds, kind)
    assert lead_sectors.sectors_of(read, read.hits("sectors"), verb) == sectors


def test_an_ending_after_an_apostrophe_names_no_sector() -> None:
    read = document("Kurum'un raporu ve 40 ton un", "tr")
    assert [hit.code for hit in read.sectors(0, len(read.words))] == ["food_processing"]


def test_the_first_noun_of_a_russian_phrase_is_what_it_is_about() -> None:
    read = document("тракторы для уборки картофеля и овощей", "ru")
    assert lead_sectors.sectors_of(read, read.hits("sectors"))[0] == "machinery"


@pytest.mark.parametrize(
    ("text", "weak"),
    [("a trading house", False), ("wholesalers", True), ("a housing estate", False), ("builders", True)],
)
def test_what_is_named_in_passing(text: str, weak: bool) -> None:
    read = document(text, "en")
    (hit,) = read.hits("sectors")
    assert lead_sectors.is_weak(read, hit) is weak


def test_what_goes_off_in_the_first_truck_is_not_trucks() -> None:
    read = document("İlk tır 15 Haziran'da yola çıkıyor", "tr")
    assert read.sectors(0, len(read.words)) == []
