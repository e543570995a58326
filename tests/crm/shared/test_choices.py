"""Names of countries and languages as CLDR has them."""

import pytest
from django.utils.translation import override

from crm.shared.choices import language_name


@pytest.mark.parametrize(
    ("page", "code", "name"),
    [("en", "uz", "Uzbek"), ("ru", "kk", "Казахский"), ("kk", "tr", "Түрік тілі"), ("en", "xx-unknown", "Xx-unknown")],
)
def test_language_is_called_in_the_language_of_the_page(page: str, code: str, name: str) -> None:
    with override(page):
        assert language_name(code) == name
