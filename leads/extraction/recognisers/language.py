"""Which language a report is written in: by its function words and its letters."""

from collections import Counter

from leads.extraction import languages
from leads.extraction.folding import fold_word
from leads.extraction.lexicon import Word

# A letter that only one of the languages has says as much as this many function words per letter of the text.
_LETTER_WEIGHT = 2.0
# In a short text without such words the alphabet decides; of two that fit, the smaller one.
_ALPHABET_WEIGHT = 0.05
_ENOUGH_WORDS = 4000


def recognise(words: tuple[Word, ...]) -> str | None:
    """Return the code of the likeliest language, or None for a text without any known word or letter."""
    sample = words[:_ENOUGH_WORDS]
    keys = Counter(word.key for word in sample)
    letters = Counter(char for word in sample for char in word.text.lower())
    total_words, total_letters = max(1, len(sample)), max(1, sum(letters.values()))
    scores = {}
    for code in languages.available():
        language = languages.load(code)
        known = sum(keys[fold_word(one)] for one in set(language.phrases("language", "function_words")))
        own = sum(letters[char] for char in language.phrases("language", "letters"))
        alphabet = "".join(language.phrases("language", "alphabet"))
        fitting = sum(count for char, count in letters.items() if char in alphabet) / total_letters
        scores[code] = _ALPHABET_WEIGHT * fitting * (1 + 1 / (1 + len(alphabet)))
        scores[code] += known / total_words + _LETTER_WEIGHT * own / total_letters
    best = max(sorted(scores), key=lambda code: scores[code], default=None)
    return best if best is not None and scores[best] > 0 else None
