"""Cities that stand apart: at the head of a report from there, or over a part of it."""

from leads.extraction.recognisers.dates.named import MONTHS
from leads.extraction.recognisers.places import Mention
from leads.extraction.recognisers.visit.scene import Scene

_HEAD, _LONGEST_HEADING = 60, 8


def is_dateline(scene: Scene, mention: Mention) -> bool:
    """Return whether a city opens the text or a paragraph near its head, set apart: "MERSİN (HHA) – …"."""
    text = scene.document.text
    if (
        mention.kind != "city"
        or mention.first > _HEAD
        or text[max(0, mention.start - 1) : mention.start] not in ("", "\n")
    ):
        return False
    capitals = text[mention.start : mention.end].isupper()
    return text[mention.end : mention.end + 1] in (".", ",") or (
        capitals and text[mention.end : mention.end + 2] in (" (", " –", " -", " —")
    )


def is_heading(scene: Scene, mention: Mention) -> bool:
    """Return whether a city stands alone, or with a day, as a heading: "Lahore. …", "г. Актау, 5 мая 2025 г."."""
    document = scene.document
    sentence = document.sentence_at(mention.start)
    if sentence.first == 0 or sentence.last - sentence.first > _LONGEST_HEADING:
        return False
    city, dates = document.lexicon("visit", "city"), document.lexicon("dates", *MONTHS, "filler", "year")
    return all(
        mention.first <= index < mention.last
        or document.words[index].text.isdecimal()
        or city.at(document.words, index)
        or dates.at(document.words, index)
        for index in range(sentence.first, sentence.last)
    )
