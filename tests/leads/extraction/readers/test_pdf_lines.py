import pytest

from leads.extraction.readers.pdf_glyphs import Run
from leads.extraction.readers.pdf_lines import Line, lines_of, paragraphs_of

WIDTH = 5.0  # of every letter, in points


def page(*lines: str, x: float = 50, size: float = 10, leading: float = 13) -> list[Line]:
    return [Line(text, x, x + WIDTH * len(text), 700 - leading * number, size) for number, text in enumerate(lines)]


def run(text: str, x: float, y: float = 700) -> Run:
    return Run(text, x, x + WIDTH * len(text), y, 10)


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([run("ынтыма", 50), run("қ", 80), run("тастық", 85)], "ынтымақтастық"),
        ([run("ынтыма", 50), run("қ", 80.9), run("тастық", 85.2)], "ынтымақтастық"),  # kerning
        ([run("екі", 50), run("ел", 67.5)], "екі ел"),
        ([run("екі", 50), run(" ", 65), run("ел", 70)], "екі ел"),
        ([run("екі ", 50), run("ел", 70)], "екі ел"),
        ([run("Ұйым", 50), run("Сома", 150)], "Ұйым | Сома"),
        ([run("бос", 50), run("ара", 100), run("тең", 150)], "бос ара тең"),  # stretched to both edges
        ([run("м", 50), run("2", 55, 704)], "м2"),  # raised
    ],
)
def test_runs_on_one_line(runs: list[Run], text: str):
    assert [line.text for line in lines_of(runs)] == [text]


def test_a_run_below_or_back_to_the_left_begins_a_line():
    assert [line.text for line in lines_of([run("бір", 50), run("екі", 50, 687), run("үш", 20, 687)])] == [
        "бір",
        "екі",
        "үш",
    ]


FULL = "Делегация посетила зону и обсудила с её компанией налоговые льготы и"


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([FULL, "тарифы."], [f"{FULL} тарифы."]),
        ([FULL, "Бурсе."], [f"{FULL} Бурсе."]),
        ([FULL, "Короткая строка.", "Новый абзац."], [f"{FULL} Короткая строка.", "Новый абзац."]),
        (["Заголовок", FULL, "тарифы."], ["Заголовок", f"{FULL} тарифы."]),
        ([FULL, "1. Первый пункт", "2. Второй пункт"], [FULL, "1. Первый пункт", "2. Второй пункт"]),
        ([FULL, "- бетон", "- логистика"], [FULL, "- бетон", "- логистика"]),
        ([FULL, "– это важно."], [f"{FULL} – это важно."]),
        ([FULL, "Ұйым | Сома", "тарифы"], [FULL, "Ұйым | Сома", "тарифы"]),
    ],
)
def test_lines_are_joined_where_a_paragraph_goes_on(lines: list[str], paragraphs: list[str]):
    assert paragraphs_of([page(*lines)]) == paragraphs


def test_an_indented_line_begins_a_paragraph_even_after_a_full_one():
    first, second, third = page(FULL, FULL, FULL)
    indented = Line(f"Ещё {FULL[:49]}", second.x0 + 20, second.x1, second.y, second.size)
    assert paragraphs_of([[first, indented, third]]) == [FULL, f"Ещё {FULL[:49]} {FULL}"]


def test_a_wider_step_begins_a_paragraph():
    upper, lower = page(FULL, FULL), [Line(line.text, line.x0, line.x1, line.y - 60, 10) for line in page(FULL, FULL)]
    assert paragraphs_of([[*upper, *lower]]) == [f"{FULL} {FULL}"] * 2


def test_lines_of_another_size_are_a_heading():
    heading = Line(FULL.upper(), 50, 390, 720, 16)
    assert paragraphs_of([[heading, *page(FULL, "тарифы.")]]) == [FULL.upper(), f"{FULL} тарифы."]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("сторон, бизнес-", "форум прошёл", "бизнес-форум"),
        ("от более чем 300-", "ден астам ұйым", "300-ден"),
        ("договор с ТОО-", "партнёром", "ТОО-партнёром"),
        ("о новых инвести\u00ad", "циях в область", "инвестициях"),
        ("а потом вся делега-", "ция уехала", "делегация"),  # the document writes the word elsewhere
    ],
)
def test_a_hyphen_at_the_end_of_a_line(before: str, after: str, joined: str):
    line = f"{FULL[: 66 - len(before)]} {before}"
    text = paragraphs_of([page("Вся делегация.", line, f"{after}, и так далее, {FULL[:40]}")])[-1]
    assert joined in text.split() or f"{joined}," in text.split()


def test_where_every_other_line_is_hyphenated_the_hyphens_go():
    lines = [
        "Сегодня состоялось обсуждение возможностей сотрудничества и коопера-",
        "ции между двумя областями, а также состоялись переговоры о производ-",
        "стве бетона.",
    ]
    assert paragraphs_of([page(*lines)]) == [
        "Сегодня состоялось обсуждение возможностей сотрудничества и кооперации между двумя областями, а также "
        "состоялись переговоры о производстве бетона."
    ]


def test_a_paragraph_goes_on_in_the_next_column():
    left = page("Первая колонка идёт до низа и", "продолжается в следующей без точки", x=50)
    right = page("колонке этой же страницы.", x=300)
    assert paragraphs_of([[*left, *right]]) == [
        "Первая колонка идёт до низа и продолжается в следующей без точки колонке этой же страницы."
    ]


def test_page_numbers_go_but_numbers_in_the_text_stay():
    assert paragraphs_of([[*page(FULL, "тарифы.", "2026"), Line("- 3 -", 300, 320, 30, 10)]]) == [
        f"{FULL} тарифы.",
        "2026",
    ]
