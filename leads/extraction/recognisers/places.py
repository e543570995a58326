"""Countries, cities, regions and peoples that the text names, in any of the scripts and with their endings."""

from dataclasses import dataclass

from leads.extraction import gazetteers
from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.gazetteers import Gazetteer, Place
from leads.extraction.lexicon import Hit, Lexicon

_LONGEST_NAME = 5
# A name shorter than this takes no ending: too many words would be names.
_LEAST_LETTERS = 4
_APOSTROPHES = "'’ʼ`"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place named. `kind`: country, city, region (of Kazakhstan), province (abroad) or people.

    `at` says that the ending, the word before or the word "city" puts something there or towards it.
    """

    kind: str
    country: str
    start: int
    end: int
    first: int
    last: int
    region: str | None = None
    city: str | None = None
    at: bool = False

    @property
    def span(self) -> Span:
        """The characters as evidence."""
        return self.start, self.end


def recognise(document: Document) -> tuple[Mention, ...]:
    """Return the places of a text in order; of two that overlap, the longer."""
    gazetteer = gazetteers.load()
    city_words, at_words = document.lexicon("visit", "city"), document.lexicon("language", "at_words")
    found: list[Mention] = []
    position = 0
    while position < len(document.words):
        mention = _at(document, gazetteer, position)
        if mention is None:
            position += 1
        else:
            found.append(_placed(document, mention, city_words, at_words))
            position = mention.last
    return tuple(found)


def _at(document: Document, gazetteer: Gazetteer, first: int) -> Mention | None:
    words = document.words
    candidates: list[Mention] = []
    for kind, lexicon in (
        ("region", gazetteer.regions),
        ("province", gazetteer.provinces),
        ("country", gazetteer.abbreviations),
        ("people", gazetteer.peoples),
    ):
        for hit in lexicon.at(words, first)[:1]:
            candidates.append(_by_phrase(kind, hit))
    if words[first].text[0].isupper():
        named = _named(document, gazetteer, first)
        if named is not None:
            candidates.append(named)
    order = {"region": 0, "country": 1, "city": 2, "province": 3, "people": 4}
    return min(candidates, key=lambda one: (-one.last, order[one.kind]), default=None)


def _by_phrase(kind: str, hit: Hit) -> Mention:
    country, region = ("KZ", hit.code) if kind == "region" else (hit.code, None)
    return Mention(kind, country, hit.start, hit.end, hit.first, hit.last, region)


def _named(document: Document, gazetteer: Gazetteer, first: int) -> Mention | None:
    words, before = document.words, ""
    best: Mention | None = None
    for last in range(first + 1, min(first + _LONGEST_NAME, len(words)) + 1):
        word = words[last - 1]
        place, tail = _look_up(document, gazetteer, before, word.key)
        if place is not None and (last == first + 1 or word.start - words[last - 2].end <= 2):
            at = bool(tail and document.language.at_tails().fullmatch(tail))
            best = Mention(
                place.kind,
                place.country,
                words[first].start,
                word.end,
                first,
                last,
                place.region,
                place.name if place.kind == "city" else None,
                at,
            )
        before = f"{before}{word.key} "
        if before[:-1] not in gazetteer.beginnings:
            break
    return best


def _look_up(document: Document, gazetteer: Gazetteer, before: str, key: str) -> tuple[Place | None, str]:
    """Return the place a word ends the name of, and what of the word is its ending."""
    exact = gazetteer.names.get(before + key)
    if exact is not None:
        return exact, ""
    if key in gazetteer.everyday_words:
        return None, ""
    tails = document.language.name_tails()
    for cut in range(len(key) - 1, _LEAST_LETTERS - 1, -1):
        place = gazetteer.names.get(before + key[:cut])
        if place is not None and tails.fullmatch(key[cut:]):
            return place, key[cut:]
    swapped = [
        (place, ending)
        for ending, base in document.language.swaps("name_swaps")
        if key.endswith(ending) and len(key) - len(ending) + len(base) >= _LEAST_LETTERS
        for place in (gazetteer.names.get(before + key[: len(key) - len(ending)] + base),)
        if place is not None
    ]
    return max(swapped, key=lambda one: (one[0].kind == "country", one[0].population), default=(None, ""))


def _placed(document: Document, mention: Mention, city_words: Lexicon, at_words: Lexicon) -> Mention:
    """Return the mention with `at` set by the words around it."""
    words, at = document.words, mention.at
    before = max(0, mention.first - 2)
    if any(
        hit.last == mention.first or hit.first == mention.first - 1
        for hit in at_words.find(words, before, mention.first)
    ):
        at = True
    if mention.last < len(words):
        following = words[mention.last]
        suffixed = following.start == mention.end + 1 and document.text[mention.end] in _APOSTROPHES
        if suffixed and document.language.at_tails().fullmatch(following.key):
            at = True
        if city_words.at(words, mention.last):
            at = True
    return (
        mention
        if at == mention.at
        else Mention(
            mention.kind,
            mention.country,
            mention.start,
            mention.end,
            mention.first,
            mention.last,
            mention.region,
            mention.city,
            at,
        )
    )
