"""Sectors of those who travelled come from the sentences and lists that say who came."""

import pytest

from tests.leads.extraction.reading import drafted


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        (
            "Делегация құрамына туризм, мал шаруашылығы және IT салаларының өкілдері кірді.",
            ["tourism", "agriculture", "it_digital"],
        ),
        (
            "В состав делегации вошли мебельщики, перевозчики и представители банковской сферы.",
            ["wood_paper_furniture", "transport_logistics", "finance"],
        ),
        (
            "The delegation included makers of textiles, cement and furniture.",
            ["textile", "construction_materials", "wood_paper_furniture"],
        ),
        ("Tekstil ve mobilya sektörlerinden 12 firmanın yer aldığı heyet geldi.", ["textile", "wood_paper_furniture"]),
        ("Зауытта цемент шығарылады.", []),
    ],
)
def test_sectors_that_travelled(text: str, sectors: list[str]) -> None:
    assert drafted(text)["participant_sectors"] == sectors


def test_list_under_a_heading_gives_its_brackets() -> None:
    text = (
        "Delegation of Poland came to Kostanay.\nMembers of the delegation:\n"
        "1) Wisla Meble S.A. (furniture);\n2) Oder Dairy (cheese and butter);\n3) Jan Kowalski, deputy mayor.\n"
        "The guests visited a coal mine."
    )
    assert drafted(text)["participant_sectors"] == ["wood_paper_furniture", "food_processing"]


def test_list_after_a_heading_of_its_own_gives_its_brackets() -> None:
    text = "Костанайцы побывали в Лодзи. Участники: «Медсервис» (частная клиника); «Быстро» (грузоперевозки)."
    assert drafted(text)["participant_sectors"] == ["healthcare", "transport_logistics"]


def test_head_of_a_mill_who_went_along_is_no_official() -> None:
    text = "Kostanay heyeti Lodz'daydı. Geziye bir fırın sahibi ve bir konfeksiyon fabrikasının müdürü katıldı."
    assert drafted(text)["participant_sectors"] == ["food_processing", "textile"]


def test_offices_are_no_business_members() -> None:
    text = "В состав делегации Чехии вошли заместитель министра сельского хозяйства, мебельщики и ректор университета."
    assert drafted(text)["participant_sectors"] == ["wood_paper_furniture"]


def test_at_home_nobody_travels() -> None:
    text = "В Костанайской области прошёл форум. Участниками форума стали мебельщики и перевозчики области."
    assert drafted(text)["participant_sectors"] == []
