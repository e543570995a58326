"""Puts a person's name back into its first form: `Сергеем Николаевым` → `Сергей Николаев`, never a woman into a man.

A language gives its cases as lines of `name_cases` in `language.toml`: `SURNAME>BASE | OTHER>BASE … | TITLE …`. A case
applies where the last word ends in SURNAME (a pattern) and, if TITLE endings are given, the title's noun ends in one of
them and the other words agree: `директора Ивана Петрова` is Иван Петров, `директор Марина Белова` stays as she is.
"""

import re
from dataclasses import dataclass
from functools import cache

from leads.extraction.languages import Language

_LEAST_STEM = 3


@dataclass(frozen=True, slots=True)
class NameCase:
    """One case: what the surname ends in, its base, what other words end in with their bases, endings of titles."""

    surname: re.Pattern[str]
    base: str
    others: tuple[tuple[str, str], ...]
    titles: tuple[str, ...]

    def undone(self, others: list[str], surname: str, title: str) -> str | None:
        """Return the first form of a name in this case; None for one that is not."""
        found = self.surname.search(surname.lower())
        if found is None or found.start() < _LEAST_STEM or not title.endswith(self.titles or ("",)):
            return None
        bare = [_swapped(word, self.others) for word in others]
        agrees = not self.titles or bare != others
        return " ".join([*bare, surname[: found.start()] + self.base]) if agrees else None


def first_form(name: str, title: str, language: Language) -> str:
    """Return a name in its first form; unchanged where its language knows no case, or none applies.

    `title` is the title's leading noun in lower case, or nothing.
    """
    *others, surname = name.split()
    undone = (case.undone(others, surname, title) for case in _cases(language))
    return next((form for form in undone if form is not None), name)


def _swapped(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, base in endings:
        if word.lower().endswith(ending) and len(word) - len(ending) >= _LEAST_STEM - 1:
            return word[: len(word) - len(ending)] + base
    return word


def _cases(language: Language) -> tuple[NameCase, ...]:
    return _parsed(tuple(language.lines("name_cases")))


@cache
def _parsed(lines: tuple[str, ...]) -> tuple[NameCase, ...]:
    cases = []
    for line in lines:
        surname, others, titles = (*(part.strip() for part in line.split(" | ")), "", "")[:3]
        ending, _, base = surname.partition(">")
        pairs = tuple((one.partition(">")[0], one.partition(">")[2]) for one in others.split())
        cases.append(NameCase(re.compile(f"(?:{ending})$"), base, pairs, tuple(titles.split())))
    return tuple(cases)
