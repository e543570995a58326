"""What a page is made of: its forms, for filling them in, and whatever in it would run, which nothing may."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Typed freely; the browser checks the others, and we send them right or wrong on purpose.
FREE = {"text", "search", "textarea"}
RIGHT = {
    "date": "2026-03-05",
    "datetime-local": "2026-03-05T10:00",
    "time": "10:30",
    "number": "1",
    "email": "x@example.kz",
    "url": "https://example.kz/",
    "tel": "+7 717 000 00 00",
    "password": "a long enough password",
}
#: Elements that a page of ours never holds, wherever they came from.
STRANGE_TAGS = "base,object,embed,applet,frame,frameset,marquee,plaintext,xmp,style,math,animate,foreignobject"
ADDRESSES = ("href", "src", "action", "formaction", "srcdoc", "data", "xlink:href", "poster", "background")
HTMX_VERBS = ("hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete")
SCHEMES = {"", "http", "https", "mailto", "tel", "webcal"}


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    value: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form of the page ``page``, as a browser would send it."""

    page: str
    method: str
    action: str
    fields: tuple[Field, ...] = field(default=())

    @property
    def key(self) -> tuple[str, str, frozenset[str]]:
        """The same form on another page, or of another record, has the same key."""
        names = frozenset(re.sub(r"\d+", "#", one.name) for one in self.fields)
        return self.method, re.sub(r"\d+", "#", urlsplit(self.action).path), names

    @property
    def free(self) -> list[str]:
        return [one.name for one in self.fields if one.kind in FREE]

    def data(self, payload: str, *, everywhere: bool = False, only: str = "") -> dict[str, str | list[str]]:
        """Return what is sent: the payload in each field that is typed freely (or in ``only``), the others right.

        ``everywhere``: in every field there is, hidden ones and choices too.
        """
        sent: dict[str, str | list[str]] = {}
        for one in self.fields:
            wanted = one.name == only if only else everywhere or one.kind in FREE
            value = payload if wanted else _right(one)
            if value is not None:
                sent[one.name] = value
        return sent

    def scattered(self, payloads: Iterator[str], *, everywhere: bool = False) -> dict[str, str | list[str]]:
        """Return what is sent: another payload in each field that is typed freely, or in every field there is."""
        hostile = {one.name: next(payloads) for one in self.fields if everywhere or one.kind in FREE}
        return {name: value for name, value in self.data("").items() if name not in hostile} | hostile


def _right(one: Field) -> str | None:
    if one.kind in ("checkbox", "radio"):
        return one.value or None
    if one.kind == "select":
        return one.value or next(filter(None, one.options), "")
    if one.kind == "file":
        return None
    return one.value or RIGHT.get(one.kind, "x" if one.kind in FREE else "")


def forms_of(html: str, page: str) -> Iterator[Form]:
    """Yield the page's forms; what a script would send from outside of one (``hx-post``) is a form without fields."""
    tree = LexborHTMLParser(html)
    outside = {one.attributes.get("form"): one for one in tree.css("[form]")}
    for form in tree.css("form"):
        asked = form.attributes
        method = (asked.get("method") or "get").lower()
        if method == "dialog":
            continue
        nodes = form.css("input,select,textarea,button[name]")
        identity = asked.get("id")
        nodes += [node for name, node in outside.items() if name and name == identity]
        yield Form(page, method, asked.get("action") or page, tuple(_fields(nodes)))
    for node in tree.css("[hx-post]"):
        if node.tag != "form" and not _within_form(node):
            yield Form(page, "post", node.attributes["hx-post"] or page)


def _fields(nodes: list[LexborNode]) -> Iterator[Field]:
    radios: dict[str, Field] = {}
    for node in nodes:
        given = node.attributes
        name = given.get("name")
        if not name or name == "csrfmiddlewaretoken" or "disabled" in given or "__prefix__" in name:
            continue
        kind = node.tag if node.tag != "input" else (given.get("type") or "text").lower()
        if kind == "select":
            options = tuple(one.attributes.get("value") or "" for one in node.css("option"))
            chosen = [one.attributes.get("value") or "" for one in node.css("option[selected]")]
            yield Field(name, kind, chosen[0] if chosen else "", options)
        elif kind == "textarea":
            yield Field(name, kind, node.text())
        elif kind == "radio":
            if name not in radios or "checked" in given:
                radios[name] = Field(name, kind, given.get("value") or "on")
        elif kind == "checkbox":
            yield Field(name, kind, (given.get("value") or "on") if "checked" in given or "required" in given else "")
        elif kind == "button" or given.get("type") in ("submit", "button"):
            radios.setdefault(name, Field(name, "radio", given.get("value") or ""))
        elif kind not in ("image", "reset"):
            yield Field(name, kind, given.get("value") or "")
    yield from radios.values()


def _within_form(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == "form":
            return True
        parent = parent.parent
    return False


def what_would_run(html: str, *, back_office: bool = False) -> list[str]:
    """Return what of a page would run, load, send or lead where it must not.

    The back office's theme has inline code of its own: there only what names itself hostile counts.
    """
    tree = LexborHTMLParser(html)
    found = [f"<{node.tag}>" for node in tree.css(STRANGE_TAGS) if not back_office or "sapar_" in (node.html or "")]
    for node in tree.css("*"):
        found += _attributes_that_run(node, back_office=back_office)
    found += [f"script: {node.html}" for node in tree.css("script") if not _is_ours(node, back_office=back_office)]
    found += [f"meta: {node.html}" for node in tree.css("meta[http-equiv]") if not _only_reloads(node)]
    found += [f"iframe: {node.html}" for node in tree.css("iframe") if "sapar_" in (node.html or "")]
    return found


def _attributes_that_run(node: LexborNode, *, back_office: bool) -> Iterator[str]:
    for name, value in node.attributes.items():
        said, text = f"<{node.tag} {name}={value!r}>", value or ""
        runs = name.startswith(("on", "x-", "@", ":", "hx-on", "data-hx-")) or name == "style"
        if runs and (not back_office or "sapar_" in text or "evil.example" in text):
            yield said
        if name in ADDRESSES and not _leads_where_it_may(node, name, text):
            yield said
        if name in HTMX_VERBS and not (text.startswith(("/", "?", "#")) and not text.startswith(("//", "/\\"))):
            yield said
        if name in ("hx-vals", "hx-vars", "hx-trigger", "hx-headers", "id", "name", "class") and "sapar_" in text:
            yield said


def _leads_where_it_may(node: LexborNode, name: str, address: str) -> bool:
    bare = re.sub(r"[\x00-\x20]", "", address)
    scheme = bare.partition(":")[0].lower() if re.match(r"[\w+.-]+:", bare) else ""
    if name == "src" and bare.startswith("data:image/"):
        return True
    if scheme not in SCHEMES:
        return False
    # A company's own page may be linked; nothing else leaves the house.
    leaves = bare.startswith(("//", "/\\", "\\")) or scheme in ("http", "https")
    return not leaves or (node.tag == "a" and name == "href" and not bare.startswith(("//", "/\\", "\\")))


def _only_reloads(meta: LexborNode) -> bool:
    """A page that waits reloads itself where there is no script."""
    given = meta.attributes
    return (given.get("http-equiv") or "").lower() == "refresh" and (given.get("content") or "").isdecimal()


def _is_ours(script: LexborNode, *, back_office: bool) -> bool:
    source, text = script.attributes.get("src"), script.text()
    if source is not None:
        return source.startswith(("/static/", "/back-office/jsi18n/"))
    kind = script.attributes.get("type") or ""
    return back_office or kind in ("application/json", "importmap") or bool(script.attributes.get("nonce")) or not text
