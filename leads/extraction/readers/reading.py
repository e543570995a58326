"""From a file to its text."""

from . import plain_text
from .checks import recognised_type
from .document import DocumentText, MediaType
from .sandbox import read_in_child


def read_document(data: bytes, name: str) -> DocumentText:
    """The text of an uploaded txt, md, docx, pdf, html or eml, recognised by content, not by `name`.

    Checks everything again that `check_upload` does, so that it is safe on its own. Everything with a parser is read in
    a child process. Raises `UnreadableDocument`; `ReaderFailed` if this installation cannot read at all.
    """
    media_type = recognised_type(data, name)
    if media_type is MediaType.TEXT:
        return plain_text.read(data)
    if media_type is MediaType.MARKDOWN:
        return plain_text.read_markdown(data)
    return read_in_child(data, media_type)
