"""Drafting and scoring from the command line."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

REPORTS = Path("tests/leads/extraction/reports")


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_one_json_line_a_file() -> None:
    files = [str(REPORTS / "aktobe-turkiye.txt"), str(REPORTS / "tr-01.txt")]
    rows = [json.loads(line) for line in run("extract", *files, "--json").splitlines()]
    assert [row["file"] for row in rows] == files
    assert rows[0]["draft"]["home_region"] == "KZ-15"
    assert rows[1]["draft"]["language"] == "tr"


def test_day_of_publication_settles_the_year(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("17-19 ақпанда Ақтөбе облысының делегациясы Түркияда болды.", "utf-8")
    (row,) = run("extract", str(report), "--published", "2026-02-24", "--json").splitlines()
    assert json.loads(row)["draft"]["start_date"] == "2026-02-17"
    (row,) = run("extract", str(report), "--json").splitlines()
    assert json.loads(row)["draft"]["start_date"] is None


def test_draft_to_read() -> None:
    text = run("extract", str(REPORTS / "aktobe-turkiye.txt"))
    assert "outbound, KZ-15 – TR" in text
    assert "negotiation: construction_materials" in text


def test_no_environment_needs_to_be_set_up(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "extract", str(REPORTS / "tr-01.txt"), "--json"],
        env={"PATH": os.environ["PATH"], "SAPAR_VAR": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(done.stdout)["draft"]["language"] == "tr"


def test_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    with pytest.raises(CommandError, match=r"empty.txt"):
        run("extract", str(empty))


def test_scores_of_a_folder(tmp_path: Path) -> None:
    for suffix in ("txt", "json"):
        source = REPORTS / f"aktobe-turkiye.{suffix}"
        (tmp_path / source.name).write_bytes(source.read_bytes())
    lines = run("evaluate_extraction", str(tmp_path), "--errors").splitlines()
    assert "all: 1" in lines
    assert float(lines[-1].split("all ")[1].split(",")[0]) >= 0.8
    assert lines[-2].startswith("grounded values: ")


def test_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"holds no NAME.txt"):
        run("evaluate_extraction", str(tmp_path))
