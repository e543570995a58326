"""Sectors of those who travelled come from the sentence that says who came."""

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
