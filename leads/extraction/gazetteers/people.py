"""Given names of many peoples, and the family names of the East that stand first; read once and kept.

`given_names.txt.gz` is built by `build_names.py`; `people.toml` is written by hand.
"""

import gzip
import tomllib
from functools import cache
from pathlib import Path

from leads.extraction.folding import fold

_HERE = Path(__file__).parent
_KAZAKH = "*"


@cache
def _given() -> dict[str, bool]:
    """Return the folded given names, each with whether it is a Kazakh one."""
    lines = gzip.decompress((_HERE / "given_names.txt.gz").read_bytes()).decode().split("\n")
    return {line.rstrip(_KAZAKH): line.endswith(_KAZAKH) for line in lines}


@cache
def _family_first() -> frozenset[str]:
    return frozenset(fold(name) for name in tomllib.loads((_HERE / "people.toml").read_text("utf-8"))["family_first"])


def is_given(key: str) -> bool:
    """Return whether a folded word is a given name."""
    return key in _given()


def is_kazakh(key: str) -> bool:
    """Return whether a folded word is a Kazakh given name."""
    return _given().get(key, False)


def is_family_first(key: str) -> bool:
    """Return whether a folded word is a family name that stands before the given name (Ван, Kim, Нгуен)."""
    return key in _family_first()
