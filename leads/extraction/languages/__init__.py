"""What the engine knows of a language: one folder of lists, so that a new word or a new language needs no Python.

Each `<table>.toml` holds lists of phrases by code (how phrases are written: `leads.extraction.lexicon`). Which tables
and codes there may be is fixed below and tested. `language.toml` says how the language is told from others and how
names inflect.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from leads.extraction import codes
from leads.extraction.lexicon import Lexicon

FOLDER = Path(__file__).parent
_DIGITS = frozenset(str(number) for number in (*range(1, 20), *range(20, 100, 10), *range(100, 1000, 100)))
TABLES: Mapping[str, frozenset[str]] = {
    "language": frozenset(
        {
            "abbreviations",
            "alphabet",
            "also",
            "at_tails",
            "at_words",
            "decimal",
            "function_words",
            "letters",
            "name_swaps",
            "name_tails",
            "nominative",
        }
    ),
    "amounts": codes.CURRENCIES | {"jobs", "jobs_context", "not_a_deal", "residents"},
    "dates": frozenset(f"{month:02d}" for month in range(1, 13))
    | {"and", "duration", "from", "last_week", "published", "this_year", "today", "until", "year", "yesterday"},
    "kinds": codes.LEAD_KINDS | {"refusal", "wish"},
    "numbers": _DIGITS | {"0.5", "1.5", "1000", "1000000", "1000000000", "1000000000000"},
    "organisations": codes.ORGANISATION_KINDS | {"not_a_name", "tail"},
    "people": frozenset({"addressee", "byline", "not_a_name", "particle", "title", "title_after"}),
    "practices": codes.PRACTICE_TOPICS | {"experience", "shown"},
    "sectors": codes.SECTORS,
    "tasks": frozenset({"counterpart", "executor", "executor_ends", "heading", "instruction", "none_heading"}),
    "visit": frozenset(
        {
            "background",
            "city",
            "delegation",
            "event",
            "head",
            "inbound",
            "local",
            "outbound",
            "members",
            "meeting",
            "protocol",
            "purpose",
            "region_people",
            "zone_word",
        }
    ),
}


class LanguageDataError(ValueError):
    """A language's folder holds a table or a code that nothing reads, or lacks one."""


@dataclass(frozen=True)
class Language:
    """One language's lists, with those of the languages that mix into its texts (`also`)."""

    code: str
    tables: Mapping[str, Mapping[str, tuple[str, ...]]] = field(repr=False)
    _lexicons: dict[tuple[str | bool, ...], Lexicon] = field(default_factory=dict, repr=False, compare=False)

    def phrases(self, table: str, code: str) -> tuple[str, ...]:
        """Return one list of the language itself."""
        return self.tables.get(table, {}).get(code, ())

    @property
    def abbreviations(self) -> frozenset[str]:
        """Words whose full stop ends no sentence, in lower case, of this language and those that mix in."""
        return frozenset(word.casefold() for word in self._mixed("language", "abbreviations"))

    def _mixed(self, table: str, code: str) -> list[str]:
        languages = (self, *(load(other) for other in self.phrases("language", "also")))
        return [phrase for one in languages for phrase in one.phrases(table, code)]

    @property
    def is_cyrillic(self) -> bool:
        """Whether the language's own words are written in Cyrillic."""
        return any("а" <= char <= "я" for word in self.phrases("language", "function_words") for char in word)

    def name_tails(self) -> re.Pattern[str]:
        """Return what may follow a name's folded key inside one word (Бурса-дағы → `dagi`)."""
        return _compiled("|".join(f"(?:{tail})" for tail in self._mixed("language", "name_tails")) or "(?!)")

    def at_tails(self) -> re.Pattern[str]:
        """Return the endings that put something at or towards a place (Бурса-да, Бурса-ға)."""
        return _compiled("|".join(f"(?:{tail})" for tail in self._mixed("language", "at_tails")) or "(?!)")

    def swaps(self, code: str) -> tuple[tuple[str, str], ...]:
        """Return endings with what a first form ends in instead ("e>a" of `name_swaps`: Бурсе → Бурса)."""
        pairs = [swap.partition(">") for swap in self._mixed("language", code)]
        return tuple((ending, base) for ending, _, base in pairs)

    def lexicon(self, table: str, *only: str, folded: bool = False) -> Lexicon:
        """Return a table as a lexicon, of this language and those that mix in; of some codes only, if given.

        A `folded` one finds its phrases in a text that is written in another script too.
        """
        known = self._lexicons.get((folded, table, *only))
        if known is None:
            merged: dict[str, list[str]] = {}
            for one in (self, *(load(other) for other in self.phrases("language", "also"))):
                for code, phrases in one.tables.get(table, {}).items():
                    if not only or code in only:
                        merged.setdefault(code, []).extend(phrases)
            known = self._lexicons[folded, table, *only] = Lexicon(merged, folded=folded)
        return known


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def available() -> tuple[str, ...]:
    """Return the codes of the languages that have a folder, sorted."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/language.toml")))


@cache
def load(code: str) -> Language:
    """Return a language; raise `LanguageDataError` where its folder holds something nothing reads."""
    tables: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for path in sorted((FOLDER / code).glob("*.toml")):
        allowed = TABLES.get(path.stem)
        if allowed is None:
            raise LanguageDataError(f"{code}/{path.name}: no such table; there are {', '.join(sorted(TABLES))}")
        table = {key: tuple(phrases) for key, phrases in tomllib.loads(path.read_text("utf-8")).items()}
        unknown = sorted(set(table) - allowed)
        if unknown:
            raise LanguageDataError(f"{code}/{path.name}: nothing reads {', '.join(unknown)}")
        tables[path.stem] = table
    if "language" not in tables:
        raise LanguageDataError(f"{code}: language.toml is missing")
    return Language(code, tables)
