from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class WholeLettersParser(JSONParser):
    """JSON whose texts can be kept and shown.

    JSON may spell half a letter (``"\\ud800"``), which no answer can be written in, and a null character, which
    PostgreSQL does not keep; field by field only the latter is refused, and only in plain texts. Lists in lists may be
    nested deeper than Python goes.
    """

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
            whole = _is_whole(data)
        except RecursionError as error:
            raise ParseError(_("The body is nested too deeply.")) from error
        if not whole:
            raise ParseError(_("The texts hold half letters or null characters."))
        return data


def _is_whole(data: Any) -> bool:
    if isinstance(data, str):
        return "\x00" not in data and not any("\ud800" <= letter <= "\udfff" for letter in data)
    if isinstance(data, dict):
        return all(_is_whole(name) and _is_whole(value) for name, value in data.items())
    return not isinstance(data, list) or all(map(_is_whole, data))
