"""Leads: sector, level of commitment, sum, jobs."""

import pytest

from tests.leads.extraction.reading import drafted


def leads(text: str) -> list[tuple[str, str]]:
    return [(lead["sector"], lead["kind"]) for lead in drafted(text)["leads"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Италиялық компания цемент зауытына қызығушылық танытты.", [("construction_materials", "interest")]),
        ("Тараптар мақта өсіру жайын талқылады.", [("agriculture", "negotiation")]),
        ("Тоқыма фабрикасын салу туралы меморандумға қол қойылды.", [("textile", "memorandum")]),
        ("Ұн жеткізу жөнінде келісімшарт жасалды.", [("food_processing", "supply")]),
        ("Фармацевтика саласында бірлескен кәсіпорын құрылды.", [("pharma_medical", "joint_venture")]),
        ("Стороны обсудили поставки мебели и договорились встретиться.", [("wood_paper_furniture", "negotiation")]),
        ("Подписан меморандум о строительстве цементного завода.", [("construction_materials", "memorandum")]),
        ("Подписан контракт на поставку автобусов на 3 млн евро.", [("automotive", "supply")]),
        ("The company is interested in building a solar plant here.", [("renewables", "interest")]),
        ("They signed a memorandum on a furniture factory.", [("wood_paper_furniture", "memorandum")]),
        ("Mobilya fabrikası için mutabakat zaptı imzalandı.", [("wood_paper_furniture", "memorandum")]),
        ("Almanlar seralara para yatırmaya hazır.", [("agriculture", "interest")]),
        ("Голландтар бізден ұн сатып алғысы келеді.", [("food_processing", "interest")]),
        ("Голландтар бізден ұн сатып алғысы келмейді.", []),
        ("Подписано 12 документов на 500 млн долларов.", [("other", "agreement")]),
        ("Тараптар ынтымақтастықты нығайтуға келісті.", []),
        ("В прошлом году подписали меморандум о строительстве цементного завода.", []),
        ("The guests saw a leather factory but said it was outside their plans.", []),
    ],
)
def test_level_of_commitment(text: str, found: list[tuple[str, str]]) -> None:
    assert leads(text) == found


def test_two_clauses_with_sectors_of_their_own_are_two_leads() -> None:
    text = "Құрылысшылар цемент өндіруді талқыласа, тоқымашылар мата шығару мәселесін пысықтады."
    assert leads(text) == [("construction_materials", "negotiation"), ("textile", "negotiation")]


def test_sum_and_jobs_of_the_next_sentence_belong_to_the_lead() -> None:
    text = "Цемент зауытын салу туралы меморандумға қол қойылды. Жоба құны 12,5 млрд теңге, 150 жұмыс орны ашылады."
    (lead,) = drafted(text)["leads"]
    assert (lead["amount"], lead["currency"], lead["jobs"]) == (12_500_000_000, "KZT", 150)
    assert any("12,5 млрд" in text[start:end] for start, end in lead["evidence"])


def test_site_named_in_one_sentence_and_priced_in_the_next_is_a_lead() -> None:
    text = "Первый объект – кирпичный завод в Абае. На проект направят 3,2 млрд. тенге."
    (lead,) = drafted(text)["leads"]
    assert (lead["sector"], lead["kind"], lead["amount"]) == (
        "construction_materials",
        "investment_project",
        3_200_000_000,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Товарооборот двух стран составил 5 млрд долларов. Обсудили поставки мебели.",
        "Жыл басынан бері облысқа 312 млрд теңге инвестиция құйылған. Жиһаз жеткізу талқыланды.",
    ],
)
def test_totals_of_a_country_are_no_deal(text: str) -> None:
    assert [lead["amount"] for lead in drafted(text)["leads"]] == [None]


def test_total_of_a_package_of_papers_is_a_lead_of_its_own() -> None:
    (lead,) = drafted("По итогам форума подписали 14 меморандумов на 70 млн долларов.")["leads"]
    assert (lead["sector"], lead["amount"], lead["currency"]) == ("other", 70_000_000, "USD")


def test_who_lends_the_money_is_no_lead_of_its_own() -> None:
    text = "Австрийцы построят завод кирпича. Проект на 9 млрд тенге профинансирует банк развития."
    (lead,) = drafted(text)["leads"]
    assert (lead["sector"], lead["amount"]) == ("construction_materials", 9_000_000_000)


def test_what_one_sum_is_paid_for_is_one_lead() -> None:
    text = "Подписан контракт на поставку вакцин, кормов и племенного скота на 18 млн рублей."
    assert len(drafted(text)["leads"]) == 1


def test_goods_that_change_hands_without_anybody_named_are_no_lead() -> None:
    assert leads("Supplies of 400 tonnes of flour are being sent to the fund.") == []


def test_money_of_a_year_that_is_over_is_no_deals() -> None:
    text = "Завод, куда в 2019 году вложили 5 млн евро, хочет покупать наш лён."
    (lead,) = drafted(text, "2026-05-20")["leads"]
    assert lead["amount"] is None
