"""What a mail server's answer means for the mail, and for the address."""

import smtplib

import pytest
from django.core.mail import EmailMessage

from crm.shared.sending import Fate, Verdict, judge, send_mail

ADDRESS, LATER, REFUSED, OUTAGE = Fate.NO_SUCH_ADDRESS, Fate.LATER, Fate.REFUSED, Fate.OUTAGE


@pytest.mark.parametrize(
    ("code", "answer", "fate"),
    [
        (550, "5.1.1 no such user", ADDRESS),
        (550, "5.1.10 recipient address has null MX", ADDRESS),
        (550, "5.2.1 mailbox disabled", ADDRESS),
        (550, "no such user here", ADDRESS),
        (551, "user not local", ADDRESS),
        (553, "mailbox name not allowed", ADDRESS),
        (556, "domain does not accept mail", ADDRESS),
        (550, "5.7.1 relaying denied", REFUSED),
        (550, "relay not permitted", REFUSED),
        (550, "sender verify failed", REFUSED),
        (550, "5.1.8 sender address has null MX", REFUSED),
        (554, "5.7.1 client host blocked", REFUSED),
        (554, "transaction failed", REFUSED),
        (552, "5.2.2 mailbox full", LATER),
        (552, "quota exceeded", LATER),
        (450, "4.2.0 greylisted", LATER),
        (451, "try later", LATER),
        (421, "closing the line", OUTAGE),
        (530, "authentication required", OUTAGE),
    ],
)
def test_the_answer_to_a_recipient(code: int, answer: str, fate: Fate) -> None:
    assert judge(code, answer.encode(), at_recipient=True) == Verdict(fate, f"{code} {answer}")


@pytest.mark.parametrize(
    ("code", "answer", "fate"),
    [
        (550, "5.1.1 no such user", ADDRESS),
        (550, "we do not like this text", REFUSED),
        (554, "looks like spam", REFUSED),
        (451, "try later", LATER),
        (421, "closing the line", OUTAGE),
    ],
)
def test_the_answer_to_a_text_costs_no_address_unless_it_says_so(code: int, answer: str, fate: Fate) -> None:
    assert judge(code, answer, at_recipient=False).fate == fate


class Line:
    """A connection that fails as told."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def open(self) -> None:
        pass

    def send_messages(self, messages: list[EmailMessage]) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (smtplib.SMTPSenderRefused(553, b"we do not know you", "sapar@example.kz"), OUTAGE),
        (smtplib.SMTPSenderRefused(552, b"message too large", "sapar@example.kz"), REFUSED),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), OUTAGE),
        (smtplib.SMTPServerDisconnected("gone"), OUTAGE),
        (TimeoutError("silence"), OUTAGE),
        (ConnectionRefusedError("nobody there"), OUTAGE),
        (ValueError("Invalid address 'x@@y'"), ADDRESS),
    ],
)
def test_what_breaks_on_the_way_is_the_servers_fault_and_an_address_nobody_can_write_is_its_own(
    error: Exception, fate: Fate
) -> None:
    assert send_mail(EmailMessage(to=["a@example.kz"]), Line(error)).fate == fate
