"""What is said of an industrial zone."""

import pytest

from tests.leads.extraction.reading import drafted

KAZAKH = (
    "Делегация Бурсада болып, «Көктем» индустриялық аймағын көрді. "
    "1970-жылдары құрылған аймақта 250 компания жұмыс істейді."
)
RUSSIAN = (
    "Делегация посетила в Бурсе индустриальную зону «Родник». Она основана в 1988 году, здесь работают 90 предприятий."
)
TURKISH = "Heyet Bursa'da Demirtaş Organize Sanayi Bölgesi'ni gezdi. 1990'da kurulan bölgede 1.150 firma var."


@pytest.mark.parametrize(
    ("text", "founded", "residents"), [(KAZAKH, "1970s", 250), (RUSSIAN, "1988", 90), (TURKISH, "1990", 1150)]
)
def test_founding_and_residents(text: str, founded: str, residents: int) -> None:
    (zone,) = [one for one in drafted(text)["organisations"] if one["kind"] == "industrial_zone"]
    assert (zone["founded"], zone["residents"]) == (founded, residents)
    proof = " ".join(text[start:end] for start, end in zone["evidence"])
    assert founded[:3] in proof
