"""Who comes from a city, said by a word that is no name: "челябілік", "омские", "павлодарцы"."""

from functools import lru_cache

from leads.extraction import gazetteers, languages
from leads.extraction.document import Document
from leads.extraction.gazetteers import Place
from leads.extraction.languages import Language
from leads.extraction.recognisers.places.mention import Mention

_LEAST_LETTERS = 5
# Of smaller towns too many everyday words would be adjectives; those of our own country are worth it.
_LEAST_PEOPLE, _LEAST_PEOPLE_HOME = 150_000, 20_000
_HOME = "KZ"


def demonym(document: Document, index: int) -> Mention | None:
    """Return the place that a word's stem names, where its ending makes it an adjective or a people."""
    word = document.words[index]
    place = _home_of(document.language.code, word.key) if len(word.key) > _LEAST_LETTERS else None
    if place is None:
        return None
    return Mention("people", place.country, word.start, word.end, index, index + 1, place.region, origin=True)


@lru_cache(maxsize=65536)
def _home_of(code: str, key: str) -> Place | None:
    gazetteer = gazetteers.load()
    for base in _bases(languages.load(code), key):
        place = gazetteer.names.get(base)
        if place is not None and _is_known(place) and base not in gazetteer.everyday_words:
            return place
    return None


def _bases(language: Language, key: str) -> list[str]:
    tails = language.demonym_tails()
    bases = [key[:cut] for cut in range(len(key) - 2, _LEAST_LETTERS - 1, -1) if tails.fullmatch(key[cut:])]
    for ending, base in language.swaps("demonym_swaps"):
        if key.endswith(ending):
            bases.append(key[: len(key) - len(ending)] + base)
    return [base for base in bases if len(base) >= _LEAST_LETTERS]


def _is_known(place: Place) -> bool:
    least = _LEAST_PEOPLE_HOME if place.country == _HOME else _LEAST_PEOPLE
    return place.kind == "city" and place.population >= least
