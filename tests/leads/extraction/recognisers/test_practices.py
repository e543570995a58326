"""Experience that was shown."""

import pytest

from tests.leads.extraction.reading import drafted


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        (
            "Делегация индустриялық аймақтың салықтық жеңілдіктерімен және бір терезе қағидатымен танысты.",
            {"tax_incentive", "simpler_procedures"},
        ),
        (
            "Гостям показали индустриальную зону и рассказали о налоговых льготах и подготовке кадров.",
            {"tax_incentive", "workforce"},
        ),
        (
            "The guests toured the industrial park and learned how tax exemptions and vocational training work.",
            {"tax_incentive", "workforce"},
        ),
        (
            "Heyet sanayi bölgesini gezdi; vergi muafiyeti ve altyapı hakkında bilgi verildi.",
            {"tax_incentive", "infrastructure"},
        ),
        ("Салық комитетінің басшысы келді.", set()),
    ],
)
def test_topics(text: str, topics: set[str]) -> None:
    assert {one["topic"] for one in drafted(text)["practices"]} == topics
