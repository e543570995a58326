"""A language is a folder of lists with known tables and codes."""

import tomllib
from pathlib import Path

import pytest

from leads.extraction import languages
from leads.extraction.languages import FOLDER, TABLES, LanguageDataError, load

TABLE_FILES = sorted(FOLDER.glob("*/*.toml"))


def test_four_languages_are_there() -> None:
    assert {"en", "kk", "ru", "tr"} <= set(languages.available())


@pytest.mark.parametrize("path", TABLE_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_table_holds_lists_of_phrases_under_known_sorted_codes(path: Path) -> None:
    table = tomllib.loads(path.read_text("utf-8"))
    assert set(table) <= TABLES[path.stem]
    assert list(table) == sorted(table, key=lambda code: float(code) if path.stem == "numbers" else code)
    assert path.read_text("utf-8").startswith("# ")
    for code, phrases in table.items():
        assert all(isinstance(phrase, str) and phrase.strip() for phrase in phrases), code
        assert len(phrases) == len(set(phrases)), code


def test_unknown_code_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "language.toml").write_text('function_words = ["et"]\n', "utf-8")
    (tmp_path / "xx" / "sectors.toml").write_text('astronautics = ["rocket"]\n', "utf-8")
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    with pytest.raises(LanguageDataError, match=r"xx/sectors.toml: nothing reads astronautics"):
        load.__wrapped__("xx")


def test_unknown_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "weather.toml").write_text("", "utf-8")
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    with pytest.raises(LanguageDataError, match="no such table"):
        load.__wrapped__("xx")


def test_folder_without_identification_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx").mkdir()
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    with pytest.raises(LanguageDataError, match=r"language.toml is missing"):
        load.__wrapped__("xx")


def test_kazakh_lists_come_with_russian_ones() -> None:
    kazakh = load("kk").lexicon("dates", "05")
    from tests.leads.extraction.reading import document

    assert kazakh.finds(document("мамырда", "kk").words)
    assert kazakh.finds(document("в мае", "kk").words)
