"""Whose business a lead is: of the organisations beside it the one that is theirs rather than ours."""

import re
from dataclasses import dataclass

from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.recognisers.organisations import Named
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import Positions

_LATIN = re.compile(r"[A-Za-z]")
# How much speaks for an organisation's being the partner, by what it is: a zone is a place, an office signs for others.
_BY_KIND = {"company": 1.0, "industrial_zone": -2.0, "international": 0.0, "state_body": -1.0}
_CERTAIN, _LIKELY, _HINTED = 2.0, 1.5, 0.7
# Words beside a name that tell whose it is stand within this many words before or after it.
_BEFORE, _AFTER = 4, 2
_STOPS = re.compile(r"[,;:()\n]")


@dataclass(frozen=True, slots=True)
class Home:
    """Which side is ours: its country and region, whether the others are abroad, and which way the visit went."""

    country: str
    region: str | None
    abroad: bool
    direction: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """One place where an organisation is named."""

    start: int
    end: int
    named: Named


class Parties:
    """Tells ours from theirs by legal forms, scripts, and the words and places beside a name."""

    def __init__(
        self, document: Document, organisations: tuple[Named, ...], places: Positions[Mention], home: Home
    ) -> None:
        self._document, self._places, self._home = document, places, home
        self._positions = Positions([Party(*span, one) for one in organisations for span in one.spans])

    def named(self, span: Span) -> list[Named]:
        """Return the organisations named in a stretch of text."""
        return [party.named for party in self._positions.between(*span)]

    def partner(self, span: Span) -> str | None:
        """Return the name of the one that a clause's business is with; None where two are as likely, or all ours."""
        scores: dict[str, float] = {}
        for party in self._positions.between(*span):
            score = self._strangeness(party, span)
            scores[party.named.name] = max(score, scores.get(party.named.name, score))
        best = max(scores.values(), default=None)
        likeliest = [name for name, score in scores.items() if score == best]
        return likeliest[0] if len(likeliest) == 1 and best is not None and best >= 0 else None

    def _strangeness(self, party: Party, within: Span) -> float:
        one, home = party.named, self._home
        score = _BY_KIND.get(one.kind, 0.0)
        if home.abroad and one.home_form:
            score -= _CERTAIN
        if one.country is not None:
            score += self._side(one.country, None) * _CERTAIN
        if self._document.language.is_cyrillic and home.abroad and _LATIN.search(one.name):
            score += 1.0
        return score + self._placed(party, within) * _LIKELY + self._worded(party, within)

    def _side(self, country: str, region: str | None) -> int:
        """Return 1 for a place of theirs, -1 for one of ours, 0 where that is not to be told."""
        home = self._home
        if country != home.country:
            return 1
        if home.abroad:
            return -1
        return 0 if region is None or home.region is None else -1 if region == home.region else 1

    def _placed(self, party: Party, within: Span) -> int:
        """Return the side of the place that stands beside a name: "Aktöbeli X", "X из Троицка"."""
        before, after = self._beside(party, within)
        near = self._places.between(*before)[-1:] + self._places.between(*after)[:1]
        return next((side for one in near if (side := self._side(one.country, one.region))), 0)

    def _worded(self, party: Party, within: Span) -> float:
        """Return what "with" and "local" beside a name say: partners of those who travel are local."""
        document, words = self._document, self._document.words
        (start, end), (_, after) = self._beside(party, within)
        first, last = document.word_at(start), document.word_at(end)
        outbound = self._home.direction == "outbound"
        score = 0.0
        if document.lexicon("leads", "local_words").finds(words, first, last):
            score += _LIKELY if outbound else -_LIKELY
        with_word = document.lexicon("leads", "with_words").finds(words, first, last)
        tails = document.language.words_like("with_tails")
        stop = document.word_at(after)
        tailed = any(tails.fullmatch(word.plain) for word in words[document.word_at(party.end) : stop])
        if with_word or tailed:
            score += _HINTED if outbound else -_HINTED
        return score

    def _beside(self, party: Party, within: Span) -> tuple[Span, Span]:
        """Return the stretches of a few words before and after a name, up to the next stop or other name."""
        document, words = self._document, self._document.words
        first, last = document.word_at(party.start), document.word_at(party.end)
        start = max(within[0], words[max(0, first - _BEFORE)].start) if first else within[0]
        end = min(within[1], words[min(len(words), last + _AFTER) - 1].end) if last else within[1]
        for stop in _STOPS.finditer(document.text, start, party.start):
            start = stop.end()
        for other in self._positions.between(start, party.start):
            start = max(start, min(other.end, party.start))
        end = max(end, party.end)
        end = min([end, *(other.start for other in self._positions.between(party.end, end))])
        stopped = _STOPS.search(document.text, party.end, end)
        return (start, party.start), (party.end, stopped.start() if stopped else end)
