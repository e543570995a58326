"""The organisation a lead is with is theirs rather than ours."""

import pytest

from tests.leads.extraction.reading import drafted


@pytest.mark.parametrize(
    ("text", "partner"),
    [
        (
            "Делегация Чехии прибыла в Костанай. ТОО «Тобол Мебель» и чешская Vltava Nábytek подписали меморандум "
            "о выпуске мебели.",
            "Vltava Nábytek",
        ),
        (
            "A delegation of Poland came to Kostanay. Tobol Mebel LLP signed a memorandum on furniture with "
            "Wisla Meble S.A.",
            "Wisla Meble S.A",
        ),
        (
            "Польшадан делегация Қостанайға келді. «Тобыл Жиһаз» ЖШС мен «Wisla Meble» компаниясы жиһаз шығару "
            "туралы меморандумға қол қойды.",
            "«Wisla Meble»",
        ),
    ],
)
def test_partner_is_the_stranger(text: str, partner: str) -> None:
    (lead,) = drafted(text)["leads"]
    assert lead["counterpart"] is not None
    assert lead["counterpart"].startswith(partner)


def test_nobody_is_the_partner_where_only_ours_are_named() -> None:
    text = "Делегация Чехии прибыла в Костанай. ТОО «Тобол Мебель» предложило гостям наладить выпуск мебели."
    (lead,) = drafted(text)["leads"]
    assert lead["counterpart"] is None
