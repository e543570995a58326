"""The same business told twice is one lead."""

from dataclasses import replace

from leads.extraction.recognisers.lead_candidates import Candidate, furthest, merged

TALKS = Candidate("textile", "negotiation", [(0, 10)], 0, 0)


def test_the_further_of_two_kinds() -> None:
    assert furthest("interest", "memorandum") == "memorandum"


def test_one_business_in_one_paragraph_is_one_lead_at_its_furthest() -> None:
    (lead,) = merged([replace(TALKS, spans=[(0, 10)]), replace(TALKS, kind="supply", spans=[(11, 20)], jobs=5)])
    assert (lead.kind, lead.jobs, lead.spans) == ("supply", 5, [(0, 10), (11, 20)])


def test_partners_of_their_own_are_leads_of_their_own() -> None:
    assert len(merged([replace(TALKS, counterpart="A"), replace(TALKS, counterpart="B")])) == 2


def test_a_headline_gives_way_to_the_text_and_an_instruction_to_the_report() -> None:
    headline = replace(TALKS, kind="supply", spans=[(0, 5)], headline=True)
    (lead,) = merged([headline, replace(TALKS, kind="interest", spans=[(6, 9)], line=1)])
    assert lead.kind == "interest"
    (lead,) = merged([replace(TALKS), replace(TALKS, kind="supply", spans=[(6, 9)], line=4, task=True)])
    assert lead.kind == "negotiation"


def test_a_headline_alone_is_no_lead_beside_others() -> None:
    other = replace(TALKS, sector="tourism", line=2)
    assert merged([replace(TALKS, headline=True), other]) == [other]
