"""Send one mail and say how it went, so that whoever keeps the mail knows what to do next.

The codes are those of RFC 5321 (three digits) and RFC 3463 (the enhanced ones, where a server gives them). A refusal
is the address's fault only where the answer says so: a relay that refuses everybody, because it was set up wrongly or
we stand on somebody's list, must not cost anybody their address.
"""

import enum
import re
import smtplib
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Fate(enum.Enum):
    """What became of a mail, and so what to do with it."""

    ACCEPTED = "accepted"
    #: The server does not take this mail now: try it again later.
    LATER = "later"
    #: The server will never take this mail.
    REFUSED = "refused"
    #: The server will never take any mail to this address.
    NO_SUCH_ADDRESS = "no such address"
    #: The server, the way to it, or how we sign in there: no mail's fault.
    OUTAGE = "outage"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the sending of one mail went; ``words`` are the server's."""

    fate: Fate
    words: str = ""


ENHANCED = re.compile(r"^\s*[245]\.(\d{1,3})\.(\d{1,3})\b")
#: Not about the address, however permanent: who we are, how we signed in, what somebody thinks of us.
ABOUT_US = re.compile(
    r"relay|denied|authenti|blocked|block ?list|blacklist|polic|spam|reputation|sender", re.IGNORECASE
)
CLOSING = 421
SIGN_IN_FIRST = frozenset({530, 534, 535, 538})
MAILBOX_FULL = 552
NO_MAILBOX = frozenset({521, 550, 551, 553, 556})
#: Enhanced codes X.1.*: the recipient's address; .7 and .8 are about the sender's.
ADDRESSING, SENDERS = 1, frozenset({7, 8})
#: Enhanced codes X.2.*: the mailbox; .1 is disabled, .2 is full.
MAILBOX, DISABLED, FULL = 2, 1, 2


def send_mail(message: EmailMessage, connection: BaseEmailBackend) -> Verdict:
    """Send ``message`` to its one recipient over ``connection``, which stays open for the next unless it broke.

    A line that breaks after the text was sent is an ``OUTAGE``: whether the server has taken the mail cannot be known.
    """
    try:
        connection.open()
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        return judge(code, answer, at_recipient=True)
    except smtplib.SMTPSenderRefused as error:
        full = error.smtp_code == MAILBOX_FULL  # here: the mail is larger than the server takes
        return Verdict(Fate.REFUSED if full else Fate.OUTAGE, said(error.smtp_code, error.smtp_error))
    except smtplib.SMTPDataError as error:
        return judge(error.smtp_code, error.smtp_error, at_recipient=False)
    except (smtplib.SMTPException, OSError) as error:
        return Verdict(Fate.OUTAGE, repr(error))
    except ValueError as error:  # what Django and the standard library say of an address that cannot be written
        return Verdict(Fate.NO_SUCH_ADDRESS, str(error))
    return Verdict(Fate.ACCEPTED)


def judge(code: int, answer: bytes | str, *, at_recipient: bool) -> Verdict:
    """Return what the server's refusal means: of the recipient (``at_recipient``), or of the text."""
    return Verdict(_fate(code, said("", answer), at_recipient=at_recipient), said(code, answer))


def said(code: object, answer: bytes | str) -> str:
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {words}".strip()


def _fate(code: int, words: str, *, at_recipient: bool) -> Fate:
    if code == CLOSING or code in SIGN_IN_FIRST:
        return Fate.OUTAGE
    if code < 500:
        return Fate.LATER
    enhanced = ENHANCED.match(words)
    if enhanced:
        return _fate_of_enhanced(int(enhanced[1]), int(enhanced[2]))
    if code == MAILBOX_FULL:
        return Fate.LATER
    its_address = at_recipient and code in NO_MAILBOX and not ABOUT_US.search(words)
    return Fate.NO_SUCH_ADDRESS if its_address else Fate.REFUSED


def _fate_of_enhanced(subject: int, detail: int) -> Fate:
    if subject == MAILBOX and detail == FULL:
        return Fate.LATER
    if (subject == ADDRESSING and detail not in SENDERS) or (subject == MAILBOX and detail == DISABLED):
        return Fate.NO_SUCH_ADDRESS
    return Fate.REFUSED
