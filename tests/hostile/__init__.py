"""What people with bad intentions type, and how to tell that it took effect."""

import json
from functools import cache
from pathlib import Path

#: Too long to write down: beyond what columns, forms and cookies hold.
LONG = (
    "A" * 100_000,
    "<b>" * 2_000,
    "{{" * 2_000,
    "'" * 5_000,
    "\u0301" * 3_000,
    "(" * 3_000,
    "[" * 100_000,
    '{"a":' * 20_000,
    "а" * 70_000,
    "9" * 5_000,
    "a " * 20_000,
    "\n" * 10_000,
)


@cache
def hostile_inputs() -> tuple[str, ...]:
    """Return every hostile input, as they stand in ``inputs.txt``, then the long ones."""
    lines = (Path(__file__).parent / "inputs.txt").read_text("utf-8").splitlines()
    return (*(json.loads(line) for line in lines if line and not line.startswith("#")), *LONG)
