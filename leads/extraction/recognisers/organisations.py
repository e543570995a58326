"""Organisations by name: in quotation marks, in Latin among Cyrillic, or by a noun or legal form beside a capital."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from leads.extraction import codes
from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.folding import fold, fold_name, legal_forms
from leads.extraction.lexicon import Hit, Lexicon
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import Positions

_QUOTED = re.compile(r"«((?:[^«»\n]|«[^«»\n]{1,60}»){2,90})»|[“„\"]([^“”„\"\n]{2,90})[”“\"]")
_CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
_CAPITAL = r"[A-ZÇĞİÖŞÜ][\wçğıöşü&-]*(?:\.(?=[A-ZŞ]))?"
_LATIN_RUN = re.compile(
    rf"(?<![\w«“\"@.]){_CAPITAL}(?:[ \u00a0](?:(?:&|of|and|for|the|ve|de)[ \u00a0])*(?:{_CAPITAL}|[0-9]+))*"
)
_JOINING = frozenset({"и", "г", "имени", "және", "мен"})
_OPENERS = ("The ", "And ", "At ", "In ", "With ", "For ", "By ", "From ")
_ROMAN = re.compile(r"[IVXLC]+")
_ACRONYM = re.compile(r"(?<![\w«-])[А-ЯЁӘҒҚҢӨҰҮҺІ]{4,8}(?![\w»-])")
_LEAST_LETTERS, _LEAST_ALONE = 3, 4
_MOST_WORDS = 9
_SAMPLE = 5000
_HOME_FORMS = frozenset({"jshs", "too", "ak", "ao", "jk", "ip", "kh", "llp", "jsc", "shk", "spk", "akk", "nao"})


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation named, all its places in the text, what kind it is and whose (country, if its name tells)."""

    name: str
    kind: str
    spans: tuple[Span, ...]
    home_form: bool = False
    country: str | None = None


@cache
def _forms() -> str:
    return "|".join(map(re.escape, legal_forms()))


@cache
def _form_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_forms()})\s?$")


@cache
def _form_after() -> re.Pattern[str]:
    return re.compile(rf"[\s,]{{0,2}}(?:{_forms()})(?!\w)")


@cache
def _form_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_forms()})$")


def recognise(document: Document, places: tuple[Mention, ...], known: tuple[str, ...] = ()) -> tuple[Named, ...]:
    """Return the named organisations in the order they come up; one that comes again is one, with all its places.

    `known` are names of companies already on the books: they are recognised in either script, without quotation marks.
    """
    found: dict[str, Named] = {}
    by_word: dict[str, list[str]] = {}
    ends: set[int] = set()
    for named in (
        *_quoted(document),
        *_latin(document, places),
        *_by_noun(document),
        *_acronyms(document, places),
        *_on_the_books(document, known),
    ):
        start, end = named.spans[0]
        if any(position in ends for position in (start, end - 1, (start + end) // 2)):
            continue
        ends.update(range(start, end))
        key = fold_name(named.name)
        same = _known(by_word.get(key.split()[0] if key else "", []), key)
        if same is None:
            found[key] = named
            by_word.setdefault(key.split()[0] if key else "", []).append(key)
        else:
            found[same] = _joined(found[same], named)
    ordered = sorted(found.values(), key=lambda named: min(named.spans))
    where = Positions(places)
    return tuple(replace(one, spans=tuple(sorted(one.spans)), country=_country(one, where)) for one in ordered)


def _joined(one: Named, other: Named) -> Named:
    kind = one.kind if one.kind != "company" else other.kind
    return replace(one, spans=(*one.spans, *other.spans), kind=kind, home_form=one.home_form or other.home_form)


def _known(keys: list[str], key: str) -> str | None:
    """Return the key of an organisation already found that this name repeats or shortens."""
    if key in keys:
        return key
    return next((other for other in keys if other.startswith(f"{key} ") or key.startswith(f"{other} ")), None)


def _country(named: Named, places: Positions[Mention]) -> str | None:
    inside = [one for start, end in named.spans for one in places.between(start, end) if one.end <= end]
    return inside[0].country if inside else None


def _quoted(document: Document) -> Iterator[Named]:
    """Yield names in quotation marks that a legal form or a noun makes an organisation's, or that are short."""
    text, words = document.text, document.words
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    no_name = document.lexicon("organisations", "not_a_name")
    for match in _QUOTED.finditer(text):
        inner = (match[1] or match[2]).strip()
        before = _form_before().search(text, max(0, match.start() - 40), match.start())
        after = _form_after().match(text, match.end())
        start, end = (before.start() if before else match.start()), (after.end() if after else match.end())
        first, beyond = document.word_at(match.start()), document.word_at(end)
        if not inner or not (inner[0].isupper() or inner[0].isdigit()) or inner[-1] in "?!.,":
            continue
        near = _noun_beside(document, start, end, nouns.find(words, first, document.word_at(match.end())))
        formed = bool(before or after)
        if len(inner.split()) > _MOST_WORDS or (
            not formed and no_name.finds(words, max(0, first - 2), min(beyond + 2, len(words)))
        ):
            continue
        if not formed and near is None and (len(inner.split()) > 3 or _is_speech(text, match)):
            continue
        kind = near.code if near else "company"
        if near and kind != "company":
            start, end = min(start, near.start), max(end, near.end)
        yield Named(text[start:end], kind, ((start, end),), home_form=_is_home_form(before or after))


def _noun_beside(document: Document, start: int, end: int, inside: list[Hit]) -> Hit | None:
    """Return the noun that says what a quoted name is: right before it, within three words after it, or inside it."""
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    words, text = document.words, document.text
    first, beyond = document.word_at(start), document.word_at(end)
    behind = nouns.find(words, beyond, min(beyond + 3, len(words)))
    behind = [hit for hit in behind if not re.search(r"[.,;:!?«\n(–]", text[end : hit.start])]
    if behind and (behind[0].first == beyond or behind[0].code == "association"):
        return behind[0]
    ahead = [hit for hit in nouns.find(words, max(0, first - 3), first) if hit.last == first]
    if ahead and text[ahead[-1].end : start].strip() == "" and not text[end - 1].isalpha():
        return ahead[-1]
    return inside[-1] if inside else (behind[0] if behind else None)


def _is_home_form(form: re.Match[str] | None) -> bool:
    return form is not None and fold(form[0]) in _HOME_FORMS


def _is_speech(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 4]
    return ":" in before or after.startswith((" –", ", –", " -", ", -")) or "," in after[:1]


def _latin(document: Document, places: tuple[Mention, ...]) -> Iterator[Named]:
    """Yield runs of capitalised Latin words: most in a Cyrillic text, those with a noun or a form in a Latin one."""
    text = document.text
    sample = text[:_SAMPLE]
    cyrillic = len(_CYRILLIC.findall(sample)) * 2 > len(sample) / 2
    where = {mention.start: mention for mention in places}
    for match in _LATIN_RUN.finditer(text):
        span, form = _with_form(text, _name_start(document, match.start(), match.end()), match.end())
        if span[1] - span[0] < _LEAST_LETTERS or _in_address(text, span) or _is_headline(text, span):
            continue
        span = span if form or cyrillic else _to_noun(document, span)
        kinds = _kinds(document, span)
        if kinds is None:
            continue
        if cyrillic:
            wanted = _stands_alone(document, text[span[0] : span[1]], kinds, form, where.get(span[0]))
        else:
            wanted = form or (bool(kinds) and " " in text[span[0] : span[1]])
            wanted = wanted or (not kinds and _is_partner(document, span, where))
        if wanted and len(text[span[0] : span[1]].split()) <= _MOST_WORDS:
            kind = next((code for code in reversed(kinds) if code != "company"), "company")
            home = form and _is_home_form(_form_at_end().search(text, span[0], span[1]))
            yield Named(text[span[0] : span[1]], kind, (span,), home_form=home)


def _name_start(document: Document, start: int, end: int) -> int:
    """Return where a run's name begins: after a word that only opens the sentence ("Heyet", "Görüşmede")."""
    first = document.word_at(start)
    if first + 1 < len(document.words) and document.sentence_at(start).first == first:
        opening = document.lexicon("visit", "delegation", "meeting", "event").at(document.words, first)
        if opening and document.words[first + 1].start < end:
            return document.words[first + 1].start
    return start


def _with_form(text: str, start: int, end: int) -> tuple[Span, bool]:
    """Return a run with the legal form that follows or ends it, and whether it has one."""
    while text.startswith(_OPENERS, start, end):
        start = text.index(" ", start) + 1
    form = _form_after().match(text, max(start, text.rfind(" ", start, end))) or _form_after().match(text, end)
    if form:
        return (start, form.end()), True
    if text[end : end + 1] == "." and _form_at_end().search(text, start, end + 1):
        return (start, end + 1), True
    return (start, end), _form_at_end().search(text, start, end) is not None


def _in_address(text: str, span: Span) -> bool:
    return re.search(r"@|www\.|\.kz\b|\.com\b", text[max(0, span[0] - 1) : span[1] + 4]) is not None


def _is_headline(text: str, span: Span) -> bool:
    """Return whether the run is part of a line in capitals."""
    if not text[span[0] : span[1]].isupper():
        return False
    begin, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    line = text[max(begin, span[0] - 200) : min(end if end >= 0 else len(text), span[1] + 200)]
    return line.isupper()


def _kinds(document: Document, span: Span) -> list[str] | None:
    """Return the kinds that words of the run or beside it name; None where a word says it is no organisation."""
    words = document.words
    first, last = document.word_at(span[0]), document.word_at(span[1])
    if document.lexicon("organisations", "not_a_name").finds(words, first, last):
        return None
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    beside = [hit for hit in nouns.find(words, last, min(last + 3, len(words))) if hit.first == last]
    beside += [hit for hit in nouns.find(words, max(0, first - 2), first) if hit.last == first]
    return [hit.code for hit in (*beside, *nouns.find(words, first, last))]


def _stands_alone(document: Document, name: str, kinds: list[str], form: bool, place: Mention | None) -> bool:
    """Return whether a Latin run in a Cyrillic text is a name: several words, a form, long capitals; no mere place."""
    if form or (" " in name and (place is None or len(name.split()) > place.last - place.first)):
        return True
    if _ROMAN.fullmatch(name) or place is not None:
        return False
    return (
        bool(kinds)
        or (name.isupper() and len(name) >= _LEAST_ALONE)
        or (len(name) > _LEAST_ALONE and not name.isupper())
    )


def _to_noun(document: Document, span: Span) -> Span:
    """Return the run up to its last noun of organisations, with what "of" or "for" adds to it."""
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    hits = nouns.find(document.words, document.word_at(span[0]), document.word_at(span[1]))
    if not hits or re.match(r"[ \u00a0](?:of|for)\b", document.text[hits[-1].end : span[1]]):
        return span
    return span[0], hits[-1].end


def _is_partner(document: Document, span: Span, where: dict[int, Mention]) -> bool:
    """Return whether a run without a noun does business in its sentence: two words or more, no title, no place."""
    words = document.words
    first, last = document.word_at(span[0]), document.word_at(span[1])
    if not 2 <= last - first <= 4 or any(words[index].start in where for index in range(first, last)):
        return False
    if document.text[span[0] : span[1]].isupper() or document.lexicon("people", "not_a_name").finds(words, first, last):
        return False
    if document.lexicon("people", "title").finds(words, max(0, first - 3), min(last + 3, len(words))):
        return False
    sentence = document.sentence_at(span[0])
    kinds = document.lexicon("kinds", "agreement", "interest", "joint_venture", "memorandum", "negotiation", "supply")
    return kinds.finds(words, sentence.first, sentence.last)


def _by_noun(document: Document) -> Iterator[Named]:
    """Yield Cyrillic names made with a noun: with capitals before it, or a capitalised noun with what follows it."""
    text, words = document.text, document.words
    lexicon = document.lexicon("organisations", "academic", "association", "industrial_zone", "state_body")
    tail = document.lexicon("organisations", "tail")
    for hit in lexicon.find(words):
        if not _CYRILLIC.match(words[hit.first].text):
            continue
        first, last = hit.first, hit.last
        while first > 0 and hit.first - first < 3 and _belongs(document, first - 1):
            first -= 1
        while last < len(words) and last - hit.last < 4 and words[last].start == words[last - 1].end + 1:
            if not tail.at(words, last) and not (
                last + 1 < len(words) and words[last].text[0].isupper() and tail.at(words, last + 1)
            ):
                break
            last += 1
        while last > hit.last and words[last - 1].text in _JOINING:
            last -= 1
        opens = document.sentence_at(hit.start).first == first
        named = (
            words[first].text[0].isupper()
            and (first < hit.first or last > hit.last)
            and not (opens and last == hit.last)
        )
        if named or (last > hit.last and any(word.text[0].isupper() for word in words[hit.last : last])):
            span = (words[first].start, words[last - 1].end)
            core = _nominative(document, text[span[0] : hit.end])
            yield Named(core + text[hit.end : span[1]], hit.code, (span,))


def _belongs(document: Document, index: int) -> bool:
    """Return whether a word is the capitalised adjective of the noun after it."""
    word, following = document.words[index], document.words[index + 1]
    return (
        document.text[word.end : following.start] in (" ", "-", "\u00a0")
        and word.text[0].isupper()
        and len(word.text) > 3
    )


def _nominative(document: Document, name: str) -> str:
    """Return a name with its first words put back into their first form, by the language's endings."""
    words = name.split(" ")
    for index, word in enumerate(words[:2]):
        for ending, base in document.language.swaps("nominative"):
            if word.lower().endswith(ending):
                words[index] = word[: len(word) - len(ending)] + base
                break
    return " ".join(words)


def _acronyms(document: Document, places: tuple[Mention, ...]) -> Iterator[Named]:
    """Yield Cyrillic abbreviations of four capitals and more that no list knows: mostly universities and institutes."""
    known, placed = document.lexicon("organisations"), {mention.start for mention in places}
    for match in _ACRONYM.finditer(document.text):
        first = document.word_at(match.start())
        if (
            known.at(document.words, first)
            or match.start() in placed
            or document.text[match.end() : match.end() + 1] == ":"
        ):
            continue
        beside = document.words[max(0, first - 1) : first] + document.words[first + 1 : first + 2]
        if all(not word.text.isupper() or word.text.isdigit() for word in beside) and len(beside) == 2:
            yield Named(match[0], "academic", (match.span(),))


def _on_the_books(document: Document, known: tuple[str, ...]) -> Iterator[Named]:
    """Yield companies already known, wherever all words of the name stand, the first of them with a capital."""
    names = {name: [fold_name(name)] for name in known if len(fold_name(name)) >= _LEAST_ALONE}
    for hit in Lexicon(names).find(document.words):
        if document.words[hit.first].text[0].isupper():
            yield Named(document.text[hit.start : hit.end], "company", ((hit.start, hit.end),))
