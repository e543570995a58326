"""A draft holds nothing that it cannot point at."""

import json
from datetime import date
from decimal import Decimal

import pytest

from leads.extraction.draft import Draft, Lead, Meeting, Organisation, Practice, UngroundedClaimError


def test_claim_without_evidence_cannot_be_made() -> None:
    with pytest.raises(UngroundedClaimError, match="Practice carries no evidence"):
        Practice(topic="tariff", summary="cheap power", evidence=())


@pytest.mark.parametrize("span", [(3, 3), (5, 2), (-1, 4)])
def test_span_without_characters_cannot_be_made(span: tuple[int, int]) -> None:
    with pytest.raises(UngroundedClaimError, match="holds no characters"):
        Practice(topic="tariff", summary="cheap power", evidence=(span,))


def test_plain_field_needs_its_own_evidence() -> None:
    with pytest.raises(UngroundedClaimError, match="countries carries no evidence"):
        Draft(countries=("TR",))
    assert Draft(countries=("TR",), field_evidence={"countries": ((0, 6),)}).countries == ("TR",)


def test_what_follows_from_other_values_needs_none() -> None:
    assert Draft(language="kk", direction="outbound", home_region="KZ-15").field_evidence == {}


def test_evidence_outside_the_text_is_refused() -> None:
    draft = Draft(organisations=(Organisation(name="Arai", evidence=((0, 4),)),))
    assert draft.check("Arai") is draft
    with pytest.raises(UngroundedClaimError, match="outside a text of 3 characters"):
        draft.check("Ara")


def test_json_of_a_draft() -> None:
    draft = Draft(
        language="en",
        start_date=date(2026, 2, 17),
        meetings=(Meeting(with_=("Arai",), date=date(2026, 2, 18), evidence=((0, 4),)),),
        leads=(
            Lead(sector="trade", kind="supply", amount=Decimal("4000000"), currency="USD", evidence=((0, 4),)),
            Lead(sector="trade", kind="supply", amount=Decimal("2.5"), currency="USD", evidence=((5, 9),)),
        ),
        field_evidence={"start_date": ((0, 4),)},
    )
    found = json.loads(json.dumps(draft.as_dict()))
    assert found["start_date"] == "2026-02-17"
    assert found["end_date"] is None
    assert found["field_evidence"] == {"start_date": [[0, 4]]}
    assert found["meetings"][0]["with"] == ["Arai"]
    assert found["meetings"][0]["date"] == "2026-02-18"
    assert [lead["amount"] for lead in found["leads"]] == [4000000, 2.5]
    assert found["leads"][0]["evidence"] == [[0, 4]]
    assert found["commitments"] == []
