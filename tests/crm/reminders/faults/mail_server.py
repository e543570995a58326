"""A real mail server that treats each recipient as its script says, however many lines come at once."""

import asyncio
import enum
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from email.parser import BytesHeaderParser

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.crm.reminders.conftest import free_port


class Act(enum.Enum):
    """What the server does with one attempt; where there is no more in the script it takes the mail."""

    TAKE = "take it"
    TAKE_SLOWLY = "take it slowly"
    LATER_AT_RCPT = "451 to the recipient"
    LATER_AT_DATA = "451 to the text"
    FULL = "452 mailbox full"
    CLOSING = "421 closing"
    NO_SUCH_USER = "550 no such user"
    SPAM = "554 spam"
    HANG_AT_RCPT = "say nothing to the recipient"
    HANG_BEFORE_TAKING = "say nothing to the text, and throw it away"
    DROP_AT_RCPT = "hang up at the recipient"
    HANG_AFTER_TAKING = "take the text, and say nothing"
    DROP_AFTER_TAKING = "take the text, and hang up"
    KILL_AT_RCPT = "kill -9 who sends, between claim and sending"
    KILL_AFTER_TAKING = "kill -9 who sends, before it hears that the text was taken"
    KILL_AFTER_REPLY = "kill -9 who sends, when it hears that the text was taken"


REPLIES = {
    Act.LATER_AT_RCPT: "451 4.3.0 try later",
    Act.FULL: "452 4.2.2 mailbox full",
    Act.CLOSING: "421 4.3.2 closing",
    Act.NO_SUCH_USER: "550 5.1.1 no such user",
    Act.LATER_AT_DATA: "451 4.3.0 try later",
    Act.SPAM: "554 5.7.1 looks like spam",
}
AT_DATA = {Act.LATER_AT_DATA, Act.SPAM}
#: After these the sender cannot know that the mail was taken: it may come once more, and is the same mail.
UNKNOWABLE = {Act.HANG_AFTER_TAKING, Act.DROP_AFTER_TAKING, Act.KILL_AFTER_TAKING, Act.KILL_AFTER_REPLY}
#: After these the mail is never taken.
FINAL = {Act.NO_SUCH_USER, Act.SPAM}
SILENCE = 3.0
OK = "250 OK"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A mail that the server has taken."""

    at: float
    address: str
    message_id: str


class MailServer:
    """``script`` maps an address to what is done with its attempts; ``kill`` is given the port of who sends."""

    def __init__(self) -> None:
        self.script: dict[str, list[Act]] = {}
        self.accepted: list[Accepted] = []
        self.done: dict[str, list[Act]] = defaultdict(list)
        self.kill: Callable[[int], None] = lambda port: None
        self.on_accept: Callable[[Accepted], None] = lambda mail: None
        self._lock = threading.Lock()
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=10)

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._controller.stop()

    def ids_to(self, address: str) -> list[str]:
        with self._lock:
            return [mail.message_id for mail in self.accepted if mail.address == address]

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list) -> str:
        left = self.script.get(address)
        act = left.pop(0) if left else Act.TAKE
        self.done[address].append(act)
        session.act = act
        if act == Act.HANG_AT_RCPT:
            await asyncio.sleep(SILENCE)
        if act == Act.KILL_AT_RCPT:
            await self._kill(session)
        if act in (Act.DROP_AT_RCPT, Act.HANG_AT_RCPT, Act.KILL_AT_RCPT):
            server.transport.abort()
            return OK
        if act in REPLIES and act not in AT_DATA:
            return REPLIES[act]
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        act: Act = session.act
        if act in REPLIES:
            return REPLIES[act]
        if act == Act.HANG_BEFORE_TAKING:
            await asyncio.sleep(SILENCE)
            server.transport.abort()
            return OK
        if act == Act.TAKE_SLOWLY:
            await asyncio.sleep(0.2)
        self._accept(envelope)
        if act == Act.HANG_AFTER_TAKING:
            await asyncio.sleep(SILENCE)
        if act == Act.KILL_AFTER_TAKING:
            await self._kill(session)
        if act == Act.KILL_AFTER_REPLY:
            asyncio.get_running_loop().call_later(0.001, self.kill, session.peer[1])
        elif act in UNKNOWABLE:
            server.transport.abort()
        return OK

    def _accept(self, envelope: Envelope) -> None:
        message_id = str(BytesHeaderParser().parsebytes(envelope.content)["Message-ID"])
        mail = Accepted(time.time(), envelope.rcpt_tos[0], message_id)
        with self._lock:
            self.accepted.append(mail)
        self.on_accept(mail)

    async def _kill(self, session: Session) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self.kill, session.peer[1])
