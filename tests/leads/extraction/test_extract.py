"""Whole reports: the example, the public benchmark, and texts of every kind."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.extraction import extract
from leads.extraction.evaluation import Table, score

REPORTS = Path(__file__).parent / "reports"
MORE_REPORTS = Path(__file__).parent / "more_reports"
EXAMPLE = "aktobe-turkiye"


def gold(name: str) -> dict[str, Any]:
    draft: dict[str, Any] = json.loads((REPORTS / f"{name}.json").read_text("utf-8"))
    return draft


@cache
def draft_of(name: str) -> dict[str, Any]:
    published = gold(name).get("published")
    text = (REPORTS / f"{name}.txt").read_text("utf-8")
    return extract(text, published=date.fromisoformat(published) if published else None).as_dict()


@pytest.mark.parametrize(
    "slot", ["language", "direction", "home_region", "countries", "cities", "start_date", "end_date"]
)
def test_frame_of_the_example(slot: str) -> None:
    assert draft_of(EXAMPLE)[slot] == gold(EXAMPLE)[slot]


def test_zone_of_the_example() -> None:
    (zone,) = draft_of(EXAMPLE)["organisations"]
    assert {slot: zone[slot] for slot in ("name", "kind", "founded", "residents", "country", "role")} == {
        "name": "Bursa Organize Sanayi Bölgesi",
        "kind": "industrial_zone",
        "founded": "1960s",
        "residents": 300,
        "country": "TR",
        "role": "counterpart",
    }


def test_sectors_leads_and_practices_of_the_example() -> None:
    found, wanted = draft_of(EXAMPLE), gold(EXAMPLE)
    assert set(found["participant_sectors"]) == set(wanted["participant_sectors"])
    assert {(lead["sector"], lead["kind"]) for lead in found["leads"]} == {
        (lead["sector"], lead["kind"]) for lead in wanted["leads"]
    }
    assert len({one["topic"] for one in found["practices"]} & {one["topic"] for one in wanted["practices"]}) >= 4
    assert found["people"] == []


def test_year_of_the_example_is_read_off_its_own_header() -> None:
    draft = extract((REPORTS / f"{EXAMPLE}.txt").read_text("utf-8"))
    assert (draft.published, draft.start_date, draft.end_date) == (
        date(2026, 2, 24),
        date(2026, 2, 17),
        date(2026, 2, 19),
    )


def test_benchmark_stays_where_it_is() -> None:
    """All annotated reports: the mean, each language, and every claimed value grounded."""
    names = sorted(path.stem for path in REPORTS.glob("*.json"))
    texts = {name: (REPORTS / f"{name}.txt").read_text("utf-8") for name in names}
    table = score({name: gold(name) for name in names}, {name: draft_of(name) for name in names}, texts)
    assert table.mean_f1() >= 0.92
    assert min(table.mean_f1(language) for language in ("kk", "ru", "en", "tr")) >= 0.84
    assert table.grounded == table.claimed


# What each slot reaches at least over the even numbers, which nobody reads while working on the rules.
FLOORS = {
    "language": 1.0, "direction": 0.94, "home_region": 1.0, "start_date": 0.96, "end_date": 0.91, "head": 0.94,
    "countries": 0.93, "cities": 0.87, "participant_sectors": 0.86, "organisations": 0.80, "people": 0.90,
    "practices": 0.79, "leads": 0.70, "amounts": 0.89,
}  # fmt: skip


@cache
def even_half() -> Table:
    names = [path.stem for path in REPORTS.glob("*-*[02468].json")]
    return score({name: gold(name) for name in names}, {name: draft_of(name) for name in names}, {})


@pytest.mark.parametrize(("slot", "least"), FLOORS.items())
def test_slot_stays_where_it_is_over_the_reports_that_nobody_reads(slot: str, least: float) -> None:
    assert even_half().groups["all"][slot].f1 >= least


@pytest.mark.parametrize(("half", "least"), [("read", 0.94), ("held", 0.81)])
def test_reports_written_apart_from_the_rules(half: str, least: float) -> None:
    """The mean of each half of ``more_reports``, the one that nobody reads too, and every claimed value grounded."""
    folder = MORE_REPORTS / half
    wanted = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    texts = {name: (folder / f"{name}.txt").read_text("utf-8") for name in wanted}
    found = {
        name: extract(text, published=date.fromisoformat(wanted[name]["published"])).as_dict()
        for name, text in texts.items()
    }
    table = score(wanted, found, texts)
    assert table.mean_f1() >= least
    assert table.grounded == table.claimed


def test_same_text_gives_the_same_draft() -> None:
    text = (REPORTS / f"{EXAMPLE}.txt").read_text("utf-8")
    assert extract(text).as_dict() == extract(text).as_dict()


@pytest.mark.parametrize(
    "text", ["", " \n\t", "…", "12345", "\u202eтекст\u202c", "😀" * 50, "«" * 2000, "1." * 2000, "А. " * 2000]
)
def test_odd_texts_give_a_draft(text: str) -> None:
    extract(text).check(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_text_gives_a_draft_whose_evidence_lies_inside_it(text: str) -> None:
    extract(text).check(text)


def test_capital_i_with_a_dot_moves_no_offset() -> None:
    text = "İİİİ İSTANBUL. Heyet İzmir'de Çınar Tekstil A.Ş. ile anlaşma imzaladı."
    (organisation,) = extract(text).organisations
    ((start, end),) = organisation.evidence
    assert text[start:end] == "Çınar Tekstil A.Ş."
