"""The benchmark measures what it says it does."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from leads.visit_reports.management.commands import bench

REPORTS = Path(__file__).parents[2] / "extraction" / "reports"


def test_it_shows_start_up_languages_and_the_curve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("kk-01", "ru-01"):
        shutil.copy(REPORTS / f"{name}.txt", tmp_path)
    monkeypatch.setattr(bench, "LENGTHS", (1_000, 4_000))
    shown = StringIO()

    call_command("bench", tmp_path, rounds=1, stdout=shown)

    lines = [line.split() for line in shown.getvalue().splitlines()]
    assert [line[0] for line in lines if line[0:1] in (["kk"], ["ru"], ["all"])] == ["kk", "ru", "all", "all"]
    assert [line[0] for line in lines if line and line[-1].endswith("×")] == ["1,000", "4,000"]
    assert "MB resident" in shown.getvalue()


def test_a_folder_without_reports_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no report"):
        call_command("bench", tmp_path)
