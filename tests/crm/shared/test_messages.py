from pathlib import Path

from crm.shared.messages import Message, marked_messages


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_messages_of_python_and_templates_are_collected(tmp_path: Path) -> None:
    write(
        tmp_path,
        "crm/a.py",
        'from x import gettext as _, ngettext\n_("One")\nngettext("%(n)s deal", "%(n)s deals", 2)\n',
    )
    write(
        tmp_path,
        "templates/a.html",
        '<p>\n  {% translate "Two" %}\n    {% blocktranslate count n=n trimmed %}\n {{ n }} day\n'
        "{% plural %} {{ n }} days {% endblocktranslate %}</p>\n"
        '{% translate "May" context "month" %}',
    )
    assert set(marked_messages(tmp_path)) == {
        Message("One", None, "crm/a.py", 2),
        Message(("%(n)s deal", "%(n)s deals"), None, "crm/a.py", 3),
        Message("Two", None, "templates/a.html", 2),
        Message(("%(n)s day", "%(n)s days"), None, "templates/a.html", 3),
        Message("May", "month", "templates/a.html", 6),
    }


def test_migrations_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "crm/notes/migrations/0001_initial.py", '_("note")\n')
    assert not list(marked_messages(tmp_path))
