import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from tests.factories.commitments import CommitmentFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime.fromisoformat("2026-03-02T10:00+05:00")


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows())
    assert not [cell for row in rows for cell in row if cell.data_type == "f"], "a text became a formula"
    return [tuple(cell.value for cell in row) for row in rows]


@time_machine.travel(MONDAY, tick=False)
def test_the_table_of_execution_holds_what_is_open_and_what_was_kept(
    official: User, stranger: User, signed_in: Callable[[User], Client]
) -> None:
    CommitmentFactory(text="=Send the map", executor=official, due_date=date(2026, 2, 20), under_control=True)
    CommitmentFactory(
        text="Answer on tax", executor=official, due_date=date(2026, 2, 1), status="kept", proof="№ 7", closed_at=MONDAY
    )
    heading, kept, late = rows_of(signed_in(official).get("/commitments/execution/"))
    assert heading[0] == "What is to be done"
    assert (kept[0], kept[6], kept[9]) == ("Answer on tax", None, "№ 7")
    assert (late[0], late[3], late[6], late[8]) == ("=Send the map", official.full_name, 10, "yes")
    assert len(rows_of(signed_in(official).get("/commitments/execution/?state=overdue"))) == 2
    assert len(rows_of(signed_in(stranger).get("/commitments/execution/"))) == 1, "the heading alone"
    assert AuditEvent.objects.filter(action="exported").count() == 3
