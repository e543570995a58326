"""What the visit was for, in the report's words: the list behind "the aim of the visit"."""

import re

from leads.extraction.document import Document
from leads.extraction.draft import Purpose

_LEAD_IN = re.compile(r"\s*(?:[–—:-]|is\b|was\b|are\b|были?\b|является\b)\s*")
_PARTS = re.compile(r",\s+|;\s*|\s+(?:және|and|и|ve)\s+(?=\w+\s+\w+\s+\w+)")
_LEAST_LETTERS, _REACH = 12, 60


def recognise(document: Document) -> tuple[Purpose, ...]:
    """Return the aims that follow the word for an aim and a dash or a colon, in the first such sentence."""
    lexicon = document.lexicon("visit", "purpose")
    for sentence in document.sentences:
        if sentence.background:
            continue
        for hit in lexicon.find(document.words, sentence.first, sentence.last):
            lead_in = _LEAD_IN.search(document.text, hit.end, min(sentence.end, hit.end + _REACH))
            if lead_in is None:
                continue
            found, start = [], lead_in.end()
            for part in [*_PARTS.finditer(document.text, start, sentence.end), None]:
                end = part.start() if part else sentence.end
                span = document.trimmed(start, end)
                if span[1] - span[0] >= _LEAST_LETTERS:
                    found.append(Purpose(text=document.quote(span), evidence=(span,)))
                start = part.end() if part else end
            if found:
                return tuple(found)
    return ()
