"""Sums of money with their currency, jobs, and whether a sum is a deal's at all."""

import re
from dataclasses import dataclass
from decimal import Decimal

from leads.extraction import codes
from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.recognisers.numbers import Number

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "₸": "KZT", "₽": "RUB", "¥": "CNY", "₺": "TRY"}
_SIGN = re.compile(r"([$€£₸₽¥₺]|\b[A-Z]{3})\s?$")
_SIGN_AFTER = re.compile(r"\s?([$€£₸₽¥₺]|[A-Z]{3}\b)")
_LEAST_JOBS, _MOST_JOBS = 2, 100_000
_REACH = 3
# What makes a sum no deal's stands no more than this many words before or after it.
_BESIDE = 3
_PART = re.compile(r"[,;:!?()\n]")
# A full stop parts a number from a currency only before a capital: `5 млн. тенге` is one sum.
_BREAK = re.compile(r"[;:!?\n]|\.\s+[^\W\d_a-zа-яәғқңөұүһі]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in whole units of a currency (ISO 4217); `aside` where it is the price of a unit or a difference."""

    value: Decimal
    currency: str
    start: int
    end: int
    aside: bool = False

    @property
    def span(self) -> Span:
        """The characters as evidence."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Jobs:
    """A number of jobs promised."""

    count: int
    start: int
    end: int


def recognise(document: Document, numbers: tuple[Number, ...]) -> tuple[Amount, ...]:
    """Return the sums of a text in order."""
    lexicon = document.lexicon("amounts", *codes.CURRENCIES)
    found = []
    for number in numbers:
        currency, start, end = _currency(document, number)
        if currency is None:
            for position in range(number.last, min(number.last + 2, len(document.words))):
                hit = next(iter(lexicon.at(document.words, position)), None)
                if hit is not None and not _BREAK.search(document.text, number.end, hit.start + 1):
                    currency, end = hit.code, hit.end
                    break
        if currency is not None and number.value > 0:
            found.append(Amount(number.value, currency, start, end, _is_aside(document, number, end)))
    return tuple(found)


def _is_aside(document: Document, number: Number, end: int) -> bool:
    """Return whether words beside a sum make it no price of a deal: "per tonne", "apart", "за тонну"."""
    words, last = document.words, document.word_at(end)
    lexicon = document.lexicon("amounts", "not_the_price")
    for first, stop in ((max(0, number.first - _BESIDE), number.first), (last, min(last + _BESIDE, len(words)))):
        for hit in lexicon.find(words, first, stop):
            if not _PART.search(document.text, min(hit.end, number.end), max(hit.start, number.start)):
                return True
    return False


def _currency(document: Document, number: Number) -> tuple[str | None, int, int]:
    before = _SIGN.search(document.text, max(0, number.start - 5), number.start)
    after = _SIGN_AFTER.match(document.text, number.end)
    for sign in (before, after):
        if sign is not None:
            code = _SYMBOLS.get(sign[1], sign[1])
            if code in codes.CURRENCIES:
                return code, min(number.start, sign.start(1)), max(number.end, sign.end(1))
    return None, number.start, number.end


def jobs(document: Document, numbers: tuple[Number, ...], amounts: tuple[Amount, ...]) -> tuple[Jobs, ...]:
    """Return the numbers of jobs: a count with the words for jobs within a few words after it."""
    lexicon = document.lexicon("amounts", "jobs")
    context = document.lexicon("amounts", "jobs_context")
    money = {amount.start for amount in amounts}
    found = []
    for number in numbers:
        if number.start in money or not _LEAST_JOBS <= number.value <= _MOST_JOBS:
            continue
        stop = min(number.last + _REACH, len(document.words))
        hit = next((hit for hit in lexicon.find(document.words, number.last, min(stop + 2, len(document.words)))), None)
        near = hit is not None and hit.first < stop
        led = context.finds(document.words, max(0, number.first - 2), number.first)
        if near or led:
            found.append(Jobs(int(number.value), number.start, hit.end if hit and near else number.end))
    return tuple(found)
