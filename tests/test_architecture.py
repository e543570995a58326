"""The shape of the house: floors, file names, sizes, and what has no place in the repository."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from crm.shared.translations import compile_translations

ROOT = Path(__file__).parents[1]
APPS = sorted(
    path.parent.relative_to(ROOT) for folder in ("crm", "leads") for path in (ROOT / folder).glob("*/apps.py")
)
KNOWN = {
    *(
        "__init__",
        "apps",
        "models",
        "queries",
        "services",
        "tasks",
        "exports",
        "forms",
        "filters",
        "views",
        "urls",
        "admin",
    ),
    *("errors", "choices", "reminder_rules", "reminder_answers", "panels", "timeline", "search", "navigation"),
    *("hand_over", "forgetting", "migrations", "management"),
}
#: What an app has beside the known names, because it is its own business.
OWN = {
    "accounts": {"adapter", "backends", "devices", "directory", "middleware", "permissions", "receivers", "registry"}
    | {"sign_in_forms", "sign_in_urls"},
    "audit": {"context", "erasure", "grants", "middleware"},
    "companies": {"validators"},
    "home": {"bench", "demo", "health"},
    "meetings": {"calendar"},
    "notes": {"templatetags"},
    "reference": {"calendar", "data", "holiday_library"},
    "reminders": {"answers", "asking", "calendars", "digest", "notices", "registry", "templatetags"},
    "deals": {"gates", "official_papers", "plan_forms", "templatetags"},
    "visit_reports": {"review_page", "samples", "sentences"},
}
MOST_LINES, MOST_TEST_LINES = 400, 500
NAMED = re.compile(r"%\(\w+\)")
FOREIGN = re.compile(
    r"https?://[^\s\"']*/simple\b|pypi\.org|pythonhosted|index-url"
    r"|(?<![\w.<])/(?:root|home/\w+|work|tmp/(?:wt|venv))/"
)
TEXTS = {".py", ".toml", ".txt", ".md", ".html", ".css", ".js", ".po", ".cfg", ".yml", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_nothing_reaches_up_a_floor() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


@pytest.mark.parametrize("app", [app for app in APPS if app.name not in ("api", "shared")], ids=str)
def test_an_app_has_the_known_files_and_its_own(app: Path) -> None:
    found = {path.stem for path in (ROOT / app).iterdir() if path.suffix in ("", ".py") and path.name != "__pycache__"}
    assert found <= KNOWN | OWN.get(app.name, set()), f"name it in KNOWN or OWN: {sorted(found - KNOWN)}"


def test_no_file_is_too_long_to_read() -> None:
    sources = [path for path in tracked() if path.suffix in (".py", ".html", ".js") and "migrations" not in path.parts]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources
        if (lines := line_count(path)) > (MOST_TEST_LINES if path.is_relative_to(ROOT / "tests") else MOST_LINES)
    }
    assert not long


def line_count(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_package_host_and_no_path_of_a_machine_stands_in_the_tree() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        if path.suffix in TEXTS and path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1)
        if FOREIGN.search(line.replace("--no-emit-index-url", ""))
    ]
    assert not found


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_translations_compile_and_keep_their_placeholders(language: str, tmp_path: Path) -> None:
    source = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    copy = tmp_path / language / "LC_MESSAGES" / "django.po"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(source.read_bytes())
    assert compile_translations(tmp_path) == [copy.with_suffix(".mo")]
    assert copy.with_suffix(".mo").stat().st_size > 1000
    assert compile_translations(tmp_path) == []  # a second call finds nothing to do
    with source.open("rb") as file:
        catalog = read_po(file, locale=language)
    wrong = [
        f"{message.id}: {sorted(strange)}"
        for message in catalog
        if message.id and (strange := placeholders(message.string) - placeholders(message.id))
    ]
    assert not wrong


def placeholders(texts: str | tuple[str, ...]) -> set[str]:
    """Return the named placeholders of a text, or of all its plural forms."""
    return {name for text in ([texts] if isinstance(texts, str) else texts) for name in NAMED.findall(text)}
