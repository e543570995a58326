"""What the engine knows of a language: one folder of lists, so that a new word or a new language needs no Python.

Each `<table>.toml` holds lists of phrases by code (how phrases are written: `leads.extraction.lexicon`). Which tables
and codes there may be is fixed below and tested. `language.toml` says how the language is told from others and how
names inflect.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from leads.extraction.languages.tables import TABLES
from leads.extraction.lexicon import Lexicon, plain

FOLDER = Path(__file__).parent
_CAPITALS = re.compile(r"[^\W\d_]{2,}")


class LanguageDataError(ValueError):
    """A language's folder holds a table or a code that nothing reads, or lacks one."""


@dataclass(frozen=True)
class Language:
    """One language's lists, with those of the languages that mix into its texts (`also`)."""

    code: str
    tables: Mapping[str, Mapping[str, tuple[str, ...]]] = field(repr=False)
    _swaps: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict, repr=False, compare=False)
    _tails: dict[str, re.Pattern[str]] = field(default_factory=dict, repr=False, compare=False)
    _lexicons: dict[tuple[str | bool, ...], Lexicon] = field(default_factory=dict, repr=False, compare=False)
    _endings: dict[str, re.Pattern[str]] = field(default_factory=dict, repr=False, compare=False)

    def phrases(self, table: str, code: str) -> tuple[str, ...]:
        """Return one list of the language itself."""
        return self.tables.get(table, {}).get(code, ())

    @property
    def abbreviations(self) -> frozenset[str]:
        """Words whose full stop ends no sentence, in lower case, of this language and those that mix in."""
        return frozenset(word.casefold() for word in self._mixed("language", "abbreviations"))

    def _written(self, phrase: str) -> str:
        """Return a phrase without the marks that stand inside words: they are left out of a text's words too."""
        marks = self.phrases("language", "inner_marks")
        return phrase.translate({ord(mark): None for mark in marks}) if marks else phrase

    def _mixed(self, table: str, code: str) -> list[str]:
        languages = (self, *(load(other) for other in self.phrases("language", "also")))
        return [phrase for one in languages for phrase in one.phrases(table, code)]

    @property
    def object_first(self) -> bool:
        """Whether a verb stands after what it is about, as in Kazakh and Turkish."""
        return "object verb" in self.phrases("leads", "word_order")

    @property
    def head_first(self) -> bool:
        """Whether a noun stands before what belongs to it ("склад муки"), as in Russian."""
        return "head first" in self.phrases("leads", "word_order")

    @property
    def is_cyrillic(self) -> bool:
        """Whether the language's own words are written in Cyrillic."""
        return any("а" <= char <= "я" for word in self.phrases("language", "function_words") for char in word)

    def name_tails(self) -> re.Pattern[str]:
        """Return what may follow a name's folded key inside one word (Бурса-дағы → `dagi`)."""
        return self.tails("name_tails")

    def demonym_tails(self) -> re.Pattern[str]:
        """Return what makes a city's folded key the word for who is from there (челябі-лік)."""
        return self.tails("demonym_tails")

    def tails(self, code: str) -> re.Pattern[str]:
        """Return a list of endings, folded, as one pattern: `at_tails` put something at a place (Бурса-да)."""
        known = self._tails.get(code)
        if known is None:
            tails = "|".join(f"(?:{tail})" for tail in self._mixed("language", code))
            known = self._tails[code] = re.compile(tails or "(?!)")
        return known

    def words_like(self, code: str) -> re.Pattern[str]:
        """Return a list of `leads.toml` as one pattern: `people_words` are people by their trade ("жиһазшылар")."""
        known = self._tails.get(f"leads {code}")
        if known is None:
            words = "|".join(f"(?:{word})" for word in self._mixed("leads", code))
            known = self._tails[f"leads {code}"] = re.compile(words or "(?!)")
        return known

    def is_surname(self, word: str) -> bool:
        """Return whether a word in lower case ends like a family name ("есеновой")."""
        return self._ends(word, "surnames")

    def is_patronymic(self, word: str) -> bool:
        """Return whether a word in lower case ends like a name after one's father ("болатовичем")."""
        return self._ends(word, "patronymics")

    def ends_a_name(self, word: str) -> bool:
        """Return whether a word in lower case cannot be followed by more of the same name ("нахаянның")."""
        return self._ends(word, "name_ends")

    def is_from(self, key: str) -> bool:
        """Return whether a folded word says by its ending that somebody is from a place ("ankarali")."""
        return self._ends(key, "dweller_tails")

    def is_adjective(self, word: str) -> bool:
        """Return whether a word in lower case ends like an adjective that stands before its noun."""
        return self._ends(word, "adjectives", own=True)

    def is_genitive(self, word: str) -> bool:
        """Return whether a word in lower case may go on with a name behind its noun ("Банк развития Китая")."""
        return self._ends(word, "genitives", own=True)

    def stops_a_title(self, word: str) -> bool:
        """Return whether a word in lower case ends like none of a title's ("қабылдаған", "kabul eden")."""
        return self._ends(word, "title_stops", own=True)

    def makes_an_office(self, tail: str) -> bool:
        """Return whether a title with this tail is an office, a trade or an adjective ("министр|лігі")."""
        return bool(tail) and self._pattern("office_tails").match(tail) is not None

    @cached_property
    def function_words(self) -> frozenset[str]:
        """The small words of the language, as texts are compared."""
        return frozenset(plain(word) for word in self._mixed("language", "function_words"))

    def in_small_letters(self, name: str) -> str:
        """Return a name whose words in capitals are written small: "WEBER Claudia" is Weber Claudia."""
        dotless = "ı" in "".join(self.phrases("language", "alphabet"))

        def small(word: re.Match[str]) -> str:
            rest = word[0][1:].replace("İ", "i")
            return word[0][0] + (rest.replace("I", "ı") if dotless else rest).lower() if word[0].isupper() else word[0]

        return _CAPITALS.sub(small, name)

    def _ends(self, word: str, code: str, *, own: bool = False) -> bool:
        return self._pattern(code, "$", own=own).search(word) is not None

    def _pattern(self, code: str, end: str = "", *, own: bool = False) -> re.Pattern[str]:
        pattern = self._endings.get(code)
        if pattern is None:
            endings = self.phrases("language", code) if own else self._mixed("language", code)
            pattern = re.compile(f"(?:{'|'.join(endings) or '(?!)'}){end}")
            self._endings[code] = pattern
        return pattern

    def lines_of(self, table: str, code: str) -> list[str]:
        """Return a list of any table with those of the languages that mix in."""
        return self._mixed(table, code)

    def lines(self, code: str) -> list[str]:
        """Return a list of `language.toml` with those of the languages that mix in."""
        return self._mixed("language", code)

    def swaps(self, code: str) -> tuple[tuple[str, str], ...]:
        """Return endings with what a first form ends in instead ("e>a" of `name_swaps`: Бурсе → Бурса)."""
        known = self._swaps.get(code)
        if known is None:
            pairs = [swap.partition(">") for swap in self._mixed("language", code)]
            known = self._swaps[code] = tuple((ending, base) for ending, _, base in pairs)
        return known

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
                        merged.setdefault(code, []).extend(map(one._written, phrases))
            known = self._lexicons[folded, table, *only] = Lexicon(merged, folded=folded)
        return known


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
