"""What looks like a lead and is none."""

import pytest

from tests.leads.extraction.reading import drafted


@pytest.mark.parametrize(
    "text",
    [
        "The guests looked with interest at a furniture factory.",
        "Гости с интересом осмотрели мебельную фабрику.",
        "Қонақтар жиһаз фабрикасын қызыға аралады.",
        "Konuklar mobilya fabrikasını ilgiyle gezdi.",
        "Делегация спрашивала, сколько стоит вода для теплиц.",
        "Supplies of 400 tonnes of flour are being sent to the fund.",
    ],
)
def test_sightseers_and_plans_of_nobody_are_no_leads(text: str) -> None:
    assert drafted(text)["leads"] == []


def test_interest_in_buying_is_a_lead() -> None:
    (lead,) = drafted("Гости с интересом осмотрели фабрику и хотели бы купить мебель.")["leads"]
    assert (lead["sector"], lead["kind"]) == ("wood_paper_furniture", "interest")


@pytest.mark.parametrize(
    "text",
    [
        "Подписаны семь меморандумов на 120 млн долларов, один из них – о сборке тракторов за 30 млн долларов.",
        "Seven memoranda worth USD 120 million were signed, one of them on tractor assembly for USD 30 million.",
    ],
)
def test_project_named_inside_a_package_of_papers_is_a_lead_beside_it(text: str) -> None:
    found = {(lead["sector"], lead["kind"], lead["amount"]) for lead in drafted(text)["leads"]}
    assert found == {("other", "memorandum", 120_000_000), ("machinery", "memorandum", 30_000_000)}
