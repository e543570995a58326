import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from docx import Document as WordFile

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def file_of(answer: Any) -> Any:
    return WordFile(io.BytesIO(b"".join(answer.streaming_content)))


def steps_in(file: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in file.tables[0].rows]


@pytest.mark.parametrize(("language", "heading"), [("kk", "ЖОЛ КАРТАСЫ"), ("ru", "ДОРОЖНАЯ КАРТА")])
def test_a_road_map_names_both_sides_and_leaves_room(
    official: User, signed_in: SignIn, language: str, heading: str
) -> None:
    deal = DealFactory(title="Шыны зауыты", company=CompanyFactory(name="Bursa Cam"), expected_start=date(2026, 5, 1))
    CommitmentFactory(about=deal, text="Send the map", executor=official, due_date=date(2026, 3, 2))
    CommitmentFactory(about=deal, text="Send the offer", side="theirs", company=deal.company, due_date=date(2026, 4, 2))
    file = file_of(signed_in(official).get(f"/deals/{deal.pk}/road-map/?in={language}"))
    assert [paragraph.text for paragraph in file.paragraphs[:2]] == [heading, "Шыны зауыты"]
    rows = steps_in(file)
    assert [row[1:3] for row in rows[1:3]] == [["Send the map", official.full_name], ["Send the offer", "Bursa Cam"]]
    assert "2026" in rows[1][3]
    assert [row[1] for row in rows[3:]] == ["", "", ""]
    assert AuditEvent.objects.filter(action="exported", record_id=str(deal.pk)).exists()


def test_minutes_hold_who_was_there_what_was_said_and_what_was_decided(official: User, signed_in: SignIn) -> None:
    meeting = MeetingFactory(
        subject="Talks at the zone", place="Bursa", date=date(2026, 2, 18), owner=official, topics=["Land", "Gas"],
        summary="The zone offers ten hectares.",
    )  # fmt: skip
    meeting.companies.add(CompanyFactory(name="Bursa OSB"))
    CommitmentFactory(about=meeting, text="Send the plan", executor=official)
    file = file_of(signed_in(official).get(f"/deals/meetings/{meeting.pk}/minutes/?in=ru"))
    text = [paragraph.text for paragraph in file.paragraphs]
    assert text[:2] == ["ПРОТОКОЛ", "Talks at the zone"]
    for said in ("Bursa OSB", official.full_name, "Land", "Gas", "The zone offers ten hectares."):
        assert said in text
    assert steps_in(file)[1][1] == "Send the plan"


def test_an_empty_meeting_leaves_lines_to_fill_in(official: User, signed_in: SignIn) -> None:
    meeting = MeetingFactory(owner=None, topics=[], place="", date=None)
    file = file_of(signed_in(official).get(f"/deals/meetings/{meeting.pk}/minutes/"))
    assert sum("____" in paragraph.text for paragraph in file.paragraphs) == 5
