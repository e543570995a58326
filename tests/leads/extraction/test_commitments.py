"""Fresh instructions and promises, in four languages: executor, day and side of each come out right."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from leads.extraction.evaluation import same_name
from tests.leads.extraction.reading import drafted

EXAMPLES = tomllib.loads(Path(__file__).with_name("commitments.toml").read_text("utf-8"))["example"]


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_commitments_come_out_right(number: int) -> None:
    example: dict[str, Any] = EXAMPLES[number]
    found = drafted(example["text"], example["published"])["commitments"]
    wanted = example["commitments"]
    assert [(one["by"], one["due_date"]) for one in found] == [(one["by"], one.get("due_date")) for one in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert one["text"] in " ".join(example["text"].split())
        if other.get("who") is None:
            assert one["who"] is None
        else:
            assert same_name(one["who"] or "", other["who"]), one["who"]
