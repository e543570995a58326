"""Names in quotation marks."""

import re
from collections.abc import Iterator

from leads.extraction import codes
from leads.extraction.document import Document
from leads.extraction.folding import fold_name
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.organisation_names import (
    MOST_WORDS,
    Named,
    first_form_of,
    form_after,
    form_at_end,
    form_before,
    is_home_form,
)
from leads.extraction.spans import SpanIndex

_FEW_WORDS, _FEW_WORDS_ALONE = 5, 3
_EDGE, _FEW_SAID = 250, 2
_QUOTED = re.compile(r"«((?:[^«»\n]|«[^«»\n]{1,60}»){2,90})»|[“„\"]([^“”„\"\n]{2,90})[”“\"]")


def quoted_names(document: Document) -> Iterator[Named]:
    """Yield names in quotation marks that a legal form or a noun makes an organisation's, or that are short."""
    text, words = document.text, document.words
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    no_name, media = document.lexicon("organisations", "not_a_name"), document.lexicon("organisations", "media")
    for match in _QUOTED.finditer(text):
        inner = (match[1] or match[2]).strip()
        before = form_before().search(text, max(0, match.start() - 40), match.start())
        after = form_after().match(text, match.end())
        start, end = (before.start() if before else match.start()), (after.end() if after else match.end())
        first, beyond = document.word_at(match.start()), document.word_at(end)
        if (
            not inner
            or not (inner[0].isupper() or inner[0].isdigit())
            or (inner[-1] in "?!.," and not form_at_end().search(inner))
        ):
            continue
        near = _noun_beside(document, start, end, nouns.find(words, first, document.word_at(match.end())))
        formed = bool(before or after)
        told = formed or (near is not None and near.code != "company")
        barred = not told and no_name.finds(words, max(0, first - 2), min(beyond + 2, len(words)))
        barred = barred or (not formed and media.finds(words, max(0, first - 2), min(beyond + 2, len(words))))
        barred = barred or (not told and _is_alone(document, match))
        if barred or len(inner.split()) > MOST_WORDS:
            continue
        few = _FEW_WORDS_ALONE if document.language.is_cyrillic else 0  # quotation marks name no companies in Latin
        if not formed and near is None and (len(inner.split()) > few or _is_speech(text, match)):
            continue
        kind = near.code if near else "company"
        if near and kind != "company":
            start, end = min(start, near.start), max(end, near.end)
        name = first_form_of(document, text[start:end]) if end > match.end() and not after else text[start:end]
        home = is_home_form(form[0] if (form := before or after) else None)
        yield Named(name, kind, ((start, end),), home_form=home, core=fold_name(inner))


def _is_alone(document: Document, match: re.Match[str]) -> bool:
    """Return whether a name stands alone on a line at either end of the text: the newspaper's."""
    text = document.text
    line = document.line_around(match.span())
    alone = len(re.sub(r"\W", "", text[line[0] : match.start()] + text[match.end() : line[1]])) <= 2
    return alone and (line[0] < _EDGE or len(text) - line[1] < _EDGE)


def short_quotes(document: Document) -> SpanIndex:
    """Return where a few words stand in quotation marks: a name as a whole or none, never one of its words."""
    matches = _QUOTED.finditer(document.text)
    return SpanIndex([match.span() for match in matches if len(match[0].split()) <= _FEW_WORDS])


def _noun_beside(document: Document, start: int, end: int, inside: list[Hit]) -> Hit | None:
    """Return the noun that says what a quoted name is: right before it, within three words after it, or inside it."""
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    words, text = document.words, document.text
    first, beyond = document.word_at(start), document.word_at(end)
    behind = nouns.find(words, beyond, min(beyond + 3, len(words)))
    joining = document.lexicon("dates", "and")
    behind = [hit for hit in behind if not joining.finds(words, beyond, hit.first)]
    behind = [hit for hit in behind if not re.search(r"[.,;:!?«\n(–]", text[end : hit.start])]
    titles, modifiers = document.lexicon("people", "title"), document.lexicon("organisations", "modifier")
    behind = [
        hit for hit in behind
        if not any(titles.at(words, one) and not modifiers.at(words, one) for one in range(beyond, hit.first))
    ]  # fmt: skip
    if behind and (behind[0].first == beyond or behind[0].code == "association"):
        return behind[0]
    ahead = [hit for hit in nouns.find(words, max(0, first - 3), first) if hit.last == first]
    if ahead and text[ahead[-1].end : start].strip() == "" and not text[end - 1].isalpha():
        return ahead[-1]
    return inside[-1] if inside else (behind[0] if behind else None)


def _is_speech(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 4]
    return (
        (":" in before and len(match[0].split()) > _FEW_SAID)
        or after.startswith((" –", ", –", " -", ", -"))
        or "," in after[:1]
    )
