"""Whose visit it was: the region of ours that sent the group or received it, and the one a trip inside went to."""

from collections import Counter

from leads.extraction import gazetteers
from leads.extraction.draft import Spans
from leads.extraction.recognisers.places import Mention
from leads.extraction.recognisers.visit.countries import MOST_EVIDENCE, WEIGHTS
from leads.extraction.recognisers.visit.scene import TRAVELLED, Scene, is_name_part

_OWNED, _OURS = 4.0, 2.0


def home_of(scene: Scene, *, inside: bool) -> tuple[str | None, Spans]:
    """Return the home region, or the home country where only that is named, with where it is named.

    `inside`: nobody came from abroad; then who travelled decides, and where they went is another region.
    """
    scores = regions(scene)
    given = scene.context.home if "-" in scene.context.home else None
    if not scores:
        named = [mention.span for mention, _ in scene.placed() if mention.country == scene.home_country]
        return (scene.home_country, tuple(named[:MOST_EVIDENCE])) if named else (given, ())
    best = given if given in scores else None
    if best is None:
        owned = _owned(scene)
        least = max(owned.values(), default=0)
        travelled = {code for code in scores if inside and least and owned[code] == least} or set(scores)
        best = max(sorted(travelled), key=lambda code: scores[code] + owned[code])
    spans = [mention.span for mention, _ in scene.placed() if region_of(mention) == best]
    return best, tuple(spans[:MOST_EVIDENCE])


def region_of(mention: Mention) -> str | None:
    """Return the region of Kazakhstan that a place is or lies in; none for a people."""
    return mention.region if mention.kind in ("region", "city") else None


def regions(scene: Scene, *, at: bool | None = None) -> Counter[str]:
    """Return how much each region of ours is spoken of; of places that are put somewhere only, if asked for."""
    scores: Counter[str] = Counter()
    for mention, line in scene.placed():
        region = mention.region
        if region is None or mention.country != scene.home_country or (at is not None and mention.at is not at):
            continue
        weight = WEIGHTS[mention.kind] * (1.0 if line.weight else 0.3)
        weight *= 0.3 if is_name_part(scene, mention) or scene.companies.touches(mention.start, mention.end) else 1.0
        scores[region] += weight * (1.7 if line.opens else 1.0)  # type: ignore[assignment]
    return scores


def _owned(scene: Scene) -> Counter[str]:
    """Return how much a region stands beside the words for a delegation or for its head: that region sent it."""
    found: Counter[str] = Counter()
    for mention, line in scene.placed():
        if not mention.region or mention.at or mention.seen or not line.weight:
            continue
        if line.beside(mention, "delegation") or (mention.origin and line.codes & TRAVELLED):
            found[mention.region] += _OWNED  # type: ignore[assignment]
        elif line.beside(mention, "visitors", "ours") and "moved" in line.codes:
            found[mention.region] += _OURS  # type: ignore[assignment]
    return found


def other_region(scene: Scene, home: str | None) -> str | None:
    """Return the region that a trip inside the country went to, if it went to another one."""
    others = {code: score for code, score in regions(scene, at=True).items() if code != home}
    candidates = [code for code in others if _went_to(scene, code)]
    return max(sorted(candidates), key=lambda code: others[code], default=None)


def _went_to(scene: Scene, region: str) -> bool:
    """Return whether a sentence tells of somebody who went to a region, or signed something with its akim there."""
    for mention, line in scene.placed():
        if mention.region != region or not line.weight or not (mention.at or mention.seen) or line.planned:
            continue
        if line.codes & {"moved", "guest_at", "returned"} or line.codes >= {"delegation", "meeting"}:
            return True
    return False


def centre_of(home: str, scene: Scene) -> Mention | None:
    """Return where the centre of a region is first named."""
    centre = gazetteers.load().region_centres.get(home)
    return next((mention for mention, _ in scene.placed() if mention.city == centre), None)
