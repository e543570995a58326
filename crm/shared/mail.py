"""The local outbox of the embedded mode: each message one ``.eml`` file, newest last by name."""

import itertools
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import Message
from email.parser import BytesParser
from email.policy import EmailPolicy, Policy
from email.policy import default as default_policy
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

OUTBOX_NAME = re.compile(r"\d{20}-\d{6}-[0-9a-f]{8}")
#: Octets of a line, as RFC 5322 has it.
LONGEST_LINE = 998
#: Every part of an HTML mail says it anew: programs let little be inherited.
MAIL_FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;"
#: Orders the mails that one process writes within one tick of a coarse clock.
_number = itertools.count()


class WholeAddressPolicy(EmailPolicy):
    """Folds headers as ever, but leaves the address to unsubscribe in one piece: a long one would be coded (RFC 2047),
    and mail programs read it as it stands."""

    def fold(self, name: str, value: str) -> str:
        return super(WholeAddressPolicy, self._for(name)).fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return super(WholeAddressPolicy, self._for(name)).fold_binary(name, value)

    def _for(self, name: str) -> "WholeAddressPolicy":
        return self.clone(max_line_length=LONGEST_LINE) if name.lower() == "list-unsubscribe" else self


class PlainlyCodedMail(EmailMultiAlternatives):
    """A mail whose text goes over the line as it stands, in UTF-8, as long as no line is longer than mail allows.

    Python would code any line of more than 78 letters, which takes longer than all else about a mail and doubles it.
    """

    def message(self, *, policy: Policy = default_policy) -> Message:
        message = super().message(policy=policy.clone(max_line_length=LONGEST_LINE))
        folding = WholeAddressPolicy(linesep=policy.linesep, utf8=getattr(policy, "utf8", False))
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
