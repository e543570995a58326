"""Sums of money and numbers of jobs."""

from decimal import Decimal

import pytest

from leads.extraction.recognisers import amounts, numbers
from tests.leads.extraction.reading import document


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("kk", "құны 18 млрд теңге", [("18000000000", "KZT")]),
        ("kk", "жарты миллион емес, 1,5 млн АҚШ доллары", [("1500000", "USD")]),
        ("kk", "екі миллиард теңге", [("2000000000", "KZT")]),
        ("ru", "контракт на 14 млн долл. США", [("14000000", "USD")]),
        ("ru", "стоимость 12,6 млрд тенге", [("12600000000", "KZT")]),
        ("ru", "свыше 300 тысяч евро", [("300000", "EUR")]),
        ("ru", "5 млн. тенге в год", [("5000000", "KZT")]),
        ("ru", "полтора миллиарда тенге", [("1500000000", "KZT")]),
        ("kk", "бір жарым миллион доллар", [("1500000", "USD")]),
        ("kk", "жарты миллион еуро", [("500000", "EUR")]),
        ("ru", "прибыло 120 млн. Евро остался прежним", []),
        ("en", "worth $210 million", [("210000000", "USD")]),
        ("en", "GBP 2.2 million", [("2200000", "GBP")]),
        ("en", "EUR 40 million, or KZT 20 billion", [("40000000", "EUR"), ("20000000000", "KZT")]),
        ("tr", "12 milyon dolarlık yatırım", [("12000000", "USD")]),
        ("tr", "2,7 milyon avro", [("2700000", "EUR")]),
        ("ru", "50 МВт и 200 человек", []),
    ],
)
def test_amounts(language: str, text: str, found: list[tuple[str, str]]) -> None:
    read = document(text, language)
    sums = amounts.recognise(read, numbers.recognise(read))
    assert [(one.value, one.currency) for one in sums] == [(Decimal(value), currency) for value, currency in found]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("kk", "150 жаңа жұмыс орны ашылады", 150),
        ("kk", "320 адам жұмыспен қамтылады", 320),
        ("ru", "будет создано 210 рабочих мест", 210),
        ("en", "600 permanent jobs will be created", 600),
        ("tr", "fabrikada 250 kişi çalışacak", 250),
    ],
)
def test_jobs(language: str, text: str, count: int) -> None:
    read = document(text, language)
    (found,) = amounts.jobs(read, numbers.recognise(read), ())
    assert found.count == count
