"""Fresh examples of each phenomenon, in four languages: what is found in them, slot by slot.

Each file of `phenomena/` names a slot (or several), the F1 that must at least be reached over its examples, and the
examples. An example may name the `language` that the text must be found to be in.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leads.extraction import extract
from leads.extraction.evaluation import score

PHENOMENA = sorted((Path(__file__).parent / "phenomena").glob("*.toml"))


def wanted_value(slot: str, value: Any) -> Any:
    """Return an example's answer in the shape of a draft; leads are written "sector kind"."""
    match slot:
        case "head":
            return {"name": value} if value else None
        case "organisations" | "people":
            return [{"name": name} for name in value]
        case "practices":
            return [{"topic": topic} for topic in value]
        case "amounts":
            sums = [one.split() for one in value]
            sum_only = {"sector": "other", "kind": "interest"}
            return [sum_only | {"amount": float(amount), "currency": currency} for amount, currency in sums]
        case "leads":
            return [dict(zip(("sector", "kind"), lead.split(), strict=True)) for lead in value]
        case "countries" | "cities":
            return value or []
    return value


@pytest.mark.parametrize("path", PHENOMENA, ids=lambda path: path.stem)
def test_phenomenon_is_mastered_in_fresh_examples(path: Path) -> None:
    phenomenon = tomllib.loads(path.read_text("utf-8"))
    slots, examples = phenomenon.get("slots") or [phenomenon["slot"]], phenomenon["example"]
    assert len(examples) >= 10
    found, wanted = {}, {}
    for number, example in enumerate(examples):
        published = example.get("published")
        home = example.get("home", "KZ")
        draft = extract(example["text"], published=date.fromisoformat(published) if published else None, home=home)
        language = example.get("language", draft.language)
        assert draft.language == language or "language" in slots
        found[f"{number:03}"] = draft.as_dict()
        # Sums stand in leads.
        answers = {"leads" if slot == "amounts" else slot: wanted_value(slot, example.get(slot)) for slot in slots}
        wanted[f"{number:03}"] = {"language": language, **answers}
    table = score(wanted, found, {})
    for slot in slots:
        mistakes = [mistake for mistake in table.mistakes if f" {slot}:" in mistake]
        tally = table.groups["all"][slot]
        assert tally.empty or tally.f1 >= phenomenon["least"], "\n".join(mistakes)
