"""What the ways to recognise a person's name share: the name that may be one, and how sure its words make it."""

from dataclasses import dataclass

from leads.extraction.draft import Span

# How sure the words of a name make it a person's: only its shape says so, its family name does, its given name does.
SHAPE, LIKELY, SURE = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run that may be a person's name: its characters and words (`first` to before `last`).

    A `doubtful` one needs a title: it is a headline's or has words that name cities.
    """

    start: int
    end: int
    first: int
    last: int
    strength: int = SHAPE
    initials: bool = False
    doubtful: bool = False

    @property
    def span(self) -> Span:
        """The characters as evidence."""
        return self.start, self.end
