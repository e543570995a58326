"""The walk's answers as a table: every address, and what each of the nine got there."""

from collections.abc import Iterable, Sequence

from tests.visibility.addresses import FORBIDDEN, MISSING, OK, ROLES, SIGN_IN

#: The property of a test's report that carries one row.
WALKED = "walked"
#: The property that carries a line to show at the end of the run.
SHOWN = "shown"
SIGNS = {OK: "+", FORBIDDEN: "403", MISSING: "404", SIGN_IN: "sign in"}
HEADINGS = ("address", *ROLES)


def walk_table(walked: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """Return the table's lines: a heading, a row for each address in the order of their names, and their number."""
    rows = [(name, *(SIGNS.get(answer, answer) for answer in answers)) for name, answers in sorted(walked)]
    table = [HEADINGS, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADINGS))]
    lines = [" ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return [*lines, f"{len(rows)} addresses x {len(ROLES)} people, every one decided (+ is an answer)"]
