"""The local outbox of the embedded mode: each message one ``.eml`` file, newest last by name."""

import itertools
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

OUTBOX_NAME = re.compile(r"\d{20}-\d{6}-[0-9a-f]{8}")
#: Orders the mails that one process writes within one tick of a coarse clock.
_number = itertools.count()


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
