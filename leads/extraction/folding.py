"""The only folding in the house: one ASCII-like key for Cyrillic and Latin writing of the same word.

Бурса, Bursa and BURSA fold to the same key; so do Ақтөбе, Aqtöbe and Aktobe, or Қызылорда, Kızılorda and Kyzylorda.
Search keeps folded text in its columns and folds the query the same way; matching compares folded names. A key is for
comparing only: it is shorter or longer than what it was made of, so offsets into a text must never be taken from it.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz

_LETTERS = {
    # Russian and the rest of Cyrillic
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "j", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    # Kazakh and its neighbours
    "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i", "ҳ": "h", "ў": "u",
    "ї": "i", "є": "e", "ј": "j", "җ": "j",
    # Latin letters whose mark carries a sound of its own
    "ı": "i", "ş": "sh", "ș": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "j", "ğ": "g", "ə": "a", "ł": "l", "đ": "d",
    "ø": "o", "æ": "a", "œ": "o", "þ": "th", "ð": "d", "q": "k", "w": "v", "x": "ks", "y": "i",
    # marks inside a word that do not part it (Türkiye'de, O'zbek, Xi'an)
    "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "`": "", "´": "", "\u00ad": "",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS)
_DIGRAPHS = re.compile(r"shch|kh|gh|zh|ph|ck|ii+|uu+")
_SPELLED = {"shch": "sh", "kh": "h", "gh": "g", "zh": "j", "ph": "f", "ck": "k"}
_BETWEEN_WORDS = re.compile(r"[\W_]+")
# A name inside another one counts from this many words up: "Bursa" alone is not "Bursa Organize Sanayi Bölgesi".
_WORDS_TO_STAND_INSIDE = 2
_INSIDE = 0.95


def fold(text: str) -> str:
    """Return the key of a text: lower-case ASCII letters and digits, words parted by one space.

    Letters of other scripts (Chinese, Arabic …) stay as they are. Time grows with the length and nothing else.
    """
    text = unicodedata.normalize("NFKC", text).casefold().translate(_TABLE)
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark)).translate(_TABLE)
    spelled = _DIGRAPHS.sub(lambda found: _SPELLED.get(found[0], found[0][0]), bare)
    return _BETWEEN_WORDS.sub(" ", spelled).strip()


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return `fold(word)`, remembered: for the words of a text, which come again and again."""
    return fold(word)


@cache
def legal_forms() -> tuple[str, ...]:
    """Return the legal forms of companies as they are written (ЖШС, ТОО, A.Ş., Co., Ltd), the longest first."""
    data = tomllib.loads((Path(__file__).parent / "legal_forms.toml").read_text("utf-8"))
    return tuple(
        sorted(
            {form for forms in data.values() for form in forms},
            key=lambda form: (-len(form), form),
        )
    )


@cache
def _folded_legal_forms() -> re.Pattern[str]:
    keys = sorted({fold(form) for form in legal_forms()}, key=lambda key: (-len(key), key))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, keys)) + r")\b")


def fold_name(name: str) -> str:
    """Return the key of an organisation's name without its legal form; the bare key where nothing else is left."""
    key = fold(name)
    return " ".join(_folded_legal_forms().sub(" ", key).split()) or key


def name_similarity(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1, across scripts, in any order of words, legal forms aside.

    A name of two words or more that stands wholly inside the other gives at least 0.95. An empty name is like none.
    """
    first, second = fold_name(one), fold_name(other)
    if not first or not second:
        return 0.0
    alike = fuzz.token_sort_ratio(first, second) / 100
    fewer, more = sorted((set(first.split()), set(second.split())), key=len)
    if len(fewer) >= _WORDS_TO_STAND_INSIDE and fewer <= more:
        return max(alike, _INSIDE)
    return alike
