"""Numbers as figures and words give exact decimals."""

from decimal import Decimal

import pytest

from leads.extraction.recognisers.numbers import parse_digits, recognise
from tests.leads.extraction.reading import document


@pytest.mark.parametrize(
    ("digits", "decimal", "scaled", "value"),
    [
        ("16,1", ",", True, "16.1"),
        ("16.1", ".", True, "16.1"),
        ("1 400", ",", False, "1400"),
        ("1.400", ",", False, "1400"),
        ("1,400", ".", False, "1400"),
        ("1,400", ",", True, "1.400"),
        ("4 600 000", ",", False, "4600000"),
        ("12", ",", False, "12"),
        ("2.5", ",", False, "2.5"),
    ],
)
def test_digits(digits: str, decimal: str, scaled: bool, value: str) -> None:
    assert parse_digits(digits, decimal, scaled=scaled) == Decimal(value)


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("kk", "үш миллиард төрт жүз миллион", ["3400000000"]),
        ("kk", "жиырма бес мың тонна", ["25000"]),
        ("kk", "16,1 млрд", ["16100000000.0"]),
        ("ru", "сто двадцать пять миллионов", ["125000000"]),
        ("ru", "5 тыс. голов", ["5000"]),
        ("en", "two hundred and", ["200"]),
        ("tr", "on iki bin", ["12000"]),
        ("ru", "в 2025 году 17 гостей", ["2025", "17"]),
    ],
)
def test_numbers_of_a_text(language: str, text: str, values: list[str]) -> None:
    assert [number.value for number in recognise(document(text, language))] == [Decimal(value) for value in values]
