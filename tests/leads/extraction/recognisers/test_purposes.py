"""The aims of a visit, each with its words."""

from tests.leads.extraction.reading import drafted


def test_aims_behind_the_dash() -> None:
    text = "Сапардың мақсаты – жаңа инвесторлармен танысу, жол торабын дамыту тәжірибесін көру."
    purposes = drafted(text)["purposes"]
    assert [one["text"] for one in purposes] == ["жаңа инвесторлармен танысу", "жол торабын дамыту тәжірибесін көру"]
    assert [text[start:end] for one in purposes for start, end in one["evidence"]] == [one["text"] for one in purposes]


def test_no_aim_is_made_up() -> None:
    assert drafted("Делегация Бурсада болды.")["purposes"] == []
