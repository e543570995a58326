"""Reads a visit report and drafts what it says. Plain Python: no Django, no network, no clock."""

from collections.abc import Iterable
from datetime import date

from leads.extraction.document import Context
from leads.extraction.draft import Draft, UngroundedClaimError
from leads.extraction.engines.base import Engine
from leads.extraction.engines.embedded import EmbeddedEngine

__all__ = ["Draft", "UngroundedClaimError", "extract"]


def extract(
    text: str,
    *,
    published: date | None = None,
    home: str = "KZ",
    known_companies: Iterable[str] = (),
    engine: Engine | None = None,
) -> Draft:
    """Return the draft of a report.

    `text` is taken as it is: all offsets count its characters. `published` settles years that the text leaves
    out; without it the day the text itself bears is taken. `home` is the region (`KZ-15`) or country the visit is
    seen from. `known_companies`
    are names already on the books. Time grows with the length of the text and nothing else; how long a text may be is
    the doors' to say (`leads.extraction.readers`).
    """
    context = Context(published=published, home=home, known_companies=tuple(known_companies))
    return (engine or EmbeddedEngine()).extract(text, context)
