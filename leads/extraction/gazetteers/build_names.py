"""Builds `given_names.txt.gz`, the given names that extraction knows, out of two packages and `people.toml`.

Run by hand when the sources change, with the packages of the `gazetteers` group (none of them is needed at run time):

    python -m leads.extraction.gazetteers.build_names

One folded name a line, a Kazakh one marked with `*` behind it. The same sources give the same bytes.
"""

import gzip
import json
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from leads.extraction import gazetteers
from leads.extraction.folding import fold

HERE = Path(__file__).parent
# Traditions whose names come up in visits; of the others the names are too often everyday words of ours.
FAKER = (
    "az_AZ", "bg_BG", "cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "en_GB", "en_IN", "en_PK", "en_US", "es_ES", "et_EE",
    "fi_FI", "fr_FR", "hr_HR", "hu_HU", "it_IT", "lt_LT", "lv_LV", "nl_NL", "no_NO", "pl_PL", "pt_PT", "ro_RO", "ru_RU",
    "sk_SK", "sl_SI", "sv_SE", "tr_TR", "uk_UA", "uz_UZ",
)  # fmt: skip
MIMESIS = ("az", "cs", "de", "en", "fr", "hu", "it", "kk", "nl", "pl", "ru", "tr", "uk")
LEAST_LETTERS = 4
LEAST_BY_HAND = 3
# A name that is a place's too (Vladimir, Florence) is taken where this many lists have it.
LEAST_LISTS_OF_A_PLACE = 4
KAZAKH = "kk"
# What a name of these peoples says nothing about is whose it is: Murat is as Turkish as Kazakh.
SHARED = frozenset({"tr", "tr_TR", "turkic", "uz_UZ"})
#: How a Kazakh name is spelled through Russian or English: қ also as х, an e at its beginning also as ye.
SPELLINGS = (("қ", "х"), ("Қ", "Х"))


def of_packages() -> Iterator[tuple[str, str]]:
    """Yield names with the tradition that has them."""
    for code in FAKER:
        provider = import_module(f"faker.providers.person.{code}").Provider
        for field in dir(provider):
            names = getattr(provider, field)
            if field.startswith("first_name") and isinstance(names, (dict, list, tuple)):
                yield from ((name, code) for name in names)
    for code in MIMESIS:
        text = files("mimesis").joinpath("datasets", code, "person.json").read_text("utf-8")
        names = json.loads(text)["names"]
        for group in names.values() if isinstance(names, dict) else [names]:
            yield from ((name, code) for name in group)


def by_hand(lists: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield the names of `people.toml`; Kazakh ones in each spelling."""
    for tradition in ("arabic_and_persian", "foreign_in_cyrillic", "indian", "turkic"):
        yield from ((name, tradition) for name in lists[tradition])
    for name in lists["kazakh"]:
        other = name
        for letter, instead in SPELLINGS:
            other = other.replace(letter, instead)
        yield from ((spelled, KAZAKH) for spelled in dict.fromkeys((name, other)))


def build() -> bytes:
    """Return the file."""
    lists = tomllib.loads((HERE / "people.toml").read_text("utf-8"))
    places = gazetteers.load().names
    unwanted = set(lists["not_given"])
    traditions: dict[str, set[str]] = {}
    for name, tradition in of_packages():
        key = fold(name)
        if len(key) >= LEAST_LETTERS and key.isascii() and key.isalpha():
            traditions.setdefault(key, set()).add(tradition)
    for key in [one for one in traditions if one in places and len(traditions[one]) < LEAST_LISTS_OF_A_PLACE]:
        del traditions[key]
    for name, tradition in by_hand(lists):
        key = fold(name)
        if len(key) >= LEAST_BY_HAND and key.isalpha():
            traditions.setdefault(key, set()).add(tradition)
    for key in [one for one in traditions if one.startswith("e") and KAZAKH in traditions[one]]:
        traditions.setdefault(f"i{key}", set()).add(KAZAKH)
    ours = {key for key, found in traditions.items() if KAZAKH in found and not found & SHARED}
    lines = [f"{key}{'*' * (key in ours)}" for key in sorted(traditions) if key not in unwanted]
    return gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0)


if __name__ == "__main__":
    target = HERE / "given_names.txt.gz"
    target.write_bytes(build())
    sys.stdout.write(f"{target.stat().st_size} bytes\n")
