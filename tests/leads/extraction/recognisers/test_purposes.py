"""The aims of a visit, each with its words."""

import pytest

from tests.leads.extraction.reading import drafted


def test_aims_behind_the_dash() -> None:
    text = "Сапардың мақсаты – жаңа инвесторлармен танысу, жол торабын дамыту тәжірибесін көру."
    purposes = drafted(text)["purposes"]
    assert [one["text"] for one in purposes] == ["жаңа инвесторлармен танысу", "жол торабын дамыту тәжірибесін көру"]
    assert [text[start:end] for one in purposes for start, end in one["evidence"]] == [one["text"] for one in purposes]


def test_no_aim_is_made_up() -> None:
    assert drafted("Делегация Бурсада болды.")["purposes"] == []


@pytest.mark.parametrize(
    ("text", "aims"),
    [
        ("Делегация тау туризмін зерделеу мақсатында Грацқа барды.", ["Делегация тау туризмін зерделеу"]),
        ("Цель визита – закупка тракторов и поиск партнёров по семенам. Делегация была в Минске.",
         ["закупка тракторов", "поиск партнёров по семенам"]),
        ("Делегация области приехала в Лодзь, чтобы найти покупателей на кожу и шерсть.",
         ["найти покупателей на кожу и шерсть"]),
        ("С целью изучения опыта орошения делегация посетила Самарканд.",
         ["изучения опыта орошения делегация посетила Самарканд"]),
        ("The purpose of the trip was the sale of flour. The delegation stayed in Kabul.", ["the sale of flour"]),
        ("A delegation of the region flew to Vienna with a view to hiring trainers, the press service reports.",
         ["hiring trainers"]),
        ("Aim of the visit: drip irrigation, cold stores. The group was in Haifa.", ["drip irrigation", "cold stores"]),
        ("Heyet, seracılık yatırımlarını görüşmek amacıyla Antalya'ya geldi.", ["seracılık yatırımlarını görüşmek"]),
        ("Ziyaretin amacı: pamuk ipliği alımı. Heyet Taşkent'teydi.", ["pamuk ipliği alımı"]),
        ("The factory was built in order to make bricks.", []),
    ],
)  # fmt: skip
def test_aims_told_in_other_ways(text: str, aims: list[str]) -> None:
    assert [one["text"] for one in drafted(text)["purposes"]] == aims
