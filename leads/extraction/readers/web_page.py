"""Web pages saved as HTML."""

import re
from collections.abc import Iterator
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .document import DocumentText, MediaType, checked_text, tidy_text, title_if_said
from .encoding import decode_text

# What is no part of the article: code, menus, forms, and what the page itself hides.
_DROPPED = (
    "script, style, noscript, template, svg, iframe, nav, footer, aside, form, button, select, dialog, [hidden], "
    "[aria-hidden=true], [role=navigation], [role=contentinfo], [style*='display:none'], [style*='display: none']"
)
# Elements inside a line of text; every other element begins a line of its own.
_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
_CELL_SEPARATOR = " | "
# Longer cells are columns of a page laid out with tables.
_LONGEST_CELL = 500
_ARTICLES = ("article", "main", "[role=main]", "[itemprop=articleBody]")
_SHORTEST_ARTICLE = 200
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_DATE_META = (
    "meta[property='article:published_time']",
    "meta[itemprop=datePublished]",
    "meta[name=datePublished]",
    "meta[name='DC.date.issued']",
    "meta[name=pubdate]",
    "meta[name=date]",
)
_DATE_IN_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"')
_TIME_OF_ARTICLE = "article time[datetime], time[itemprop=datePublished][datetime], time[pubdate][datetime]"


def read(data: bytes) -> DocumentText:
    """The page's article if it marks one, else its body; the date of publication the page states for machines."""
    declared = _META_CHARSET.search(data[:4096])
    return read_html(decode_text(data, declared=declared[1].decode("ascii") if declared else None))


def read_html(html: str) -> DocumentText:
    """As `read`, for a page that is characters already."""
    page = LexborHTMLParser(html.replace("\0", ""))
    published = _published(page)  # first: it may stand in a script
    for node in page.css(_DROPPED):
        if node.tag != "body":
            node.decompose()
    heading = page.css_first("h1")
    title = tidy_text(heading.text()).replace("\n", " ") if heading else ""
    text = _article_text(page)
    if title and title not in text:
        text = f"{title}\n{text}"
    stated = page.css_first("title")
    return DocumentText(
        checked_text(text),
        MediaType.HTML,
        published=published,
        title=title or title_if_said(stated.text() if stated else None, text),
    )


def _article_text(page: LexborHTMLParser) -> str:
    """A news site's page holds one article and much beside it; several articles are a list, so the page counts."""
    for selector in _ARTICLES:
        found = page.css(selector)
        if len(found) == 1 and len(text := _text_of(found[0])) >= _SHORTEST_ARTICLE:
            return text
    return _text_of(page.body) if page.body else ""


def _text_of(root: LexborNode) -> str:
    """The text as a browser lays it out: a block or table row a line; white space in the source means nothing."""
    lines = (" ".join(line.split()) for line in "".join(_pieces(root)).split("\n"))
    return tidy_text("\n".join(line for line in lines if line))


def _pieces(root: LexborNode) -> Iterator[str]:
    """Texts and line ends in order. A list of work, no recursion: a page may nest tags deeper than Python's stack."""
    waiting: list[LexborNode | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif node.tag == "-text":
            yield (node.text_content or "").replace("\n", " ")
        elif node.tag == "br":
            yield "\n"
        elif node.tag in _INLINE:
            waiting.extend(_children_reversed(node))
        elif node.tag == "tr" and (cells := _data_cells(node)):
            yield f"\n{_CELL_SEPARATOR.join(cells)}\n"
        elif node.tag and not node.tag.startswith(("-", "!")):
            waiting.extend(["\n", *_children_reversed(node)])
            yield "\n"


def _data_cells(row: LexborNode) -> list[str]:
    """The texts of a row's cells, or nothing if the table only serves to lay the page out."""
    cells = [child for child in _children_reversed(row) if child.tag in {"td", "th"}]
    if len(cells) < 2 or row.css_first("table") is not None:
        return []
    texts = [" ".join(_text_of(cell).split()) for cell in reversed(cells)]
    return [text for text in texts if text] if max(map(len, texts)) <= _LONGEST_CELL else []


def _children_reversed(node: LexborNode) -> Iterator[LexborNode]:
    child = node.last_child
    while child is not None:
        yield child
        child = child.prev


def _published(page: LexborHTMLParser) -> date | None:
    stated: list[str | None] = [node.attributes.get("content") for meta in _DATE_META for node in page.css(meta)[:1]]
    for script in page.css("script[type='application/ld+json']"):
        stated.extend(_DATE_IN_DATA.findall(script.text()))
    stated.extend(node.attributes.get("datetime") for node in page.css(_TIME_OF_ARTICLE)[:1])
    return next((day for value in stated if (day := _day(value))), None)


def _day(value: str | None) -> date | None:
    """The day of an ISO 8601 time, as written: the page's own time zone, not ours."""
    try:
        return date.fromisoformat((value or "").strip()[:10])
    except ValueError:
        return None
