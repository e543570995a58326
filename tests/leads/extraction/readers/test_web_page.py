from datetime import date

import pytest

from leads.extraction.readers import MediaType, Reason, UnreadableDocument, read_document

PARAGRAPH = "Делегация Бурсаның өнеркәсіп аймағын аралап, құрылыс материалдары бойынша келіссөз жүргізді. " * 3


def read(body: str, *, head: str = "") -> str:
    return read_document(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html").text


def test_the_page_is_read_as_a_browser_lays_it_out():
    text = read(
        "<h1>Бурсаға <em>са</em>пар</h1><p>Бірінші\n  абзац&nbsp;&mdash; <b>қы</b>сқа.</p>екінші<br>үшінші"
        "<ul><li>бір<li>екі</ul><table><tr><th>Ұйым<th>Сома<tr><td><p>«А»</p><td><b>5</b> млн</table>"
    )
    assert text == "Бурсаға сапар\nБірінші абзац — қысқа.\nекінші\nүшінші\nбір\nекі\nҰйым | Сома\n«А» | 5 млн"


def test_what_is_not_the_article_is_dropped():
    text = read(
        "<nav>Мәзір</nav><script>alert('x')</script><style>p{}</style><p>Мәтін</p><div hidden>жасырын</div>"
        "<p style='display:none'>көрінбейді</p><form>Іздеу<button>Табу</button></form><footer>Аяғы</footer>"
        "<noscript>n</noscript>"
    )
    assert text == "Мәтін"


def test_of_a_news_page_only_its_article_and_headline_are_read():
    text = read(f"<h1>Тақырып</h1><div>Курс доллара</div><article><p>{PARAGRAPH}</p></article><div>Читайте также</div>")
    assert text == f"Тақырып\n{PARAGRAPH.strip()}"


def test_of_a_page_of_several_articles_all_is_read():
    text = read(f"<article>{PARAGRAPH}</article><article>Екінші</article><p>Соңы</p>")
    assert text == f"{PARAGRAPH.strip()}\nЕкінші\nСоңы"


def test_tables_that_only_lay_the_page_out_are_no_rows():
    text = read(f"<table><tr><td>Сол жақ<td><table><tr><td>{PARAGRAPH}<p>Екінші</p></table></table>")
    assert text == f"Сол жақ\n{PARAGRAPH.strip()}\nЕкінші"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("<meta property='article:published_time' content='2026-02-24T23:30:00+05:00'>", date(2026, 2, 24)),
        ("<meta itemprop=datePublished content=2026-02-24>", date(2026, 2, 24)),
        ('<script type=\'application/ld+json\'>{"datePublished": "2026-02-24T10:00"}</script>', date(2026, 2, 24)),
        ("<meta name=date content='yesterday'><meta name=pubdate content='2026-02-31'>", None),
        ("", None),
    ],
)
def test_the_date_of_publication_the_page_states(head: str, day: date | None):
    page = f"<!doctype html><html><head>{head}</head><body>Мәтін</body></html>"
    assert read_document(page.encode(), "a.html").published == day


def test_the_date_of_an_article_may_stand_in_its_text():
    page = f"<!doctype html><article><time datetime='2026-02-24'>24 ақпан</time><p>{PARAGRAPH}</p></article>"
    assert read_document(page.encode(), "a.html").published == date(2026, 2, 24)


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Сайт</title><body><h1>Тақырып</h1>Мәтін", "Тақырып"),
        ("<title>Мәтін</title><body>Мәтін", "Мәтін"),
        ("<title>Сайт</title><body>Мәтін", None),
    ],
)
def test_the_title(page: str, title: str | None):
    document = read_document(f"<!doctype html>{page}".encode(), "a.html")
    assert document.title == title
    assert document.media_type is MediaType.HTML


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "kz1048", "ptcp154"])
def test_the_encoding_is_found_or_declared(encoding: str):
    page = f"<!doctype html><html><head><meta charset={encoding}></head><body><p>Қазақстан Өңірі</p></body></html>"
    assert read_document(page.encode(encoding), "a.html").text == "Қазақстан Өңірі"


def test_characters_written_as_numbers_cannot_bring_in_what_is_no_character():
    assert read("<p>a&#0;b&#xD800;c&#x1F600;</p>") == "a\ufffdb\ufffdc😀"


def test_tags_nested_deeper_than_python_may_recurse():
    assert read("<div>" * 5_000 + "Мәтін") == "Мәтін"


def test_a_page_without_words_is_refused():
    with pytest.raises(UnreadableDocument) as refused:
        read("<script>all there is</script>")
    assert refused.value.reason is Reason.NO_TEXT
