"""Whose side people and organisations are on: ours or theirs."""

import re
from functools import cache

from leads.extraction import languages
from leads.extraction.document import Context, Document
from leads.extraction.folding import fold
from leads.extraction.gazetteers import people as given_names
from leads.extraction.languages import Language
from leads.extraction.recognisers import people
from leads.extraction.recognisers.organisations import Named
from leads.extraction.recognisers.visit import Visit


def is_home_organisation(one: Named, frame: Visit, context: Context) -> bool:
    """Return whether an organisation is ours: by its legal form, a place in its name, or letters only we write."""
    if not frame.countries or one.country == context.home_country or one.home_form:
        return True
    return one.country is None and _has_our_letters(one.name, frame, context)


def is_home_person(document: Document, one: people.Found, frame: Visit, context: Context) -> bool:
    """Return whether a person is ours: by the title, or by a name as only we bear among these countries."""
    if not frame.countries or people.is_home(document, one):
        return True
    language = _of(context.home_country)
    if language is None or set(language.phrases("language", "same_names")) & set(frame.countries):
        return False
    ours = _home_names(language.code)
    words = fold(one.name).split()
    given = context.home_country == "KZ" and any(given_names.is_kazakh(word) for word in words)
    return given or _has_our_letters(one.name, frame, context) or any(ours.search(word) for word in words)


def _has_our_letters(name: str, frame: Visit, context: Context) -> bool:
    language = _of(context.home_country)
    if language is None or set(language.phrases("language", "same_letters")) & set(frame.countries):
        return False
    own = language.phrases("language", "letters")
    return any(letter in name.lower() for letter in own)


@cache
def _of(country: str) -> Language | None:
    """Return the language that a country's own names are in; None where no folder says so."""
    known = (languages.load(code) for code in languages.available())
    return next((one for one in known if country in one.phrases("language", "country")), None)


@cache
def _home_names(code: str) -> re.Pattern[str]:
    endings = languages.load(code).phrases("language", "home_names")
    return re.compile(f"(?:{'|'.join(endings)})$" if endings else "(?!)")
