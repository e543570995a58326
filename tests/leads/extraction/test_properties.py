"""What holds for any text at all: a draft comes out, all of it grounded, in time that grows with the length alone."""

import gc
import json
import random
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.extraction import extract
from leads.extraction.evaluation import score
from tests.leads.extraction.baits import BAITS, bait, reports_without_ends

pytestmark = pytest.mark.property

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))
#: Quadratic time would grow with the square of this; linear time, with caches and collections, stays below twice it.
GROWTH = 8


def passages() -> list[str]:
    """Return the lines of real reports, so that in arbitrary text there is something to find."""
    return [line for path in REPORTS for line in path.read_text("utf-8").splitlines() if line.strip()]


anything = st.text(max_size=40)
pieces = st.one_of(
    st.sampled_from(passages()),
    st.sampled_from(passages()).flatmap(lambda line: st.integers(0, len(line)).map(lambda cut: line[cut:])),
    st.sampled_from(sorted(BAITS.values())).map(lambda piece: piece * 9),
    anything,
)
texts = st.lists(pieces, max_size=8).flatmap(
    lambda parts: st.sampled_from(["", " ", "\n", "\n\n", ". ", "\u00a0", "\r\n"]).map(lambda glue: glue.join(parts))
)


def assert_drafted(raw: str) -> None:
    extract(raw).check(raw)
    text = unicodedata.normalize("NFC", raw)  # as the readers give it, and the scorer takes it
    draft = extract(text, home="KZ-15").check(text).as_dict()
    json.dumps(draft)
    table = score({"text": draft}, {"text": draft}, {"text": text})
    assert table.grounded == table.claimed
    assert extract(text, home="KZ-15").as_dict() == draft


@settings(max_examples=250, deadline=None, derandomize=True)
@given(texts)
def test_any_text_gives_a_grounded_draft(text: str) -> None:
    assert_drafted(text)


def seconds(text: str) -> float:
    gc.collect()
    began = time.process_time()
    extract(text)
    return time.process_time() - began


def assert_linear(short: str, long: str, growth: int) -> None:
    # A second time where the first was slow: a machine that does other things besides must not decide.
    ratios = (seconds(long) / max(seconds(short), 0.002) for _ in range(2))
    assert any(ratio < 2 * growth for ratio in ratios)


@pytest.mark.parametrize("name", sorted(BAITS))
def test_time_grows_with_the_length_alone(name: str) -> None:
    assert_linear(bait(name, 2_000), bait(name, 2_000 * GROWTH), GROWTH)


def test_a_report_of_one_endless_sentence_takes_linear_time() -> None:
    assert_linear(reports_without_ends(10_000), reports_without_ends(10_000 * GROWTH), GROWTH)


@pytest.mark.soak
@settings(max_examples=5_000, deadline=None)
@given(texts)
def test_any_of_very_many_texts_gives_a_grounded_draft(text: str) -> None:
    assert_drafted(text)


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(BAITS))
def test_time_grows_with_the_length_alone_in_very_long_texts(name: str) -> None:
    assert_linear(bait(name, 20_000), bait(name, 200_000), 10)


@pytest.mark.soak
def test_ten_megabytes_of_everything_give_a_grounded_draft() -> None:
    dice = random.Random(2026)
    parts = [*passages(), *(piece * 20 for piece in BAITS.values())]
    text = " ".join(dice.choices(parts, k=10_000_000 // (sum(map(len, parts)) // len(parts))))[:10_000_000]
    assert len(text) > 9_000_000
    extract(text).check(text)
