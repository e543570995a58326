"""A person is ours or theirs by the title, by the organisation, else by a Kazakh given name."""

import pytest

from tests.leads.extraction.reading import drafted

VISITS = {
    "Делегация Актобе посетила Бурсу. Аким Ерлан Сапаров встретился с мэром Бурсы Томашем Новаком.": "Томаш Новак",
    "Ақтөбе делегациясы Бурсаға барды. Бурса мэрі Роберт Браун облыс әкімі Ерлан Сапаровпен кездесті.": "Роберт Браун",
    "A delegation of Aktobe region visited Bursa. The Mayor of Bursa Orhan Kaya met Akim Yerlan Saparov.": "Orhan Kaya",
    "Aktöbe heyeti Bursa'yı gezdi. Bursa Valisi Orhan Kaya, Aktöbe Valisi Yerlan Saparov ile görüştü.": "Orhan Kaya",
}


@pytest.mark.parametrize("text", VISITS)
def test_side_of_a_person(text: str) -> None:
    sides = {one["name"]: one["role"] for one in drafted(text)["people"]}
    assert [name for name, role in sides.items() if role == "counterpart"] == [VISITS[text]]
    assert "home" in sides.values()


def test_person_without_a_title_is_ours_by_a_kazakh_given_name() -> None:
    people = drafted("Делегация Актюбинской области была в Бурсе. С нами ездили Айгерим Тлеу и Томаш Новак.")["people"]
    assert {one["name"]: one["role"] for one in people} == {"Айгерим Тлеу": "home", "Томаш Новак": "counterpart"}


def test_person_speaks_for_the_organisation_of_the_title() -> None:
    (person,) = drafted("Делегация была в Бурсе. Директор ТОО «Степной мельник» Олег Зимин выступил.")["people"]
    assert person["organisation"] == "ТОО «Степной мельник»"
