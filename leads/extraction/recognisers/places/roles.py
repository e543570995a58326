"""What a place is to its sentence: where something is or goes, where somebody is from, or what is visited."""

from collections.abc import Callable
from dataclasses import replace

from leads.extraction.document import Document
from leads.extraction.lexicon import Lexicon
from leads.extraction.recognisers.places.mention import Mention

_APOSTROPHES = "'’ʼ`"
_TAIL_LENGTHS = (2, 3, 4, 5, 6)
_REACH = 3


class Roles:
    """Tells the roles of places by endings and by the words beside them."""

    def __init__(self, document: Document) -> None:
        self._document, self._words = document, document.words
        self._city = document.lexicon("visit", "city")
        self._before = {code: document.lexicon("language", f"{code}_words") for code in ("at", "from")}
        self._between = document.lexicon("language", "between_words")
        tails = document.language.tails
        self._demonym = document.language.demonym_tails().fullmatch
        self._tails: dict[str, Callable[[str], object]] = {
            code: tails(f"{code}_tails").fullmatch for code in ("at", "from", "seen")
        }

    def placed(self, mention: Mention) -> Mention:
        """Return the mention with its roles."""
        endings = self._endings(mention)
        if any(self._demonym(ending) for ending in endings):
            return replace(mention, kind="people", city=None, origin=True)
        has = {code: any(fits(ending) for ending in endings) for code, fits in self._tails.items()}
        at = has["at"] or self._follows(mention, self._before["at"])
        origin = mention.origin or has["from"] or self._follows(mention, self._before["from"])
        named_city = mention.last < len(self._words) and bool(self._city.at(self._words, mention.last))
        if named_city and not origin and not mention.tail:
            at = at or not self._ends_like(mention.last, "from")
            origin = self._ends_like(mention.last, "from")
        return replace(mention, at=at and not origin, origin=origin, seen=has["seen"])

    def _endings(self, mention: Mention) -> list[str]:
        words, last = self._words, mention.last
        endings = [mention.tail] if mention.tail else []
        if last < len(words):
            following = words[last]
            apart = following.start == mention.end + 1 and self._document.text[mention.end] in _APOSTROPHES
            endings += [following.key] if apart else []
        if mention.kind in ("region", "province"):
            key = words[last - 1].key
            endings += [key[-length:] for length in _TAIL_LENGTHS if length < len(key)]
        return endings

    def _ends_like(self, index: int, code: str) -> bool:
        key = self._words[index].key
        return any(self._tails[code](key[-length:]) for length in _TAIL_LENGTHS if length < len(key))

    def _follows(self, mention: Mention, lexicon: Lexicon) -> bool:
        """Return whether a word stands before the place, right before it or with little between ("in the city of")."""
        words = self._words
        sentence = self._document.sentence_at(mention.start)
        for hit in lexicon.find(words, max(sentence.first, mention.first - _REACH), mention.first):
            between = range(hit.last, mention.first)
            little = all(self._between.at(words, index) for index in between)
            if little or (len(between) == 1 and words[hit.last].text[0].islower() and mention.kind == "city"):
                return True
        return False
