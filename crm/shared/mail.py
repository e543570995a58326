"""The local outbox of the embedded mode: each message one ``.eml`` file, newest last by name."""

import itertools
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import Message
from email.parser import BytesParser
from email.policy import EmailPolicy, Policy
from email.policy import default as default_policy
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

OUTBOX_NAME = re.compile(r"\d{20}-\d{6}-[0-9a-f]{8}")
#: Octets of a line, as RFC 5322 has it.
LONGEST_LINE = 998
#: So many headers are kept as they were made: those of a batch of mails.
MOST_KNOWN = 500
#: Every part of an HTML mail says it anew: programs let little be inherited.
MAIL_FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;"
#: Orders the mails that one process writes within one tick of a coarse clock.
_number = itertools.count()


class KnownHeaders(HeaderRegistry):
    """Makes a header of the same words once. Most headers of a mail are those of the mail before; Python would read
    each anew, and make a class for it too."""

    @cache  # noqa: B019 - there is one of these
    def __getitem__(self, name: str) -> type[BaseHeader]:
        return super().__getitem__(name)

    def __call__(self, name: str, value: Any) -> BaseHeader:
        return self._known(name, value) if type(value) is str else super().__call__(name, value)

    @lru_cache(maxsize=MOST_KNOWN)  # noqa: B019
    def _known(self, name: str, value: str) -> BaseHeader:
        return super().__call__(name, value)


class WholeAddressPolicy(EmailPolicy):
    """Folds headers as ever, but leaves the address to unsubscribe in one piece: a long one would be coded (RFC 2047),
    and mail programs read it as it stands."""

    def fold(self, name: str, value: str) -> str:
        return super(WholeAddressPolicy, self._for(name)).fold(name, value)

    @lru_cache(maxsize=MOST_KNOWN)  # noqa: B019 - there are few of these: see ``_folding``
    def fold_binary(self, name: str, value: str) -> bytes:
        return super(WholeAddressPolicy, self._for(name)).fold_binary(name, value)

    def _for(self, name: str) -> "WholeAddressPolicy":
        return self.clone(max_line_length=LONGEST_LINE) if name.lower() == "list-unsubscribe" else self


@cache
def _folding(linesep: str, utf8: bool) -> WholeAddressPolicy:
    return WholeAddressPolicy(linesep=linesep, utf8=utf8)


@cache
def _plainly_coding(policy: Policy) -> Policy:
    """Return the policy of a mail while it is put together: known headers, and lines as long as mail allows."""
    return policy.clone(max_line_length=LONGEST_LINE, header_factory=KnownHeaders())


class PlainlyCodedMail(EmailMultiAlternatives):
    """A mail whose text goes over the line as it stands, in UTF-8, as long as no line is longer than mail allows.

    Python would code any line of more than 78 letters, which takes longer than all else about a mail and doubles it.
    """

    def message(self, *, policy: Policy = default_policy) -> Message:
        message = super().message(policy=_plainly_coding(policy))
        folding = _folding(policy.linesep, getattr(policy, "utf8", False))
        for part in message.walk():
            part.policy = folding
        return message


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message into ``OUTBOX_DIR``; a file appears whole or not at all."""
        settings.OUTBOX_DIR.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020d}-{next(_number) % 1_000_000:06d}-{uuid4().hex[:8]}.eml"
            draft = settings.OUTBOX_DIR / f".{name}"
            draft.write_bytes(message.message(policy=policy.SMTP).as_bytes())
            draft.rename(settings.OUTBOX_DIR / name)
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class OutboxMail:
    """One mail of the local outbox; ``name`` is its file's, which is its address too."""

    name: str
    subject: str
    sender: str
    recipient: str
    date: datetime | None
    html: str
    text: str


def mails_in_outbox(*, most: int = 100) -> list[OutboxMail]:
    """Return the newest mails of the outbox, the newest first."""
    files = sorted(settings.OUTBOX_DIR.glob("*.eml"), reverse=True)
    return [_read(file) for file in files[:most]]


def mail_in_outbox(name: str) -> OutboxMail | None:
    """Return the mail of that name, ``None`` where there is none."""
    if not OUTBOX_NAME.fullmatch(name):
        return None
    file = settings.OUTBOX_DIR / f"{name}.eml"
    return _read(file) if file.exists() else None


def _read(file: Path) -> OutboxMail:
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    html, text = message.get_body(("html",)), message.get_body(("plain",))
    date = message["date"]
    return OutboxMail(
        name=file.stem,
        subject=str(message["subject"] or ""),
        sender=str(message["from"] or ""),
        recipient=str(message["to"] or ""),
        date=date.datetime if date else None,
        html=html.get_content() if html else "",
        text=text.get_content() if text else "",
    )
