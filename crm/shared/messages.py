"""Collect what is marked for translation: from Python with Babel, from templates as Django turns them into source."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS: dict[str, object] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SOURCES = ("crm", "leads", "templates")


class Message(NamedTuple):
    """``id`` is the string, or singular and plural; ``context`` tells apart what English spells alike."""

    id: str | tuple[str, str]
    context: str | None
    place: str
    line: int


def marked_messages(root: Path) -> Iterator[Message]:
    """Yield every message of the Python files and templates below ``root``, in a stable order."""
    for source in SOURCES:
        for path in sorted((root / source).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
                continue
            if path.suffix == ".txt" and "templates" not in path.parts:
                continue
            yield from _messages_of(path, path.relative_to(root).as_posix())


def _messages_of(path: Path, place: str) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is no tag becomes a row of X; indented rows would be no Python.
        text = "\n".join(line.strip() for line in templatize(text, origin=place).splitlines())
    for line, found, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):  # type: ignore[arg-type]
        yield Message(_plural(found), context, place, line)


def _plural(found: str | tuple[str, ...]) -> str | tuple[str, str]:
    if isinstance(found, tuple):
        return found[0], found[1]
    return found


#: ``%(name)s`` and ``{name}``: what a translation has to keep.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))
