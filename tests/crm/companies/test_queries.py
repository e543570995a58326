"""Which companies may be the same one: the pairs are judged by people, the numbers only have to agree with them."""

from collections.abc import Callable

import pytest

from crm.accounts.models import User
from crm.companies import services
from crm.companies.choices import Likeness
from crm.companies.models import Company, CompanyName
from crm.companies.queries import company_directory, name_key, similar_companies

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("Бурса Тас ЖШС", "Bursa Tas"),
        ("Örnek Yapı A.Ş.", "ORNEK YAPI"),
        ("Bursa Organize Sanayi Bölgesi", "Бурса Организе Санайи Бөлгеси"),
        ("Yeşilova Organize Sanayi Bölgesi", "Yesilova Organize Sanayi"),
        ("Marmara Hat Lojistik", "Marmara Hat Lojstik"),
        ("ТОО «Қазақ Құрылыс»", "Qazaq Qurylys LLP"),
    ],
)
def test_the_same_firm_is_found_across_scripts_and_legal_forms(official: User, known: str, asked: str) -> None:
    company = services.create_company(by=official, name=known)
    assert [found.company for found in similar_companies(asked)] == [company]


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("Bursa Organize Sanayi Bölgesi", "Bursa"),
        ("Bursa Organize Sanayi Bölgesi", "Gebze Teknik Üniversitesi"),
        ("Ақтөбе Цемент", "Ақтөбе Құс"),
        ("Anhui Solar Glass", "Lingyun Wind Blades"),
    ],
)
def test_different_firms_are_not(official: User, known: str, asked: str) -> None:
    services.create_company(by=official, name=known)
    assert similar_companies(asked) == []


def test_each_find_says_why_and_the_surest_comes_first(official: User) -> None:
    same = services.create_company(by=official, name="Bursa Tas")
    named = services.create_company(by=official, name="Stone Works", other_names=["Бурса Тас"])
    like = services.create_company(by=official, name="Bursa Taş Ocağı")
    found = similar_companies("Bursa Tas")
    assert {(row.company, row.reason) for row in found[:2]} == {
        (same, Likeness.SAME_NAME),
        (named, Likeness.SAME_OTHER_NAME),
    }
    assert [(row.company, row.reason) for row in found[2:]] in ([], [(like, Likeness.SIMILAR_NAME)])


def test_the_same_bin_beats_every_name(official: User) -> None:
    services.create_company(by=official, name="Bursa Tas")
    same = Company.objects.create(name="Whatever", bin="940240000001", folded_name="vhatever")
    found = similar_companies("Bursa Tas", bin="940240000001")
    assert (found[0].company, found[0].reason) == (same, Likeness.SAME_BIN)
    assert len(found) == 2


def test_the_other_country_counts_against_and_archived_ones_do_not_count(official: User) -> None:
    services.create_company(by=official, name="Delta Group", country="TR")
    home = services.create_company(by=official, name="Delta Group", country="KZ")
    assert similar_companies("Delta Group", country="KZ")[0].company == home
    assert [row.score for row in similar_companies("Delta Group", country="KZ")] == [1.0, 0.9]
    services.archive_company(home, by=official, reason="Closed")
    assert home not in [row.company for row in similar_companies("Delta Group")]
    assert similar_companies("") == []


def test_ten_thousand_companies_take_three_queries_and_no_full_objects(
    official: User, django_assert_num_queries: Callable
) -> None:
    names = [f"Firm {number:05d} Holding {number % 97}" for number in range(10_000)]
    Company.objects.bulk_create(Company(name=name, folded_name=name_key(name)) for name in names)
    first = Company.objects.order_by("pk")[0]
    CompanyName.objects.create(company=first, name="Бурса Тас", folded=name_key("Бурса Тас"))
    with django_assert_num_queries(3):
        found = similar_companies("Bursa Tas")
    assert [row.company for row in found] == [first]
    directory = company_directory()
    with django_assert_num_queries(1):
        assert similar_companies("Bursa Tas", directory=directory)[0].company == first
