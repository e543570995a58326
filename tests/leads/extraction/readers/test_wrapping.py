from textwrap import wrap

import pytest

from leads.extraction.readers.wrapping import unwrap

PARAGRAPHS = [
    "Делегация посетила индустриальную зону в Бурсе и обсудила с её управляющей компанией налоговые льготы, тарифы и "
    "порядок приёма резидентов; стороны условились обменяться проектами договоров до конца марта текущего года.",
    "Вторая встреча прошла в торговой палате. Строители говорили о бетоне и железобетоне, перевозчики – о совместном "
    "складе у границы, рестораторы – о поставке оборудования для столовых при новых заводах области.",
]


@pytest.mark.parametrize(
    ("width", "between"), [(60, "\n\n"), (72, "\n\n"), (80, "\n\n"), (100, "\n\n"), (60, "\n"), (72, "\n"), (100, "\n")]
)
def test_paragraphs_broken_at_a_fixed_width_are_whole_again(width: int, between: str):
    broken = between.join("\n".join(wrap(paragraph, width)) for paragraph in PARAGRAPHS)
    assert unwrap(broken) == between.join(PARAGRAPHS)


def test_the_length_never_changes():
    broken = "\n\n".join("\n".join(wrap(paragraph, 72)) for paragraph in PARAGRAPHS)
    assert len(unwrap(broken)) == len(broken)


def test_list_items_keep_their_lines():
    intro = "\n".join(wrap(PARAGRAPHS[0], 60))
    items = "- construction materials, concrete above all\n- logistics"
    assert unwrap(f"{intro}\n{items}") == f"{PARAGRAPHS[0]}\n{items}"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),  # one paragraph a line
        "Тема\nДата\nКому\nСписок\nМесто\nИтоги\nПодпись",
        "Повестка дня: о реализации договорённостей с партнёрами из Бурсы\nСлушали\nПостановили\nИсполнить до марта",
        "",
        "одно слово",
    ],
)
def test_lines_that_are_meant_stay(text: str):
    assert unwrap(text) == text
