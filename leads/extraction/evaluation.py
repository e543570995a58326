"""How good drafts are: found drafts against annotated ones, slot by slot and language by language.

Drafts are JSON of the schema. Scalars are right, wrong or missing; sets give true and false positives and misses over
all reports; leads match one to one by sector and kind, half where only the sector and the evidence agree.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

type Json = Mapping[str, Any]

SCALARS = ("language", "direction", "home_region", "start_date", "end_date", "head")
SETS = ("countries", "cities", "participant_sectors", "organisations", "people", "practices", "leads", "amounts")
_CLAIMS = ("purposes", "organisations", "people", "meetings", "leads", "practices")
_NAME_RATIO, _INSIDE_RATIO, _PROOF_RATIO, _AMOUNT_TOLERANCE = 85, 95, 80, 0.005
_LEGAL_FORMS = re.compile(
    r"\b(жшс|ақ|тоо|ао|ооо|зао|пао|оао|ип|кх|шқ|llp|llc|ltd|inc|jsc|gmbh|ag|plc|co|corp|corporation|company|"
    r"s\.?p\.?a|a\.?ş|aş|a\.?s|ltd\.? ?şti|şti|san|tic|sp\.? z ?o\.?o|oy|ab|nv|bv|sa|srl|аақ|ӘКК|ӘКҚ|kft|kg|se|"
    r"jshs|jshq)\b\.?",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[«»\"“”„‟'‘’`()\[\],.;:]")
_CITY_ALIASES = {
    "aqtau": "aktau",
    "aqtobe": "aktobe",
    "frankfurt am main": "frankfurt",
    "jezkazgan": "zhezkazgan",
    "kokchetav": "kokshetau",
    "konaev": "qonayev",
    "kunaev": "qonayev",
    "petropavlovsk": "petropavl",
    "qaraghandy": "karaganda",
    "qostanay": "kostanay",
    "qyzylorda": "kyzylorda",
    "saint petersburg": "st petersburg",
    "semipalatinsk": "semey",
    "uralsk": "oral",
    "ust-kamenogorsk": "oskemen",
    "zhezqazghan": "zhezkazgan",
}


@dataclass(slots=True)
class Tally:
    """What was right, made up and missed in one slot; half points count for leads."""

    hit: float = 0.0
    extra: float = 0.0
    missed: float = 0.0

    def add(self, hit: float, extra: float, missed: float) -> None:
        """Add one report's counts."""
        self.hit, self.extra, self.missed = self.hit + hit, self.extra + extra, self.missed + missed

    @property
    def empty(self) -> bool:
        """Whether no report had anything to find here, and nothing was found."""
        return self.hit + self.extra + self.missed == 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.hit / max(self.hit + self.extra, 1e-9)

    @property
    def recall(self) -> float:
        """The share of what there was that was found."""
        return self.hit / max(self.hit + self.missed, 1e-9)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


@dataclass(slots=True)
class Table:
    """Tallies by group ("all", then languages) and slot, grounded values, and the mistakes in words."""

    reports: int
    groups: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    grounded: int = 0
    claimed: int = 0
    mistakes: list[str] = field(default_factory=list)

    def mean_f1(self, group: str = "all") -> float:
        """Return the mean of the slots' F1: the one figure."""
        slots = [tally for tally in self.groups[group].values() if not tally.empty]
        return sum(tally.f1 for tally in slots) / max(len(slots), 1)

    def lines(self) -> Iterator[str]:
        """Yield the table as text, the mean last."""
        for group, slots in self.groups.items():
            yield f"{group}: {self.reports if group == 'all' else ''}".rstrip()
            yield f"{'slot':22}{'precision':>10}{'recall':>10}{'F1':>8}"
            for slot in (*SCALARS, *SETS):
                tally = slots[slot]
                if not tally.empty:
                    yield f"{slot:22}{tally.precision:10.3f}{tally.recall:10.3f}{tally.f1:8.3f}"
            yield ""
        yield f"grounded values: {self.grounded}/{self.claimed}"
        yield "mean F1: " + ", ".join(f"{group} {self.mean_f1(group):.3f}" for group in self.groups)


def score(gold: Mapping[str, Json], found: Mapping[str, Json], texts: Mapping[str, str]) -> Table:
    """Compare found drafts with the annotated ones, by report name; a report with no draft counts as an empty one.

    `texts` are the reports, for the share of values whose evidence holds their own words.
    """
    table = Table(len(gold))
    for name in sorted(gold):
        wanted, draft = gold[name], found.get(name) or {}
        for group in ("all", str(wanted["language"])):
            for slot in (*SCALARS, *SETS):
                table.groups[group][slot].add(*_counts(slot, wanted, draft))
        for slot in (*SCALARS, *SETS):
            _, extra, missed = _counts(slot, wanted, draft)
            if extra or missed:
                table.mistakes.append(f"{name} {slot}: want {_shown(slot, wanted)}, got {_shown(slot, draft)}")
        if name in texts:
            proofs = list(_proofs(draft, unicodedata.normalize("NFC", texts[name])))
            table.claimed, table.grounded = table.claimed + len(proofs), table.grounded + sum(proofs)
    return table


def _counts(slot: str, gold: Json, draft: Json) -> tuple[float, float, float]:
    if slot in SCALARS:
        want, got = _scalar(slot, gold), _scalar(slot, draft)
        right = bool(want and got) and (same_name(want, got) if slot == "head" else want == got)
        return float(right), float(bool(got) and not right), float(bool(want) and not right)
    wanted, given = _items(slot, gold), _items(slot, draft)
    hit = _score_leads(wanted, given) if slot == "leads" else len(_match(wanted, given, _same(slot))[0])
    return hit, len(given) - hit, len(wanted) - hit


def _scalar(slot: str, draft: Json) -> str | None:
    value = (draft.get("head") or {}).get("name") if slot == "head" else draft.get(slot)
    return value if isinstance(value, str) else None


def _items(slot: str, draft: Json) -> list[Any]:
    if slot == "amounts":
        leads = draft.get("leads") or ()
        return [(float(lead["amount"]), lead["currency"]) for lead in leads if lead.get("amount") is not None]
    if slot == "practices":
        return sorted({practice["topic"] for practice in draft.get(slot) or ()})
    if slot in ("leads", "organisations", "people"):
        return list(draft.get(slot) or ())
    return sorted(set(draft.get(slot) or ()))


def _same(slot: str) -> Callable[[Any, Any], bool]:
    if slot == "amounts":
        return lambda one, other: one[1] == other[1] and abs(one[0] - other[0]) <= _AMOUNT_TOLERANCE * abs(one[0])
    if slot in ("organisations", "people"):
        return lambda one, other: same_name(one.get("name"), other.get("name"))
    return same_city if slot == "cities" else lambda one, other: bool(one == other)


def _shown(slot: str, draft: Json) -> object:
    if slot in SCALARS:
        return _scalar(slot, draft)
    if slot == "leads":
        return [(one.get("sector"), one.get("kind"), one.get("counterpart")) for one in _items(slot, draft)]
    return [one.get("name") if isinstance(one, Mapping) else one for one in _items(slot, draft)]


def normalised(name: str | None) -> str:
    """Return a name as it is compared: case folded, without legal forms, quotes and doubled space."""
    name = unicodedata.normalize("NFC", name or "").casefold()
    return " ".join(_QUOTES.sub(" ", _LEGAL_FORMS.sub(" ", _QUOTES.sub(" ", name))).split())


def same_name(one: str | None, other: str | None) -> bool:
    """Return whether two names have the same words, or one of two words or more stands inside the other."""
    first, second = normalised(one), normalised(other)
    if not (first and second):
        return False
    inside = min(len(first.split()), len(second.split())) >= 2 and fuzz.token_set_ratio(first, second) >= _INSIDE_RATIO
    return inside or fuzz.token_sort_ratio(first, second) >= _NAME_RATIO


def same_city(one: str, other: str) -> bool:
    """Return whether two English names mean one city, diacritics and old names aside."""
    return fuzz.ratio(_city_key(one), _city_key(other)) >= _NAME_RATIO


def _city_key(name: str) -> str:
    letters = unicodedata.normalize("NFD", normalised(name.replace("ı", "i").replace("ʻ", "").replace("'", "")))
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return _CITY_ALIASES.get(bare, bare)


def _match[T](gold: Sequence[T], found: Sequence[T], same: Callable[[T, T], bool]) -> tuple[list[T], list[T], list[T]]:
    """Pair each gold item with at most one found item; return gold paired, gold left and found left."""
    left, paired, missed = list(found), [], []
    for item in gold:
        place = next((index for index, other in enumerate(left) if same(item, other)), None)
        if place is None:
            missed.append(item)
        else:
            del left[place]
            paired.append(item)
    return paired, missed, left


def _score_leads(gold: Sequence[Json], found: Sequence[Json]) -> float:
    """Return the points of leads, the surest pairs first."""

    def alike(one: Json, other: Json) -> bool:
        return (one["sector"], one["kind"]) == (other.get("sector"), other.get("kind"))

    def same_partner(one: Json, other: Json) -> bool:
        return alike(one, other) and same_name(one.get("counterpart"), other.get("counterpart"))

    def not_contradicted(one: Json, other: Json) -> bool:
        return alike(one, other) and not (one.get("counterpart") and other.get("counterpart"))

    def overlapping(one: Json, other: Json) -> bool:
        return one["sector"] == other.get("sector") and _overlap(one, other) >= 0.5

    full, missed, left = _match(gold, found, same_partner)
    more, missed, left = _match(
        missed, left, lambda one, other: not_contradicted(one, other) and _overlap(one, other) >= 0.5
    )
    most, missed, left = _match(missed, left, not_contradicted)
    half, _, _ = _match(missed, left, overlapping)
    return len(full) + len(more) + len(most) + 0.5 * len(half)


def _characters(item: Json) -> set[int]:
    return {index for start, end in item.get("evidence") or () for index in range(start, end)}


def _overlap(one: Json, other: Json) -> float:
    first, second = _characters(one), _characters(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _proofs(draft: Json, text: str) -> Iterator[bool]:
    """Yield for every value that must carry evidence whether it does, and whether that holds the value's own words."""
    claims: Iterable[Json | None] = [draft.get("head"), *(one for key in _CLAIMS for one in draft.get(key) or ())]
    for claim in claims:
        if not claim:
            continue
        spans = claim.get("evidence") or ()
        inside = bool(spans) and all(0 <= start < end <= len(text) for start, end in spans)
        name = normalised(claim.get("name"))
        told = not claim.get("name") or any(
            fuzz.partial_ratio(name, normalised(text[start:end])) >= _PROOF_RATIO for start, end in spans
        )
        yield inside and told
