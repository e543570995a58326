"""Whether a branch of the economy is an office's or a business's."""

import pytest

from leads.extraction.recognisers.offices import belongs
from tests.leads.extraction.reading import document


@pytest.mark.parametrize(
    ("language", "text", "is_offices"),
    [
        ("en", "the deputy minister of agriculture", True),
        ("en", "the minister, a farmer by birth", False),
        ("en", "the minister and farmers", False),
        ("ru", "начальник управления сельского хозяйства", True),
        ("ru", "с акимом полетели аграрии", False),
        ("kk", "ауыл шаруашылығы министрі", True),
        ("tr", "Bakan ile birlikte çiftçiler", False),
        ("tr", "tarım bakanı", True),
    ],
)
def test_whose_a_sector_is(language: str, text: str, is_offices: bool) -> None:
    read = document(text, language)
    (sector, *_), (office, *_) = read.sectors(0, len(read.words)), read.hits("participants", "office")
    assert belongs(read, sector, office) is is_offices
