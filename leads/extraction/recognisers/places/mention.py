"""A place that a text names."""

from dataclasses import dataclass

from leads.extraction.draft import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One place named. `kind`: country, city, region (of Kazakhstan), province (abroad) or people.

    `key` is the name as the gazetteer has it, `tail` the ending, both folded. `at` says that the ending, the word
    before or the word "city" puts something there or towards it; `origin` that somebody is from there; `seen` that it
    stands as what was visited ("Bursa'yı gezdi"), which the verb decides.
    """

    kind: str
    country: str
    start: int
    end: int
    first: int
    last: int
    region: str | None = None
    city: str | None = None
    tail: str = ""
    key: str = ""
    at: bool = False
    origin: bool = False
    seen: bool = False

    @property
    def span(self) -> Span:
        """The characters as evidence."""
        return self.start, self.end
