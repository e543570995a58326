"""The reference data holds what drafts of reports may name."""

import pytest

from crm.reference.models import Currency
from leads.extraction import codes

pytestmark = pytest.mark.django_db


def test_every_currency_of_a_draft_is_known_to_the_office() -> None:
    assert set(Currency.objects.values_list("code", flat=True)) >= codes.CURRENCIES
