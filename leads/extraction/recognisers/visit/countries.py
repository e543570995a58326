"""The countries of those on the other side: where one went, who came, and whose companies were spoken with."""

from bisect import bisect_left
from collections import Counter, defaultdict

from leads.extraction.draft import Span, Spans
from leads.extraction.recognisers.places import Mention
from leads.extraction.recognisers.visit.scene import TRAVELLED, Line, Scene, is_name_part

WEIGHTS = {"region": 3.0, "country": 2.0, "province": 2.0, "city": 1.0, "people": 1.0}
# A country named in passing counts when it is named at least this much as the one named most.
_SHARE, _LEAST, _PROVEN = 0.34, 2.5, 1.0
MOST_EVIDENCE = 3
# An organisation's home stands this near its name: "the Mumbai firm", "Groen Kas of Delft".
_NEAR = 30
# What somebody is of: a company, a chamber, a bank.
_BODIES = ("academic", "association", "bank", "company", "state_body")


def countries_of(scene: Scene, organisations: list[Span]) -> tuple[tuple[str, ...], Spans]:
    """Return the other side's countries, the one named most first, with where they are named."""
    scores: Counter[str] = Counter()
    proven: Counter[str] = Counter()
    spans: dict[str, list[Span]] = defaultdict(list)
    starts, ends = sorted(start for start, _ in organisations), sorted(end for _, end in organisations)
    for mention, line in scene.placed():
        if mention.country == scene.home_country or not line.weight:
            continue
        if scene.companies.touches(mention.start, mention.end) and mention.kind != "people":
            continue
        share = 0.25 if line.planned or is_name_part(scene, mention) else 1.0
        scores[mention.country] += share * WEIGHTS[mention.kind]  # type: ignore[assignment]
        spans[mention.country].append(mention.span)
        named = _owns(scene, mention, starts, ends) or _is_of_body(scene, mention)
        if (_takes_part(line, mention) and share == 1.0) or (named and not is_name_part(scene, mention)):
            proven[mention.country] += 1
    most = _SHARE * max(scores.values(), default=0)
    chosen = [code for code, score in scores.most_common() if proven[code] >= _PROVEN or score >= max(_LEAST, most)]
    told = any(line.codes & {"delegation", "received"} for line in scene.lines if line.weight)
    if not chosen and told:
        chosen = [code for code, _ in scores.most_common(1)] or _of_the_teller(scene, spans)
    return tuple(chosen), tuple(span for code in chosen for span in spans[code][:MOST_EVIDENCE])


def _of_the_teller(scene: Scene, spans: dict[str, list[Span]]) -> list[str]:
    """Return the country that a language is written in, where the text speaks of "our" mission and names no country."""
    we = [hit.span for hit in scene.document.hits("visit", "we")]
    country = [code for code in scene.document.language.phrases("language", "country") if code != scene.home_country]
    if not we or not country:
        return []
    spans[country[0]] = we
    return country[:1]


def _takes_part(line: Line, mention: Mention) -> bool:
    """Return whether a place is where a sentence of the visit puts it, or where those who came are from."""
    if (
        line.opens
        and line.codes & (TRAVELLED | {"attended", "meeting", "received", "talked"})
        and mention.kind != "people"
    ):
        return True
    if mention.kind == "people":
        return line.beside(mention, "delegation", "meeting", "received", "side", "visitors")
    if mention.at or mention.seen:
        return line.beside(mention, "moved", "meeting", "received", "returned", "guest_at", "venue", "delegation")
    if mention.origin:
        return bool(line.codes & (TRAVELLED | {"received", "visitors", "meeting"}))
    return line.beside(mention, "delegation", "visitors", "received", "meeting", "side")


def _is_of_body(scene: Scene, mention: Mention) -> bool:
    """Return whether a people's adjective stands right before a word for a company or office: "мажар компаниясы"."""
    if mention.kind != "people":
        return False
    words, document = scene.document.words, scene.document
    last = min(mention.last + 3, document.sentence_at(mention.start).last)
    return document.lexicon("organisations", *_BODIES).finds(words, mention.last, last)


def _owns(scene: Scene, mention: Mention, starts: list[int], ends: list[int]) -> bool:
    """Return whether a place stands right beside the name of an organisation, as where it is from."""
    text = scene.document.text
    after = bisect_left(starts, mention.end)
    if after < len(starts) and starts[after] - mention.end <= _NEAR:
        between = text[mention.end : starts[after]]
        if not any(mark in between for mark in ".,;:()\n") and between.count(" ") <= 3:
            return mention.kind == "people" or mention.origin or mention.at
    before = bisect_left(ends, mention.start + 1) - 1
    if before >= 0 and mention.start - ends[before] <= _NEAR // 3:
        if mention.origin or text[ends[before] : mention.start].strip() == "(":
            return True
        words = scene.document.words
        low = scene.document.word_at(ends[before])
        linking = scene.document.lexicon("language", "between_words", "from_words")
        return low < mention.first and all(linking.at(words, index) for index in range(low, mention.first))
    return False
