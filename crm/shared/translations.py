"""Compile the ``.po`` files that are kept to the ``.mo`` files that Django reads; babel does it, gettext is not needed.

``python -m crm.shared.translations`` compiles what is missing or older than its source.
"""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).resolve().parents[2] / "locale"


def compile_translations(folder: Path = LOCALE_DIR) -> list[Path]:
    """Compile every ``.po`` below ``folder`` whose ``.mo`` is missing or older; return the files written.

    A file appears whole or not at all, so that two processes may compile at once. Fuzzy entries are left out, as
    gettext does. Raises ``babel.messages.pofile.PoFileError`` for a file that cannot be read.
    """
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3], abort_invalid=True)
        draft = target.with_suffix(f".{os.getpid()}.draft")
        with draft.open("wb") as file:
            write_mo(file, catalog)
        draft.rename(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_translations()
