"""How far a clause's business has come, whether it counts papers, and whether a paper is one between authorities."""

import pytest

from leads.extraction.recognisers import clauses, dates
from leads.extraction.spans import Positions
from tests.leads.extraction.reading import document


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("обсудили поставку оборудования", "negotiation"),
        ("подписали соглашение о закупке станков", "supply"),
        ("подготовлен проект соглашения о поставке", "negotiation"),
        ("закупит станки", "supply"),
        ("поставки станков", None),
        ("взяло на баланс, договор поставки на руках", "supply"),
        ("на столе черновик контракта на станки", "negotiation"),
        ("контракт на строительство дороги", "agreement"),
        ("меморандум не подписан, но завод построят", "investment_project"),
        ("подписали меморандум, от кредита отказались", "memorandum"),
        ("рабочая группа обсудит поставки", None),
        ("планируют открыть цех", "interest"),
        ("построит завод и будет экспортировать продукцию", "investment_project"),
        ("строительство завода", None),
        ("от строительства завода отказались", None),
        ("погода была хорошей", None),
    ],
)
def test_kind_of_a_clause(text: str, kind: str | None) -> None:
    assert clauses.kind_of(document(text, "ru").hits("kinds"), has_money=False) == kind


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("en", "12 agreements worth USD 300 million", True),
        ("ru", "подписано семь меморандумов на 300 млн долларов", True),
        ("tr", "toplam değeri 340 milyon dolara varan on bir mutabakat zaptı", True),
        ("tr", "340 milyon dolarlık bir mutabakat zaptı", False),
        ("ru", "подписали соглашений на 18 млн долларов", True),
        ("en", "a three-year contract worth USD 3 million", False),
        ("ru", "подписанный 21 мая меморандум на 3 млн долларов", False),
    ],
)
def test_papers_are_counted_by_a_number_that_is_no_date_and_no_length(language: str, text: str, counts: bool) -> None:
    read = document(text, language)
    found = clauses.is_package(read, read.hits("kinds"), (0, len(text)), Positions(dates.recognise(read)))
    assert found is counts


def test_a_total_of_papers_that_say_what_they_are_about_is_no_package() -> None:
    read = document("подписали контрактов на поставку муки на 5 млн долларов", "ru")
    kinds, whole = read.hits("kinds"), (0, len(read.text))
    assert not clauses.is_package(read, kinds, whole, Positions(()), sectors=True)


@pytest.mark.parametrize(
    ("language", "text", "is_one"),
    [
        ("en", "the akim and the governor signed a memorandum of cooperation", True),
        ("en", "the akim watched the two firms sign a memorandum", False),
        ("ru", "соглашение о сотрудничестве между акиматом и воеводством", True),
        ("ru", "соглашение о побратимстве и сотрудничестве между акиматом и мэрией", False),
        ("ru", "стороны подписали соглашение о межрегиональном сотрудничестве", True),
        ("tr", "valilik ile belediye arasında iş birliği protokolü", True),
    ],
)
def test_a_paper_between_authorities_on_working_together_is_a_framework(language: str, text: str, is_one: bool) -> None:
    assert clauses.is_framework(document(text, language), (0, len(text))) is is_one


def test_sums_and_goods_make_projects_and_supplies_of_bare_nouns() -> None:
    assert clauses.kind_of(document("строительство завода", "ru").hits("kinds"), has_money=True) == "investment_project"
    assert clauses.kind_of(document("поставки станков", "ru").hits("kinds"), has_money=False, sold=True) == "supply"
