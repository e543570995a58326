"""How like two words are by their trigrams, as PostgreSQL's ``pg_trgm`` reckons it: for SQLite, which does not."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def _trigrams(word: str) -> tuple[str, ...]:
    padded = f"  {word} "
    return tuple(padded[place : place + 3] for place in range(len(padded) - 2))


def word_similarity(word: str, text: str) -> float:
    """Return how like ``word`` the nearest stretch of a word of ``text`` is, 0 to 1, as ``pg_trgm`` reckons it.

    Source: PostgreSQL's documentation, appendix F, ``word_similarity``: the greatest similarity of the first string's
    trigrams and any continuous extent of the second's.
    """
    wanted = set(_trigrams(word))
    return max((_nearest(wanted, _trigrams(other)) for other in text.split()), default=0.0)


def _nearest(wanted: set[str], trigrams: tuple[str, ...]) -> float:
    places = [place for place, trigram in enumerate(trigrams) if trigram in wanted]
    best = 0.0
    for number, first in enumerate(places):
        for last in places[number:]:
            extent = set(trigrams[first : last + 1])
            common = len(extent & wanted)
            best = max(best, common / (len(wanted) + len(extent) - common))
    return best
