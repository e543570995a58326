"""What people type where a number stands."""

import pytest

from crm.companies.models import Company
from crm.shared.numbers import LARGEST, whole_number, whole_numbers
from tests.factories.companies import CompanyFactory


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 0 ", 0),
        (7, 7),
        (str(LARGEST), LARGEST),
        (str(LARGEST + 1), None),
        ("9" * 5_000, None),
        ("²", None),
        ("٣", None),
        ("-1", None),
        ("1.0", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_only_digits_that_a_database_holds_are_a_number(text: object, number: int | None) -> None:
    assert whole_number(text) == number


def test_what_is_no_number_is_left_out() -> None:
    assert whole_numbers(["3", "x", "9" * 30, "5"]) == [3, 5]


@pytest.mark.django_db
def test_a_number_larger_than_its_column_matches_nothing() -> None:
    company = CompanyFactory()
    assert list(Company.objects.filter(pk__in=[company.pk, 10**30])) == [company]
    assert not Company.objects.filter(pk__in=[10**30, -(10**30)]).exists()
    assert list(Company.objects.filter(pk__in=Company.objects.values("pk"))) == [company]
