"""How sure its words make a name a person's: given names, patronymics, family names, particles."""

from collections.abc import Iterable

from leads.extraction.gazetteers import people
from leads.extraction.languages import Language
from leads.extraction.lexicon import Word
from leads.extraction.recognisers.person_names import LIKELY, SHAPE, SURE

_LEAST_SURNAME, _LEAST_GIVEN = 4, 4
# Chinese, Korean and Vietnamese names: a family name and one or two short words.
_EASTERN_WORDS, _LONGEST_EASTERN, _SHORTEST_EASTERN = (2, 3), 9, 5


def strength_of(words: Iterable[Word], language: Language, *, particles: bool) -> int:
    """Return how sure the capitalised words of a run are a person's name; `particles`: "bin" or "von" joins them."""
    names = [word for word in words if word.text[0].isupper()]
    if len(names) < 2:
        return SHAPE
    if any(is_given(word, language) for word in names) or any(language.is_patronymic(word.plain) for word in names):
        return SURE
    if _is_eastern(names):
        return SURE if len(names) > 2 else LIKELY
    if particles or any(is_surname(word, language) for word in names):
        return LIKELY
    return SHAPE


def is_given(word: Word, language: Language) -> bool:
    """Return whether a word is a given name, in its first form or another."""
    if people.is_given(word.key):
        return True
    if language.is_cyrillic is not ("Ѐ" <= word.text[0] <= "ӿ"):
        return False
    return any(
        word.key.endswith(ending)
        and len(word.key) - len(ending) >= _LEAST_GIVEN + len(base)
        and people.is_given(word.key[: len(word.key) - len(ending)] + base)
        for ending, base in language.swaps("given_swaps")
    )


def is_surname(word: Word, language: Language) -> bool:
    """Return whether a word ends like a family name, whatever case it stands in."""
    return len(word.plain) >= _LEAST_SURNAME and language.is_surname(word.plain)


def _is_eastern(names: list[Word]) -> bool:
    if len(names) not in _EASTERN_WORDS or not people.is_family_first(names[0].key):
        return False
    longest = _LONGEST_EASTERN if len(names) == min(_EASTERN_WORDS) else _SHORTEST_EASTERN + 1
    return all(len(word.text) <= longest for word in names[1:])
