"""Where a PDF page puts its letters.

pypdf's own text extraction puts spaces inside words wherever the font changes in mid-word. Kazakh suffers from it most:
ә, қ, ң and their like are often drawn from a fallback font. So its parser, its fonts and their widths are used here,
and words are told apart by where the letters stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject, StreamObject
from pypdf.generic._font import Font  # no public name yet; the version is pinned

type Matrix = tuple[float, float, float, float, float, float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# A page turned for reading is turned back, so that its lines run along x.
_TURNED: dict[int, Matrix] = {
    0: _IDENTITY,
    90: (0.0, -1.0, 1.0, 0.0, 0.0, 0.0),
    180: (-1.0, 0.0, 0.0, -1.0, 0.0, 0.0),
    270: (0.0, 1.0, -1.0, 0.0, 0.0, 0.0),
}
_MAX_FORM_DEPTH = 6
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters drawn in one go: from `x0` to `x1` on the base line `y`, `size` high, in points."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Face:
    """A font as far as reading needs it."""

    font: Font
    unit: float  # glyph widths are in this part of the font size
    unreadable: bool

    def decode(self, code: bytes) -> list[tuple[str, str]]:
        """The characters of a string operand: (as coded, as read)."""
        if isinstance(self.font.encoding, str):
            raw = code.decode(self.font.encoding, "surrogatepass" if len(code) % 2 == 0 else "replace")
            read = raw
        else:
            raw = code.decode("latin-1")
            read = "".join(self.font.encoding.get(byte, chr(byte))[:1] or " " for byte in code)
        if self.unreadable:
            return [(character, _UNKNOWN) for character in raw]
        return [(old, str(self.font.character_map.get(new, new))) for old, new in zip(raw, read, strict=True)]

    def width(self, coded: str) -> float:
        if coded == self.font.space_char:
            return float(self.font.space_width) * self.unit
        return float(self.font.get_text_width(coded)) * self.unit


@dataclass(slots=True)
class _State:
    """The part of the graphics state that decides where text goes."""

    placing: Matrix = _IDENTITY
    face: Face | None = None
    size: float = 1.0
    letter_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


@dataclass(slots=True)
class _Painter:
    """Carries out the operators of one content stream that concern text; ignores the others."""

    resources: DictionaryObject
    reader: Any
    state: _State
    faces: dict[int, Face]
    depth: int = 0
    stack: list[_State] = field(default_factory=list)
    line: Matrix = _IDENTITY
    pen: Matrix = _IDENTITY

    def runs(self, stream: ContentStream) -> Iterator[Run]:
        for operands, operator in stream.operations:
            match operator, operands:
                case b"q", _:
                    self.stack.append(replace(self.state))
                case b"Q", _ if self.stack:
                    self.state = self.stack.pop()
                case b"cm", [_, _, _, _, _, _]:
                    self.state.placing = _times(_matrix(operands), self.state.placing)
                case b"BT", _:
                    self.line = self.pen = _IDENTITY
                case b"Do", [name]:
                    yield from self._form(name)
                case ((b"Tj" | b"TJ" | b"'" | b'"'), [*_, shown]):
                    yield from self._show(operator, operands, shown)
                case _:
                    self._set(operator, operands)

    def _set(self, operator: bytes, operands: list[Any]) -> None:
        state = self.state
        match operator, operands:
            case b"Tf", [name, size]:
                state.face, state.size = self._face(name), float(size)
            case b"Tm", [_, _, _, _, _, _]:
                self.line = self.pen = _matrix(operands)
            case b"Td", [x, y]:
                self._next_line(float(x), float(y))
            case b"TD", [x, y]:
                state.leading = -float(y)
                self._next_line(float(x), float(y))
            case b"T*", _:
                self._next_line(0.0, -state.leading)
            case b"TL", [value]:
                state.leading = float(value)
            case b"Tc", [value]:
                state.letter_space = float(value)
            case _:
                self._set_rare(operator, operands)

    def _set_rare(self, operator: bytes, operands: list[Any]) -> None:
        match operator, operands:
            case b"Tw", [value]:
                self.state.word_space = float(value)
            case b"Tz", [value]:
                self.state.stretch = float(value) / 100
            case b"Ts", [value]:
                self.state.rise = float(value)

    def _next_line(self, x: float, y: float) -> None:
        self.line = self.pen = _times((1.0, 0.0, 0.0, 1.0, x, y), self.line)

    def _advance(self, x: float) -> None:
        self.pen = _times((1.0, 0.0, 0.0, 1.0, x, 0.0), self.pen)

    def _show(self, operator: bytes, operands: list[Any], shown: Any) -> Iterator[Run]:
        if operator == b'"' and len(operands) == 3:
            self.state.word_space, self.state.letter_space = float(operands[0]), float(operands[1])
        if operator in {b"'", b'"'}:
            self._next_line(0.0, -self.state.leading)
        for piece in shown if operator == b"TJ" and isinstance(shown, list) else [shown]:
            if isinstance(piece, int | float):
                self._advance(-float(piece) / 1000 * self.state.size * self.state.stretch)
            elif isinstance(piece, bytes) and (run := self._draw(piece)):
                yield run

    def _draw(self, code: bytes) -> Run | None:
        state = self.state
        if state.face is None:
            return None
        start = _times((1.0, 0.0, 0.0, 1.0, 0.0, state.rise), _times(self.pen, state.placing))
        single = not isinstance(state.face.font.encoding, str)
        text = ""
        for coded, read in state.face.decode(code):
            width = state.face.width(coded) * state.size + state.letter_space
            if single and coded == " ":
                width += state.word_space
            self._advance(width * state.stretch)
            text += read
        end = _times(self.pen, state.placing)
        along, across = start[0] * state.stretch, start[1]
        if along <= 0 or abs(across) > 0.2 * along:  # slanted and upright text: stamps, marks in the margin
            return None
        size = abs(state.size) * (start[2] ** 2 + start[3] ** 2) ** 0.5
        return Run(text, start[4], end[4], start[5], size) if text else None

    def _face(self, name: Any) -> Face | None:
        fonts = _dictionary(self.resources.get("/Font"))
        resource = _dictionary(fonts.get(name))
        if not resource:
            return None
        if id(resource) not in self.faces:
            self.faces[id(resource)] = _face_of(resource)
        return self.faces[id(resource)]

    def _form(self, name: Any) -> Iterator[Run]:
        """A piece of page kept as an object of its own, as letterheads and stamps often are."""
        objects = _dictionary(self.resources.get("/XObject"))
        form = _dictionary(objects.get(name))
        if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form" or self.depth >= _MAX_FORM_DEPTH:
            return
        resources = _dictionary(form.get("/Resources")) or self.resources
        matrix = [float(value) for value in form.get("/Matrix", _IDENTITY)]
        state = replace(self.state, placing=_times(_matrix(matrix), self.state.placing))
        painter = _Painter(resources, self.reader, state, self.faces, self.depth + 1)
        yield from painter.runs(_stream(form, self.reader))


def runs_of(page: PageObject, faces: dict[int, Face]) -> list[Run]:
    """The text runs of a page in the order they are drawn; `faces` keeps fonts between the pages of a file."""
    if "/Contents" not in page:
        return []
    contents = _stream(page["/Contents"].get_object(), page.pdf)
    turned = _TURNED.get(int(page.rotation) % 360, _IDENTITY)
    painter = _Painter(_dictionary(page.get("/Resources")), page.pdf, _State(placing=turned), faces)
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for run in painter.runs(contents):
        place = (run.text, round(run.x0), round(run.y))  # bold is sometimes faked by drawing twice
        if place not in seen or run.text.isspace():
            kept.append(run)
        seen.add(place)
    return kept


def _stream(contents: Any, reader: Any) -> ContentStream:
    """The operators, with strings left as bytes: only their font knows what they mean."""
    return ContentStream(contents, reader, "bytes")


def _face_of(resource: DictionaryObject) -> Face:
    font = Font.from_font_resource(resource)
    unit = 1 / 1000
    if resource.get("/Subtype") == "/Type3":
        unit = abs(float(resource.get("/FontMatrix", [unit])[0])) or unit
    nameless = isinstance(font.encoding, str) and not font.character_map and "/ToUnicode" not in resource
    return Face(font, unit, unreadable=nameless or not font.interpretable)


def _dictionary(value: Any) -> DictionaryObject:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The transformation that does `first`, and `then` the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
