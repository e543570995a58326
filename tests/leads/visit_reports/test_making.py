"""What a card's values become in a record."""

import pytest

from leads.visit_reports.services.making import stops_of


@pytest.mark.parametrize(
    ("values", "stops"),
    [
        (
            {"direction": "outbound", "countries": ["TR"], "cities": ["Bursa", "Nowhereville"]},
            [{"country": "TR", "city": "Bursa"}, {"country": "TR", "city": "Nowhereville"}],
        ),
        (
            {"direction": "outbound", "countries": ["DE", "PL", "CZ"], "cities": ["Berlin", "Варшава", "Nowhereville"]},
            [
                {"country": "DE", "city": "Berlin"},
                {"country": "PL", "city": "Варшава"},
                {"city": "Nowhereville"},
                {"country": "CZ"},
            ],
        ),
        ({"direction": "inbound", "countries": ["TR"], "cities": ["Aktobe"]}, [{"city": "Aktobe"}, {"country": "TR"}]),
        ({"direction": "local", "countries": [], "cities": ["Shymkent"]}, [{"city": "Shymkent"}]),
    ],
)
def test_each_city_stands_in_its_country(values: dict[str, object], stops: list[dict[str, str]]) -> None:
    assert stops_of(values) == stops
