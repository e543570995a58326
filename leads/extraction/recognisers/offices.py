"""Whether a branch of the economy is an office's rather than a business's: "deputy minister of agriculture"."""

import re

from leads.extraction.document import Document
from leads.extraction.lexicon import Hit

# A sector this near to a word for an office is the office's.
_NEAR = 3


def belongs(document: Document, hit: Hit, office: Hit) -> bool:
    """Return whether a sector is an office's: in it, or near it with no comma between."""
    if hit.start < office.end and office.start < hit.end:
        return True
    first, last = (office.last, hit.first) if office.first < hit.first else (hit.last, office.first)
    if last - first >= _NEAR or document.lexicon("dates", "and").finds(document.words, first, last):
        return False
    if document.lexicon("participants", "went").finds(document.words, first, last):
        return False
    if document.lexicon("organisations", "company", "works").finds(document.words, first, last):
        return False  # the head of a mill is no official
    return not re.search(r"[,;:()]", document.text[min(hit.end, office.end) : max(hit.start, office.start)])
