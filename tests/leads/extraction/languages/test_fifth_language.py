"""A language is a folder of data and no Python: Uzbek, the fifth, is read by the same code as the others."""

import re
from pathlib import Path

from leads import extraction
from leads.extraction.languages import FOLDER, available
from tests.leads.extraction.reading import drafted


def test_uzbek_is_a_folder_of_lists_that_no_python_names() -> None:
    assert "uz" in available()
    assert {path.suffix for path in (FOLDER / "uz").iterdir()} == {".toml"}
    code = Path(extraction.__file__).parent.rglob("*.py")
    assert not [path for path in code if re.search(r"[\"']uz[\"']", path.read_text("utf-8"))]


def test_uzbek_report_gives_a_whole_draft() -> None:
    text = (
        "Samarqand tadbirkorlari 12-14-may kunlari Shimkent shahriga tashrif buyurdi. Delegatsiyani Samarqand viloyati "
        "hokimining o‘rinbosari Jasur Karimov boshqardi. Shimkent akimi mehmonlarni qabul qildi.\n"
        "«Zarafshon Tekstil» MChJ bilan paxta tolasini qayta ishlash bo‘yicha memorandum imzolandi, qiymati 5 million "
        "dollar, 120 ta ish o‘rni yaratiladi.\n"
        "QAROR QILINDI:\n1. Savdo boshqarmasi 1-iyungacha narxlar ro‘yxatini yuborsin.\n"
    )
    draft = drafted(text, "2025-05-20")
    assert (draft["language"], draft["direction"], draft["home_region"]) == ("uz", "inbound", "KZ-79")
    assert (draft["countries"], draft["cities"]) == (["UZ"], ["Shymkent"])
    assert (draft["start_date"], draft["end_date"]) == ("2025-05-12", "2025-05-14")
    assert draft["head"]["name"] == "Jasur Karimov"
    assert [
        (lead["sector"], lead["kind"], lead["amount"], lead["currency"], lead["jobs"]) for lead in draft["leads"]
    ] == [("textile", "memorandum", 5000000, "USD", 120)]
    assert [(one["who"], one["due_date"]) for one in draft["commitments"]] == [("Savdo boshqarmasi", "2025-06-01")]
