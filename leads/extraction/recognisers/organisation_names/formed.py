"""Cyrillic names without quotation marks beside a legal form: "ТОО Степной Колос", "Қазақмыс Смэлтинг ЖШС"."""

import re
from collections.abc import Iterator
from functools import cache

from leads.extraction.document import Document
from leads.extraction.folding import legal_forms
from leads.extraction.recognisers.organisation_names import CYRILLIC, Named, is_home_form

_UPPER = "А-ЯЁӘҒҚҢӨҰҮҺІ"
_NAME = rf"[{_UPPER}][\w-]{{1,30}}(?:[ \u00a0][{_UPPER}][\w-]{{0,30}}){{0,4}}"
_LEAST_LETTERS = 3


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    forms = "|".join(re.escape(form) for form in legal_forms() if CYRILLIC.match(form))
    before = re.compile(rf"(?<!\w)(?P<form>{forms})[ \u00a0](?P<name>{_NAME})(?![\w-])")
    behind = re.compile(rf"(?<![\w«-])(?P<name>{_NAME})[ \u00a0](?P<form>{forms})(?![\w»])(?![ \u00a0][«“\"])")
    return before, behind


def formed_names(document: Document) -> Iterator[Named]:
    """Yield capitalised Cyrillic words right behind a legal form, or right before one."""
    others = document.lexicon("organisations", "not_a_name")
    for pattern in _patterns():
        for match in pattern.finditer(document.text):
            name = match["name"]
            first, last = document.word_at(match.start("name")), document.word_at(match.end("name"))
            if len(name) < _LEAST_LETTERS or name.isupper() or others.finds(document.words, first, last):
                continue
            yield Named(match[0], "company", (match.span(),), home_form=is_home_form(match["form"]))
