"""What the ways to recognise an organisation's name share: the name found, and legal forms around it."""

import re
from dataclasses import dataclass
from functools import cache

from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.folding import fold, legal_forms

type Spans = tuple[Span, ...]

CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
LEAST_ALONE = 4
MOST_WORDS = 9
_LEAST_STEM = 3
_HOME_FORMS = frozenset({"jshs", "too", "ak", "ao", "jk", "ip", "kh", "llp", "jsc", "shk", "spk", "akk", "nao"})


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation named, all its places in the text, what kind it is and whose (country, if its name tells).

    `core` is the folded name inside quotation marks.
    """

    name: str
    kind: str
    spans: Spans
    home_form: bool = False
    country: str | None = None
    core: str = ""


@cache
def _forms() -> str:
    return "|".join(map(re.escape, legal_forms()))


@cache
def form_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_forms()})\s?$")


@cache
def form_after() -> re.Pattern[str]:
    return re.compile(rf"[\s,]{{0,2}}(?:{_forms()})(?!\w)(?!\s*[«“„\"])")


@cache
def form_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_forms()})$")


def first_form_of(document: Document, name: str) -> str:
    """Return an organisation's name in its first form: every word by `nominative`, the last by `nominative_last`."""
    *others, last = name.split(" ")
    every = document.language.swaps("nominative")
    words = [swapped(word, every) for word in (*others, last)]
    words[-1] = swapped(words[-1], document.language.swaps("nominative_last"))
    return " ".join(words)


def swapped(word: str, swaps: tuple[tuple[str, str], ...]) -> str:
    """Return a word with the first ending that fits put back into its first form."""
    for ending, base in swaps:
        stem = len(word) - len(ending)
        if word.lower().endswith(ending) and (stem >= _LEAST_STEM or len(ending) > _LEAST_STEM):
            return word[:stem] + (base if stem else word[0] + base[1:])
    return word


@cache
def form_at_start() -> re.Pattern[str]:
    return re.compile(rf"(?:{_forms()})\s(?=\w)")


def is_home_form(form: str | None) -> bool:
    """Return whether a legal form is one of ours."""
    return form is not None and fold(form) in _HOME_FORMS
