"""Mail into a local folder, for the embedded mode: each message one ``.eml`` file, newest last by name."""

import time
from collections.abc import Sequence
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message into ``OUTBOX_DIR``; a file appears whole or not at all."""
        settings.OUTBOX_DIR.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020d}-{uuid4().hex[:8]}.eml"
            draft = settings.OUTBOX_DIR / f".{name}"
            draft.write_bytes(message.message().as_bytes(linesep="\r\n"))
            draft.rename(settings.OUTBOX_DIR / name)
        return len(email_messages)
