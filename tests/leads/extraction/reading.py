"""Short-hands for tests of recognisers: a document of a text, and what is found in it."""

from datetime import date
from typing import Any

from leads.extraction import extract, languages
from leads.extraction.document import Document, read


def document(text: str, language: str) -> Document:
    """Return a text cut into words and sentences, in a given language."""
    return read(text, languages.load(language))


def drafted(text: str, published: str | None = None, home: str = "KZ") -> dict[str, Any]:
    """Return the draft of a text as JSON."""
    return extract(text, published=date.fromisoformat(published) if published else None, home=home).as_dict()
