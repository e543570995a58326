"""Who leads the group: the one it says, else our official abroad or the guest at home; nobody at a forum."""

import pytest

from tests.leads.extraction.reading import drafted


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Делегация Актюбинской области во главе с Асылбеком Даировым посетила Бурсу.", "Асылбек Даиров"),
        (
            "Аким Актюбинской области Асхат Даиров посетил Бурсу и встретился с министром Турции Али Кая.",
            "Асхат Даиров",
        ),
        ("Аким Актюбинской области Асхат Даиров принял посла Италии Марко Верди.", "Марко Верди"),
        ("В Актобе прошёл форум с гостями из Италии. Его открыл аким области Асхат Даиров.", None),
    ],
)
def test_head_of_the_group(text: str, name: str | None) -> None:
    head = drafted(text)["head"]
    assert (head["name"] if head else None) == name
