"""People by name: runs that a given name, a title, a verb of saying or a roll makes a person's."""

from dataclasses import dataclass, replace

from leads.extraction import gazetteers
from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.folding import fold
from leads.extraction.lexicon import words_of
from leads.extraction.name_cases import first_form
from leads.extraction.recognisers.organisations import Named
from leads.extraction.recognisers.person_names import LIKELY, Candidate, bylines, runs
from leads.extraction.recognisers.person_names.speech import is_introduced
from leads.extraction.recognisers.places import Mention
from leads.extraction.recognisers.titles import Title, all_titles, title_of
from leads.extraction.spans import Positions, SpanIndex

_LEAST_SURNAME = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A person named: the name in its first form, the title, and all the places where the name stands."""

    name: str
    title: str | None
    spans: tuple[Span, ...]
    initials: bool = False
    known: bool = True
    title_span: Span | None = None


def recognise(
    document: Document,
    places: tuple[Mention, ...],
    organisations: tuple[Named, ...],
    candidates: tuple[Candidate, ...] | None = None,
) -> tuple[Found, ...]:
    """Return people in the order they come up, without bylines, addressees and signers.

    `candidates` are all that may be names, if they are known already.
    """
    barred = SpanIndex(span for named in organisations for span in named.spans)
    titles = Positions(all_titles(document))
    firms = {" ".join(fold(named.name).split()[:2]) for named in organisations}
    groups: list[Found] = []
    by_word: dict[str, list[int]] = {}
    found = runs.candidates(document, places) if candidates is None else candidates
    everybody = runs.without(document, places, found, barred)
    for one in everybody:
        if bylines.is_named_after(document, one) or fold(document.text[one.start : one.end]) in firms:
            continue
        words = [word for word in fold(document.text[one.start : one.end]).split() if len(word) > 2]
        near = dict.fromkeys(place for word in words for place in by_word.get(word[:3], ()))
        place = next((other for other in near if _same(fold(groups[other].name), " ".join(words))), None)
        title = title_of(document, one.span, titles)
        seen = _seen(document, one, title)
        if place is None:
            groups.append(seen)
            for word in words:
                by_word.setdefault(word[:3], []).append(len(groups) - 1)
        else:
            groups[place] = _joined(groups[place], seen)
    taken = [one.span for one in everybody] + [one.span for one in places]
    taken += [span for named in organisations for span in named.spans]
    _add_surnames(document, groups, by_word, SpanIndex(taken))
    return tuple(one for one in groups if one.known)


def _seen(document: Document, one: Candidate, title: Title | None) -> Found:
    """Return a candidate as a person, known to be one or not."""
    told = title is not None or is_introduced(document, one)
    told = told or (one.strength >= LIKELY and not one.initials and not one.doubtful)
    known = told and not bylines.is_byline(document, one, titled=title is not None)
    name = first_form(
        document.language.in_small_letters(document.quote(one.span)), title.noun if title else "", document.language
    )
    text, place = (title.text or None, title.span) if title else (None, None)
    return Found(name, text, (one.span,), one.initials, known, place)


def _joined(one: Found, again: Found) -> Found:
    """Return a person with a further place of the name; a full name replaces one with initials."""
    name = again.name if one.initials and not again.initials else one.name
    spans = (*one.spans, *again.spans)
    titled = one if one.title else again
    initials, known = one.initials and again.initials, one.known or again.known
    return Found(name, titled.title, spans, initials, known, titled.title_span)


def _same(known: str, key: str) -> bool:
    """Return whether two folded names mean one person: the same surname, and initials or first names that agree."""
    one, other = known.split(), key.split()
    if not one or not other:
        return False
    long = [word for word in one if len(word) > 1], [word for word in other if len(word) > 1]
    if not long[0] or not long[1]:
        return False
    short, more = sorted(long, key=len)
    return all(any(_alike(word, mate) for mate in more) for word in short)


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and len(longer) - len(shorter) <= 4 and len(shorter) >= 3


def _add_surnames(document: Document, groups: list[Found], by_word: dict[str, list[int]], taken: SpanIndex) -> None:
    """Add to each person the places where the family name stands alone; nothing of what is `taken`."""
    for word in document.words:
        if not word.text[0].isupper() or len(word.text) < _LEAST_SURNAME or taken.touches(word.start, word.end):
            continue
        for place in by_word.get(word.key[:3], ()):
            one = groups[place]
            if any(len(part) >= _LEAST_SURNAME and _alike(part, word.key) for part in fold(one.name).split()):
                groups[place] = replace(one, spans=(*one.spans, (word.start, word.end)))
                break


def is_home(document: Document, person: Found) -> bool:
    """Return whether the title is one that only our own officials bear, or names a region of ours."""
    key = fold(person.title or "")
    regions = gazetteers.load().regions
    words = words_of((0, 0, word) for word in (person.title or "").split())
    return "akim" in key.split() or any(word.startswith("akim") for word in key.split()) or regions.finds(words)
