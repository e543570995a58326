"""What every engine is: something that reads a text and drafts what it says."""

from typing import Protocol

from leads.extraction.document import Context
from leads.extraction.draft import Draft


class Engine(Protocol):
    """Reads a report. Two calls with the same text and context give the same draft."""

    @property
    def name(self) -> str:
        """The engine's name, kept with the draft."""
        ...

    def extract(self, text: str, context: Context) -> Draft:
        """Return the draft of a text; every value in it points at characters of that text."""
        ...
