"""Which language a report is written in: by its function words, the endings of its words, and its letters."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from leads.extraction import languages
from leads.extraction.folding import fold_word
from leads.extraction.lexicon import Word

# An ending says less than a whole word.
_ENDING_WEIGHT = 0.4
# A letter that only one of the languages has says as much as this many function words per letter of the text.
_LETTER_WEIGHT = 2.0
# In a short text without such words the alphabet decides; of two that fit, the smaller one.
_ALPHABET_WEIGHT = 0.05
_ENOUGH_WORDS = 4000
_ENOUGH_PLAIN = 3
_LEAST_LETTERS = 5
_ENDING_LENGTHS = (4, 3, 2)


def recognise(words: tuple[Word, ...]) -> str | None:
    """Return the code of the likeliest language, or None for a text without any known word or letter."""
    sample = words[:_ENOUGH_WORDS]
    known, endings = _known("function_words", "telling_words"), _known("endings")
    scores: dict[str, float] = dict.fromkeys(languages.available(), 0.0)
    for key, count in Counter((word.key, word.plain[:1]) for word in sample).items():
        for code, share in _share(known.get(key[0], ()), key[1]):
            scores[code] += count * share
        if len(key[0]) >= _LEAST_LETTERS:
            ending = next((found for length in _ENDING_LENGTHS if (found := endings.get(key[0][-length:]))), ())
            for code, share in _share(ending, key[1]):
                scores[code] += _ENDING_WEIGHT * count * share
    # Names bring letters of other languages along.
    plain = [word for word in sample if word.text[0].islower()]
    letters = Counter(char for word in (plain if len(plain) >= _ENOUGH_PLAIN else sample) for char in word.text.lower())
    total_letters = max(1, sum(letters.values()))
    for code in scores:
        scores[code] /= max(1, len(sample))
        scores[code] += _by_letters(code, letters, total_letters)
    best = max(sorted(scores), key=lambda code: scores[code], default=None)
    return best if best is not None and scores[best] > 0 else None


def _share(codes: Iterable[str], letter: str) -> list[tuple[str, float]]:
    """Return the languages that may write a word, each with its share: those that have the word's first letter."""
    fitting = [code for code in codes if letter in _alphabet(code)]
    return [(code, 1 / len(fitting)) for code in fitting]


def _by_letters(code: str, letters: Mapping[str, int], total: int) -> float:
    own = sum(letters.get(char, 0) for char in languages.load(code).phrases("language", "letters"))
    alphabet = _alphabet(code)
    fitting = sum(count for char, count in letters.items() if char in alphabet) / total
    return _LETTER_WEIGHT * own / total + _ALPHABET_WEIGHT * fitting * (1 + 1 / (1 + len(alphabet)))


@cache
def _alphabet(code: str) -> str:
    return "".join(languages.load(code).phrases("language", "alphabet"))


@cache
def _known(*lists: str) -> Mapping[str, tuple[str, ...]]:
    """Return the languages of each folded word or ending of some lists."""
    found: dict[str, list[str]] = {}
    for code in languages.available():
        language = languages.load(code)
        for key in {fold_word(one) for table in lists for one in language.phrases("language", table)}:
            found.setdefault(key, []).append(code)
    return {key: tuple(codes) for key, codes in found.items()}
