"""Which way a visit went, seen from home, whoever tells of it.

Three things say so: where it took place, where the group is from, and who travelled to whom.
"""

from dataclasses import dataclass

from leads.extraction.recognisers.places import Mention
from leads.extraction.recognisers.visit.headings import is_dateline, is_heading
from leads.extraction.recognisers.visit.scene import FAR, TRAVELLED, VISIT, Line, Scene

_ORIGIN, _OWNER, _VENUE, _MOVED, _SAID = 3.0, 3.0, 1.5, 3.0, 0.5
_DATELINE, _HEADING = 2.0, 1.5
_CAME = TRAVELLED | {"received", "visitors"}
# A place in a sentence that tells nothing of the visit is rather that of a plant or a road.
_BARE, _ALONE = 0.3, 0.8


@dataclass(slots=True)
class Balance:
    """How much speaks for a trip abroad, for guests from abroad, and for anybody having come at all."""

    out: float = 0.0
    came: float = 0.0
    visited: float = 0.0

    def add(self, weight: float, *, abroad: bool) -> None:
        """Put a weight on one side."""
        if abroad:
            self.out += weight
        else:
            self.came += weight


def direction_of(scene: Scene, countries: frozenset[str], home: str | None, other: str | None) -> str | None:
    """Return outbound, inbound or local; None where nothing says so."""
    if not countries:
        return "outbound" if other else ("local" if home else None)
    balance = Balance()
    for line in scene.lines:
        if line.weight:
            _weigh(scene, line, countries, balance)
    if balance.out > balance.came:
        return "outbound"
    return "local" if balance.visited < 1 and _is_local(scene) else "inbound"


def _weigh(scene: Scene, line: Line, countries: frozenset[str], balance: Balance) -> None:
    gathering = bool(line.codes & {"event", "local"})
    for mention in line.places:
        if mention.country in countries or mention.country == scene.home_country:
            foreign = mention.country in countries
            _weigh_heading(scene, mention, balance, foreign=foreign)
            _weigh_place(scene, line, mention, balance, foreign=foreign)
            balance.visited += foreign and not gathering and _tells_of_guests(line, mention)
    abroad = took_place_abroad(scene, line, countries)
    if abroad is not None:
        balance.add(line.weight * _MOVED, abroad=abroad)
        balance.visited += not abroad and not gathering
    teller = "we_host" in line.codes, "we_travel" in line.codes
    if any(teller) and scene.document.language.phrases("language", "country"):
        balance.add(line.weight * _MOVED, abroad=teller[0])
        balance.visited += 1
    balance.out += line.weight * _SAID * ("outbound" in line.codes)
    balance.came += line.weight * _SAID * ("inbound" in line.codes)


def _weigh_heading(scene: Scene, mention: Mention, balance: Balance, *, foreign: bool) -> None:
    if foreign and is_dateline(scene, mention):
        balance.add(_DATELINE, abroad=True)
    elif is_heading(scene, mention):
        balance.add(_HEADING, abroad=foreign)


def _weigh_place(scene: Scene, line: Line, mention: Mention, balance: Balance, *, foreign: bool) -> None:
    if mention.at and mention.kind != "people":
        balance.add(line.weight * _weight_at(scene, mention, line), abroad=foreign)
    elif mention.origin and line.codes & _CAME:
        balance.add(line.weight * _ORIGIN, abroad=not foreign)
    elif _owns_group(line, mention) and not mention.seen:
        balance.add(line.weight * _OWNER, abroad=not foreign)


def _owns_group(line: Line, mention: Mention) -> bool:
    """Return whether a group is said to be of a place or people; "Turkish colleagues" are whom it met."""
    if mention.kind == "people" and any(hit.first == mention.last for hit in line.of("side")):
        return False
    return line.beside(mention, "delegation") or (line.beside(mention, "visitors") and "moved" in line.codes)


def _tells_of_guests(line: Line, mention: Mention) -> bool:
    """Return whether a sentence tells of those who are from a place as guests."""
    if mention.at and mention.kind != "people":
        return False
    if mention.origin and line.codes & _CAME:
        return True
    return _owns_group(line, mention) or line.beside(mention, "side") or "received" in line.codes


def _weight_at(scene: Scene, mention: Mention, line: Line) -> float:
    """Return how much a place says of where the visit was: much beside a verb of visiting, little of business."""
    visit, works = scene.nearness(mention, line, VISIT)
    if visit <= works and visit < FAR:
        return _VENUE
    return _BARE if works < FAR or not line.opens else _ALONE


def took_place_abroad(scene: Scene, line: Line, countries: frozenset[str]) -> bool | None:
    """Return whether a sentence that tells who went where, or who received whom, puts it abroad; None if neither.

    Who goes somewhere is where the verb's place is: the one put there by its ending, else the first after the verb
    ("visited Bursa"), else the last before it ("Bursa'yı ziyaret etti"). Who receives is at home: the host comes first,
    unless the guests are "received by".
    """
    home = scene.home_country
    places = [
        one for one in line.places
        if (one.country in countries or one.country == home) and one.kind != "people" and not _is_origin(line, one)
    ]  # fmt: skip
    moved = line.of("moved", "guest_at")
    if moved and places:
        put = [one for one in places if one.at or one.seen]
        behind = [one for one in put or places if one.start > moved[0].start]
        before = [one for one in put or places if one.start < moved[0].start]
        if put or behind or len(before) > 1:
            return (behind[0] if behind else before[-1]).country != home
    return _received_abroad(scene, line, countries)


def _is_origin(line: Line, mention: Mention) -> bool:
    """Return whether somebody is from a place, or from one in it: "Kazakistan'ın Aktöbe bölgesinden gelen"."""
    return mention.origin or any(
        one.origin and one.country == mention.country and one.first == mention.last + _owned(mention, one)
        for one in line.places
    )


def _owned(mention: Mention, inner: Mention) -> int:
    """Return how many words part a country from its place: the ending after an apostrophe is a word of its own."""
    return min(max(inner.first - mention.last, 0), 1)


def _received_abroad(scene: Scene, line: Line, countries: frozenset[str]) -> bool | None:
    home = scene.home_country
    received = line.of("received", "guest_of")
    named = [(hit.start, True) for hit in line.of("ours")]
    named += [
        (one.start, one.country == home)
        for one in line.places
        if (one.country in countries or one.country == home) and not _is_origin(line, one)
    ]
    if not received or not named:
        return None
    put = [one for one in line.places if one.at and one.kind != "people" and one.country in {home, *countries}]
    if put:
        return put[-1].country != home
    if received[0].code == "guest_of":
        return min(named)[1]
    hosts = [one for one in named if one[0] < received[0].start]
    return not min(hosts)[1] if hosts else None


def _is_local(scene: Scene) -> bool:
    """Return whether the opening tells of an event or a round at home."""
    opening = [line for line in scene.lines if line.opens and line.weight]
    return any(line.codes & {"event", "local"} for line in opening)
