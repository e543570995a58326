"""Texts that no person writes: what a careless pattern or loop would choke on, at any length."""

from pathlib import Path

REPORTS = Path(__file__).parent / "reports"

#: Each is repeated to the length that is asked for.
BAITS = {
    "one endless word": "a",
    "one endless Cyrillic word": "ә",
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "line ends": "\n",
    "lines of spaces": " \t\n",
    "digits": "7",
    "numbers": "12 ",
    "grouped numbers": "1 000 ",
    "dotted numbers": "1.1",
    "items of a list": "\n1.2. - ",
    "dates": "17.02.",
    "ranges of days": "17–19, ",
    "days and months": "17–19 ақпан, 3 марта, 5 Şubat, March 2 ",
    "years": "2026 жылғы ",
    "sums": "1,5 млрд теңге ",
    "scales": "млн ",
    "currencies": "$ € USD ",
    "opening quotation marks": "«“„",
    "nested quotation marks": "«ТОО «А» ",
    "brackets": "((((",
    "brackets and quotes": '("«',
    "dashes": "– ",
    "hyphens": "а-",
    "apostrophes": "Türkiye'",
    "commas": ", ",
    "full stops": ". ",
    "initials": "А. Б. ",
    "glued initials": "Қ.Ә.",
    "capitals": "АҚ ТОО LLP ",
    "names": "Иван Петров ",
    "names in capitals": "АЙДАР САПАРОВ ",
    "given names": "Айгүл ",
    "posts": "министр ",
    "nested posts": "облыс әкімінің орынбасары, ",
    "leaders": "во главе с министром ",
    "companies": "ТОО «Сапар», Bursa Organize Sanayi Bölgesi, ",
    "half a company": "ЖШС «",
    "legal forms": "Co., Ltd. ",
    "places": "Бурса, Ақтөбе облысы, Türkiye ",
    "hyphened places": "Нью-Йорк-",
    "kinds of deals": "подписали меморандум о ",
    "sectors": "құрылыс материалдары, логистика ",
    "practices": "салықтық жеңілдік ",
    "instructions": "1. Управлению до 1 июля направить письмо, ",
    "abbreviations": "т.б. ж. г. ",
    "combining marks": "e\u0301",
    "marks without letters": "\u0301",
    "a letter that grows in lower case": "İ",
    "a letter that grows in upper case": "ß",
    "emoji": "😀👩‍👩‍👧 ",
    "right to left": "زيارة الوفد ",
    "direction marks": "\u202e\u200f",
    "mixed scripts": "Aқtөbe Бursa ",
    "control characters": "\x00\x07\x1b",
    "byte order marks": "\ufeff",
    "lone surrogates": "\ud83d",
    "line separators": "\u2028\u2029\x85",
    "Chinese": "代表团访问",
    "markup": "<b>&amp;</b>",
    "a table": "| 1 | Айдаров | 12 млн |\n",
}


def bait(name: str, length: int) -> str:
    """Return a bait of a length in characters."""
    piece = BAITS[name]
    return (piece * (length // len(piece) + 1))[:length]


def reports_without_ends(length: int) -> str:
    """Return real reports again and again as one line without a full stop."""
    text = " ".join(path.read_text("utf-8") for path in sorted(REPORTS.glob("*.txt")))
    flat = text.replace("\n", " ").replace(".", " ")
    return (flat * (length // len(flat) + 1))[:length]
