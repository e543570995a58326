from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, override


def country_name(code: str) -> str:
    """Return the country's name (CLDR) in the language of the page; an unknown code stands for itself."""
    if not code:
        return ""
    try:
        locale = Locale.parse((get_language() or "kk").split("-")[0])
    except UnknownLocaleError:
        locale = Locale.parse("en")
    return str(locale.territories.get(code.upper(), code))


def country_names(code: str) -> list[str]:
    """Return the country's name in each language of the site, for searching."""
    names = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.append(country_name(code))
    return names


lazy_country_name = lazy(country_name, str)


def country_choices() -> list[tuple[str, object]]:
    """Every ISO 3166-1 code with its name, for forms."""
    codes = sorted(code for code in map(str, Locale.parse("en").territories) if len(code) == 2 and code.isalpha())
    skipped = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    return [(code, lazy_country_name(code)) for code in codes if code not in skipped]
