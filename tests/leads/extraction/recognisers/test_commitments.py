"""Instructions and promises with an executor and a day."""

import pytest

from tests.leads.extraction.reading import drafted


@pytest.mark.parametrize(
    ("text", "who", "due"),
    [
        ("РЕШИЛИ:\n1. Управлению энергетики до 1 июля направить расчет тарифа.", "Управлению энергетики", "2025-07-01"),
        (
            "РЕШИЛИ:\n1. Палате предпринимателей подготовить список экспортеров до 5 января.",
            "Палате предпринимателей",
            "2026-01-05",
        ),
        (
            "ШЕШІМ:\n1) Тараз қаласының әкімдігі 15 шілдеге дейін жер телімін ұсынсын;",
            "Тараз қаласының әкімдігі",
            "2025-07-15",
        ),
        (
            "ACTION POINTS\n1. Department of energy to send the tariff sheet by 1 July 2025.",
            "Department of energy",
            "2025-07-01",
        ),
        ("KARARLAR\n1. Ticaret Odası listeyi 1 Temmuz 2025'e kadar gönderecek.", "Ticaret Odası", "2025-07-01"),
    ],
)
def test_instruction(text: str, who: str, due: str) -> None:
    (found,) = drafted(text, "2025-06-11")["commitments"]
    assert (found["who"], found["due_date"], found["by"]) == (who, due, "home")


def test_instruction_without_a_day_keeps_none() -> None:
    (found,) = drafted("РЕШИЛИ:\n1. Акимату разместить памятку на сайте.", "2025-06-11")["commitments"]
    assert found["due_date"] is None


def test_agenda_is_no_instruction() -> None:
    assert drafted("ПОВЕСТКА\n1. О поездке в Китай.\n2. Разное.", "2025-06-11")["commitments"] == []
