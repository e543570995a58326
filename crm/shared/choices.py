from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, override


def country_name(code: str) -> str:
    """Return the country's name (CLDR) in the language of the page; an unknown code stands for itself."""
    return str(_locale().territories.get(code.upper(), code)) if code else ""


def language_name(code: str) -> str:
    """Return the language's name (CLDR) in the language of the page; an unknown code stands for itself."""
    name = str(_locale().languages.get(code, code))
    return name[:1].upper() + name[1:]


def _locale() -> Locale:
    try:
        return Locale.parse((get_language() or "kk").split("-")[0])
    except UnknownLocaleError:
        return Locale.parse("en")


def country_names(code: str) -> list[str]:
    """Return the country's name in each language of the site, for searching."""
    names = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.append(country_name(code))
    return names


def is_country(code: str) -> bool:
    """Is this the code, in capitals, of a country that forms offer?"""
    return code in {known for known, _name in country_choices()}


lazy_country_name = lazy(country_name, str)


def country_choices() -> list[tuple[str, object]]:
    """Every ISO 3166-1 code with its name, for forms."""
    codes = sorted(code for code in map(str, Locale.parse("en").territories) if len(code) == 2 and code.isalpha())
    skipped = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    return [(code, lazy_country_name(code)) for code in codes if code not in skipped]
