"""The sample reports that come with the product, for who has no report at hand."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """A report to try; ``name`` is its key, ``language`` a code."""

    name: str
    language: str
    title: str
    published: date

    @property
    def file_name(self) -> str:
        return f"{self.name}.txt"

    def read(self) -> bytes:
        return (FOLDER / self.file_name).read_bytes()


@cache
def samples() -> tuple[Sample, ...]:
    """Return the samples in the order of their index."""
    index = tomllib.loads((FOLDER / "index.toml").read_text("utf-8"))
    return tuple(Sample(**entry) for entry in index["samples"])


def sample_named(name: str) -> Sample | None:
    return next((sample for sample in samples() if sample.name == name), None)
