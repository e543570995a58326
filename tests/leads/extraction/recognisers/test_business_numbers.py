import pytest

from tests.leads.extraction.reading import drafted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Встречу провело ТОО «Жетісу Агро» (БИН 940240000001). Подписан меморандум.", "940240000001"),
        ("Кездесуге «Жетісу Агро» ЖШС (БСН 940240000001) қатысты. Меморандумға қол қойылды.", "940240000001"),
        ("Встречу провело ТОО «Жетісу Агро» (БИН 940240000007). Подписан меморандум.", None),  # a wrong check digit
        ("Встречу провело ТОО «Жетісу Агро». Справка 940240000001 подписана позже.", None),  # another sentence
        ("Встречу провело ТОО «Жетісу Агро», счёт 94024000000112.", None),
    ],
)
def test_a_number_goes_to_the_name_before_it(text: str, expected: str | None) -> None:
    (organisation,) = drafted(text)["organisations"]

    assert organisation["bin"] == expected
    if expected:
        assert expected in [text[start:end] for start, end in organisation["evidence"]]
