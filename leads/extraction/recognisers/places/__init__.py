"""Countries, cities, regions and peoples that the text names, in any of the scripts and with their endings."""

import re
from dataclasses import replace

from leads.extraction import gazetteers
from leads.extraction.document import Document
from leads.extraction.gazetteers import Gazetteer, Place
from leads.extraction.lexicon import Hit, Lexicon, Word
from leads.extraction.recognisers.places.demonyms import demonym
from leads.extraction.recognisers.places.mention import Mention
from leads.extraction.recognisers.places.namesakes import settled
from leads.extraction.recognisers.places.roles import Roles

_LONGEST_NAME = 5
# A name shorter than this takes no ending: too many words would be names.
_LEAST_LETTERS = 4

__all__ = ["Mention", "recognise"]


def recognise(document: Document) -> tuple[Mention, ...]:
    """Return the places of a text in order; of two that overlap, the longer."""
    gazetteer, roles = gazetteers.load(), Roles(document)
    found: list[Mention] = []
    position = 0
    while position < len(document.words):
        mention = _at(document, gazetteer, position)
        if mention is None:
            position += 1
        else:
            found.append(roles.placed(mention))
            position = mention.last
    return tuple(_together(document, settled(gazetteer, found)))


def _together(document: Document, found: list[Mention]) -> list[Mention]:
    """Let cities that are named in one breath ("Milan and Bologna") share where they are."""
    joining = document.lexicon("dates", "and")
    groups: list[list[Mention]] = []
    for mention in found:
        before = groups[-1][-1] if groups else None
        if before is not None and before.kind == mention.kind == "city" and _joined(document, before, mention, joining):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return [one for group in groups for one in _sharing(group)]


def _sharing(group: list[Mention]) -> list[Mention]:
    if len(group) == 1:
        return group
    origin = any(one.origin for one in group)
    at = not origin and any(one.at for one in group)
    return [replace(one, at=at, origin=origin, seen=any(one.seen for one in group)) for one in group]


def _joined(document: Document, before: Mention, mention: Mention, joining: Lexicon) -> bool:
    words = document.words[before.last : mention.first]
    if not words and document.text[before.end : mention.start].isspace():
        return False
    if len(words) > 1 or (words and not joining.at(document.words, before.last)):
        return False
    return re.fullmatch(r"[\s,–—-]*\w*[\s,–—-]*", document.text[before.end : mention.start]) is not None


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
            if kind != "people" or not _is_tongue(document, hit):
                candidates.append(_by_phrase(document, kind, hit))
    named = _named(document, gazetteer, first) if words[first].text[0].isupper() else None
    if named is None and not candidates:
        named = demonym(document, first)
    if named is not None:
        candidates.append(named)
    order = {"region": 0, "country": 1, "province": 2, "city": 3, "people": 4}
    return min(candidates, key=lambda one: (-one.last, order[one.kind]), default=None)


def _is_tongue(document: Document, hit: Hit) -> bool:
    """Return whether a people's word means its language: "İngilizce", "ағылшын тілінде"."""
    ending = document.words[hit.last - 1].key
    if any(document.language.tails("tongue_tails").fullmatch(ending[cut:]) for cut in range(3, len(ending))):
        return True
    return hit.last < len(document.words) and bool(document.lexicon("visit", "tongue").at(document.words, hit.last))


def _by_phrase(document: Document, kind: str, hit: Hit) -> Mention:
    key = document.words[hit.last - 1].key
    fits = document.language.demonym_tails().fullmatch
    resident = kind == "region" and hit.last - hit.first == 1 and any(fits(key[cut:]) for cut in range(3, len(key)))
    country, region = ("KZ", hit.code) if kind == "region" else (hit.code, None)
    return Mention(kind, country, hit.start, hit.end, hit.first, hit.last, region, key=hit.phrase, origin=resident)


def _named(document: Document, gazetteer: Gazetteer, first: int) -> Mention | None:
    words, before = document.words, ""
    best: Mention | None = None
    for last in range(first + 1, min(first + _LONGEST_NAME, len(words)) + 1):
        word = words[last - 1]
        place, key, tail = _look_up(document, gazetteer, before, word.key, _is_abbreviation(document, word))
        if place is not None and (last == first + 1 or word.start - words[last - 2].end <= 2):
            best = Mention(
                place.kind,
                place.country,
                words[first].start,
                word.end,
                first,
                last,
                place.region,
                place.name if place.kind == "city" else None,
                tail,
                key,
            )
        before = f"{before}{word.key} "
        if before[:-1] not in gazetteer.beginnings:
            break
    return best


def _is_abbreviation(document: Document, word: Word) -> bool:
    """Return whether a word of capitals stands beside words that are not: "агентство KOTRA" is not of Kotri."""
    if not word.text.isupper():
        return False
    index = document.word_at(word.start)
    beside = (*document.words[max(0, index - 1) : index], *document.words[index + 1 : index + 2])
    return any(one.text.islower() for one in beside)


def _look_up(
    document: Document, gazetteer: Gazetteer, before: str, key: str, is_abbreviation: bool
) -> tuple[Place | None, str, str]:
    """Return the place a word ends the name of, its key, and the word's ending (abbreviations have none)."""
    exact = gazetteer.names.get(before + key)
    if exact is not None:
        return exact, before + key, ""
    if key in gazetteer.everyday_words or is_abbreviation:
        return None, "", ""
    tails = document.language.name_tails()
    for cut in range(len(key) - 1, 1, -1):
        if cut < _LEAST_LETTERS and key[:cut] not in gazetteer.short_names:
            continue
        place = gazetteer.names.get(before + key[:cut])
        if place is not None and tails.fullmatch(key[cut:]):
            return place, before + key[:cut], key[cut:]
    swapped = [
        (place, before + key[: len(key) - len(ending)] + base, ending)
        for ending, base in document.language.swaps("name_swaps")
        if key.endswith(ending) and _is_long_enough(gazetteer, key[: len(key) - len(ending)] + base)
        for place in (gazetteer.names.get(before + key[: len(key) - len(ending)] + base),)
        if place is not None
    ]
    return max(swapped, key=lambda one: (one[0].kind == "country", one[0].population), default=(None, "", ""))


def _is_long_enough(gazetteer: Gazetteer, base: str) -> bool:
    return len(base) >= _LEAST_LETTERS or base in gazetteer.short_names
