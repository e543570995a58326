"""Organisations by name: in quotation marks, in Latin among Cyrillic, or by a noun or legal form beside a capital."""

import re
from collections.abc import Iterator
from dataclasses import replace

from leads.extraction import codes
from leads.extraction.document import Document
from leads.extraction.folding import fold_name
from leads.extraction.lexicon import Lexicon
from leads.extraction.recognisers.organisation_names import LEAST_ALONE, Named, form_after
from leads.extraction.recognisers.organisation_names.acronyms import acronyms
from leads.extraction.recognisers.organisation_names.brands import brands
from leads.extraction.recognisers.organisation_names.by_noun import names_by_noun
from leads.extraction.recognisers.organisation_names.described import described_names
from leads.extraction.recognisers.organisation_names.formed import formed_names
from leads.extraction.recognisers.organisation_names.latin import latin_names
from leads.extraction.recognisers.organisation_names.quoted import quoted_names
from leads.extraction.recognisers.person_names import LIKELY, Candidate, runs
from leads.extraction.recognisers.person_names.bylines import is_named_after
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import Positions, SpanIndex

# A name of this many letters may be inflected by this many more: "Тассай", "Тассая" share all but the last.
_LEAST_INFLECTED, _LONGEST_CASE = 5, 3

__all__ = ["Named", "recognise"]


def recognise(
    document: Document,
    places: tuple[Mention, ...],
    known: tuple[str, ...] = (),
    candidates: tuple[Candidate, ...] | None = None,
) -> tuple[Named, ...]:
    """Return the named organisations in the order they come up; one that comes again is one, with all its places.

    `known` are names of companies already on the books: they are recognised in either script, without quotation marks.
    `candidates` are all that may be people's names, if they are known already.
    """
    register = _Register()
    people = _people(document, runs.candidates(document, places) if candidates is None else candidates)
    persons, placed = SpanIndex([one.span for one in people]), SpanIndex([one.span for one in places])
    for named in (
        *quoted_names(document),
        *latin_names(document, places, Positions(people)),
        *formed_names(document),
        *names_by_noun(document, persons, placed),
        *described_names(document, places, persons),
        *acronyms(document, places, persons),
        *brands(document, placed, persons),
        *_on_the_books(document, known),
    ):
        register.add(named)
    where = Positions(places)
    return tuple(
        replace(one, spans=tuple(sorted(one.spans)), country=_country(one, where)) for one in register.in_order()
    )


class _Register:
    """The organisations found so far, by their names, short names, initials and what stands in quotation marks."""

    def __init__(self) -> None:
        self._found: dict[str, Named] = {}
        self._by_word: dict[str, list[str]] = {}
        self._by_core: dict[str, list[str]] = {}
        self._cores: dict[str, str] = {}
        self._by_initials: dict[str, str] = {}
        self._taken: set[int] = set()

    def add(self, named: Named) -> None:
        """Take in a name, unless another one stands there already; one that is known gets a further place."""
        start, end = named.spans[0]
        if any(position in self._taken for position in (start, end - 1, (start + end) // 2)):
            return
        self._taken.update(range(start, end))
        key = fold_name(named.name)
        same = self._same(named, key)
        if same is not None:
            self._found[same] = _joined(self._found[same], named)
            return
        self._found[key] = named
        self._by_initials[_initials(named.name)] = key
        self._by_word.setdefault(key[:_LEAST_INFLECTED], []).append(key)
        if named.core:
            self._cores.setdefault(named.core, key)
            self._by_core.setdefault(named.core[:_LEAST_INFLECTED], []).append(named.core)

    def in_order(self) -> list[Named]:
        """Return the organisations in the order they come up."""
        return sorted(self._found.values(), key=lambda named: min(named.spans))

    def _same(self, named: Named, key: str) -> str | None:
        same = _spelt_out(self._by_initials, named.name) or _known(self._by_word.get(key[:_LEAST_INFLECTED], []), key)
        if same is None and named.core:
            core = _known(self._by_core.get(named.core[:_LEAST_INFLECTED], []), named.core)
            same = self._cores[core] if core else None
        return same


def _people(document: Document, candidates: tuple[Candidate, ...]) -> list[Candidate]:
    """Return the names that are surely people's: no company is called so, unless it is called after one."""
    return [
        one for one in candidates
        if one.strength >= LIKELY and not one.doubtful and not is_named_after(document, one)
        and not form_after().match(document.text, one.end) and not _has_noun(document, one)
    ]  # fmt: skip


def _has_noun(document: Document, one: Candidate) -> bool:
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    return nouns.finds(document.words, one.first + 1, one.last)


def _joined(one: Named, other: Named) -> Named:
    kind = one.kind if one.kind != "company" else other.kind
    return replace(one, spans=(*one.spans, *other.spans), kind=kind, home_form=one.home_form or other.home_form)


def _known(keys: list[str], key: str) -> str | None:
    """Return the key of an organisation already found that this name repeats, shortens or inflects."""
    if key in keys:
        return key
    return next((other for other in keys if _repeats(key, other) or _repeats(other, key)), None)


def _repeats(longer: str, shorter: str) -> bool:
    """Return whether a folded name goes on where another ends: with further words, or with a case ending."""
    if not longer.startswith(shorter):
        return False
    rest = longer[len(shorter) :]
    return rest.startswith(" ") or (len(shorter) >= _LEAST_INFLECTED and len(rest) <= _LONGEST_CASE)


def _spelt_out(by_initials: dict[str, str], name: str) -> str | None:
    """Return the key of the organisation that an abbreviation is short for; it may take a second letter of a word."""
    if not name.isupper() or " " in name:
        return None
    shorter = (name, *(name[:place] + name[place + 1 :] for place in range(1, len(name))))
    return next((by_initials[letters] for letters in shorter if len(letters) > 2 and letters in by_initials), None)


def _initials(name: str) -> str:
    """Return the capitals that a name's words begin with: what it is called for short ("KITF")."""
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()) if " " in name else ""


def _country(named: Named, places: Positions[Mention]) -> str | None:
    inside = [one for start, end in named.spans for one in places.between(start, end) if one.end <= end]
    return inside[0].country if inside else None


def _on_the_books(document: Document, known: tuple[str, ...]) -> Iterator[Named]:
    """Yield companies already known, wherever all words of the name stand, the first of them with a capital."""
    names = {name: [fold_name(name)] for name in known if len(fold_name(name)) >= LEAST_ALONE}
    for hit in Lexicon(names).find(document.words):
        if document.words[hit.first].text[0].isupper():
            yield Named(document.text[hit.start : hit.end], "company", ((hit.start, hit.end),))
