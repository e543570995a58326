"""What each sentence tells of a visit: its places with their roles, and the words for going, receiving and meeting."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from leads.extraction.document import Context, Document, Sentence
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import SpanIndex

# What brings a visit to a place: something took place there, or somebody was there.
VISIT = (
    "attended", "delegation", "event", "fair", "guest_at", "guest_of", "meeting", "moved", "received", "returned",
    "talked", "venue",
)  # fmt: skip
TOLD = frozenset(VISIT)
# A trip or a guest: no mere meeting.
TRAVELLED = frozenset({"delegation", "guest_at", "guest_of", "moved", "returned"})
_BESIDE = 5
FAR = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: how much it counts (0 for one that only looks back), its places, and its cues in order."""

    number: int
    opens: bool
    sentence: Sentence
    weight: float
    planned: bool
    places: tuple[Mention, ...]
    hits: tuple[Hit, ...]
    codes: frozenset[str]

    @property
    def is_told(self) -> bool:
        """Whether it says that something took place or somebody was there."""
        return bool(self.codes & TOLD)

    def of(self, *codes: str) -> list[Hit]:
        """Return the hits of some cues."""
        return [hit for hit in self.hits if hit.code in codes]

    def beside(self, mention: Mention, *codes: str) -> bool:
        """Return whether one of the cues stands within five words of a place."""
        return any(
            mention.first - _BESIDE <= hit.first and hit.last <= mention.last + _BESIDE for hit in self.of(*codes)
        )


@dataclass(frozen=True)
class Scene:
    """A report's sentences that name places or tell of the visit."""

    document: Document
    context: Context
    lines: tuple[Line, ...]
    names: SpanIndex = field(repr=False)
    companies: SpanIndex = field(repr=False)
    business: Mapping[int, tuple[int, ...]] = field(repr=False)

    @property
    def home_country(self) -> str:
        """The country the visit is seen from."""
        return self.context.home_country

    def nearness(self, mention: Mention, line: Line, codes: Iterable[str]) -> tuple[int, int]:
        """Return how many words lie between a place and the nearest of some cues, and the nearest word of business."""
        visit = min((abs(hit.first - mention.first) for hit in line.of(*codes)), default=FAR)
        works = min((abs(word - mention.first) for word in self.business.get(line.number, ())), default=FAR)
        return visit, works

    def placed(self) -> Iterator[tuple[Mention, Line]]:
        """Yield every place with its line."""
        for line in self.lines:
            for mention in line.places:
                yield mention, line


def is_name_part(scene: Scene, mention: Mention) -> bool:
    """Return whether a place goes on in capitals without a role of its own: the first word of some name."""
    if mention.at or mention.origin or mention.seen or mention.kind != "city":
        return False
    words = scene.document.words
    follows = words[mention.last : mention.last + 1]
    if not follows or follows[0].start != mention.end + 1 or not follows[0].text[0].isupper():
        return False
    return not scene.names.touches(mention.start, mention.end) and scene.document.text[mention.end] == " "
