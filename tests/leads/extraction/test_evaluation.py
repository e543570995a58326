"""The scorer: what counts as right, made up and missed."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from leads.extraction.evaluation import same_city, same_name, score

REPORTS = Path(__file__).parent / "reports"
GOLD: dict[str, Any] = {
    "language": "en",
    "direction": "outbound",
    "countries": ["TR", "DE"],
    "cities": ["Bursa"],
    "organisations": [{"name": "Baltic Timber Ltd", "evidence": [[0, 17]]}],
    "practices": [{"topic": "tariff", "summary": "", "evidence": [[0, 6]]}],
    "leads": [
        {
            "sector": "trade",
            "kind": "supply",
            "counterpart": "Baltic Timber",
            "amount": 5,
            "currency": "USD",
            "evidence": [[0, 10]],
        },
        {
            "sector": "energy",
            "kind": "interest",
            "counterpart": None,
            "amount": None,
            "currency": None,
            "evidence": [[20, 40]],
        },
    ],
}
TEXT = "Baltic Timber Ltd sells tariff and energy to all of us"


def test_draft_like_its_model_scores_one() -> None:
    table = score({"a": GOLD}, {"a": GOLD}, {"a": TEXT})
    assert table.mean_f1() == pytest.approx(1.0)
    assert table.mean_f1("en") == pytest.approx(1.0)
    assert table.mistakes == []


def test_report_without_a_draft_is_all_missed() -> None:
    table = score({"a": GOLD}, {}, {})
    assert table.mean_f1() == 0
    assert table.groups["all"]["countries"].missed == 2
    assert table.groups["all"]["leads"].missed == 2


def test_wrong_scalar_counts_twice_and_missing_one_once() -> None:
    wrong = score({"a": GOLD}, {"a": {**GOLD, "direction": "inbound"}}, {}).groups["all"]["direction"]
    assert (wrong.hit, wrong.extra, wrong.missed) == (0, 1, 1)
    missing = score({"a": GOLD}, {"a": {**GOLD, "direction": None}}, {}).groups["all"]["direction"]
    assert (missing.hit, missing.extra, missing.missed) == (0, 0, 1)


@pytest.mark.parametrize(
    ("changes", "points"),
    [
        ({"kind": "agreement"}, 0.5),
        ({"kind": "agreement", "evidence": [[50, 54]]}, 0.0),
        ({"counterpart": None}, 1.0),
        ({"counterpart": None, "evidence": [[50, 54]]}, 1.0),
        ({"counterpart": "Somebody Else"}, 0.5),
        ({"sector": "finance"}, 0.0),
    ],
)
def test_points_of_a_lead(changes: dict[str, Any], points: float) -> None:
    found = copy.deepcopy(GOLD)
    found["leads"] = [{**GOLD["leads"][0], **changes}]
    assert score({"a": GOLD}, {"a": found}, {}).groups["all"]["leads"].hit == points


def test_amount_within_half_a_percent_and_with_its_currency() -> None:
    for amount, currency, hit in ((5.02, "USD", 1), (5.2, "USD", 0), (5, "EUR", 0)):
        found = copy.deepcopy(GOLD)
        found["leads"][0] |= {"amount": amount, "currency": currency}
        assert score({"a": GOLD}, {"a": found}, {}).groups["all"]["amounts"].hit == hit


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ТОО «Қостанай май»", "Қостанай май", True),
        ("Baltic Timber Ltd", "Timber Baltic", True),
        ("Палата предпринимателей", "Палата предпринимателей области", True),
        ("Sunvita", "Sunvita Lifesciences", False),
        ("", "Sunvita", False),
        (None, None, False),
    ],
)
def test_same_name(one: str | None, other: str | None, same: bool) -> None:
    assert same_name(one, other) is same


def test_city_under_an_old_name_is_the_same() -> None:
    assert same_city("Ust-Kamenogorsk", "Öskemen")
    assert not same_city("Aktau", "Aktobe")


def test_value_whose_evidence_says_something_else_is_not_grounded() -> None:
    found = copy.deepcopy(GOLD)
    found["organisations"][0]["evidence"] = [[18, 23]]
    table = score({"a": GOLD}, {"a": found}, {"a": TEXT})
    assert (table.grounded, table.claimed) == (3, 4)


def test_annotations_agree_with_themselves() -> None:
    gold = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(REPORTS.glob("*.json"))}
    table = score(gold, gold, {name: (REPORTS / f"{name}.txt").read_text("utf-8") for name in gold})
    assert table.mean_f1() == pytest.approx(1.0)
    assert "mean F1" in list(table.lines())[-1]
