import io
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from crm.shared import embedded
from crm.shared.embedded import Child, Guard, stop
from crm.shared.management.commands.run_embedded import Command

ENDS = (sys.executable, "-c", "print('gone', flush=True)")


@pytest.fixture
def command() -> Iterator[Command]:
    command = Command(stdout=io.StringIO())
    command.guard = Guard()
    yield command
    command.guard.dismiss()


def started(command: Command, program: tuple[str, ...], log: Path, *, may_end: bool) -> Child:
    child = Child("Worker", program, log, may_end=may_end)
    child.start(command.guard, folder=log.parent, variables=os.environ)
    assert child.process
    child.process.wait(20)
    return child


@pytest.mark.parametrize("may_end", [True, False])
def test_a_child_that_may_end_is_started_again_and_keeps_its_log(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, may_end: bool
) -> None:
    monkeypatch.setattr(embedded, "WORTH_ANOTHER_START", 0.0)
    child = started(command, ENDS, tmp_path / "log", may_end=may_end)
    first = child.process
    if not may_end:
        with pytest.raises(CommandError, match="Worker ended"):
            command.keep_alive([child], os.environ)
        return
    child.command = (sys.executable, "-c", "import time; print('again', flush=True); time.sleep(60)")
    command.keep_alive([child], os.environ)
    assert child.process is not first
    assert not child.has_ended
    assert "is started again" in command.stdout._out.getvalue()
    deadline = time.monotonic() + 20
    while "again" not in child.last_words() and time.monotonic() < deadline:
        time.sleep(0.05)
    stop([child])
    assert child.last_words().splitlines() == ["gone", "again"]


def test_a_child_that_ends_at_once_is_said_to_with_its_last_words(command: Command, tmp_path: Path) -> None:
    child = started(command, ENDS, tmp_path / "log", may_end=True)
    with pytest.raises(CommandError, match=r"(?s)Worker ended.*gone"):
        command.keep_alive([child], os.environ)
