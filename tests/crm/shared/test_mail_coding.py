"""What a mail looks like on the line."""

from email import policy
from email.parser import BytesParser

import pytest
from django.core.mail import EmailMultiAlternatives

from crm.shared.mail import PlainlyCodedMail

ADDRESS = "<https://sapar.example.kz/reminders/unsubscribe/" + "x" * 120 + "/one-click/>"
EQUAL = {"X-A": "a", "X-B": "a"}
SUBJECT = "Мерзімі өткені: 3, қозғалыссыз жобалар: 2, осы аптаға: 16, бүгінге: 5"


def sent(text: str) -> bytes:
    mail = PlainlyCodedMail(subject=SUBJECT, body=text, to=["a@example.kz"], headers={"List-Unsubscribe": ADDRESS})
    mail.attach_alternative(f"<p>{text}</p>", "text/html")
    return mail.message(policy=policy.SMTP).as_bytes()


def test_the_text_is_not_coded_and_the_headers_are_folded() -> None:
    octets = sent("Құрметті Айгерім! " * 20)
    assert "Құрметті Айгерім".encode() in octets
    assert octets.count(b"Content-Transfer-Encoding: 8bit") == 2
    head = octets.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(len(line) <= 78 for line in head if not line.startswith(b"List-Unsubscribe:"))
    read = BytesParser(policy=policy.default).parsebytes(octets)
    assert (read["Subject"], read.get_body(("plain",)).get_content().strip()) == (
        SUBJECT,
        ("Құрметті Айгерім! " * 20).strip(),
    )


def test_the_address_to_unsubscribe_stands_in_one_piece() -> None:
    assert f"\r\nList-Unsubscribe: {ADDRESS}\r\n".encode() in sent("Text")


def test_a_line_longer_than_mail_allows_is_coded() -> None:
    octets = sent("ұ" * 600)
    assert max(map(len, octets.split(b"\r\n"))) <= 998
    assert BytesParser(policy=policy.default).parsebytes(octets).get_body(("plain",)).get_content().strip() == "ұ" * 600


def test_headers_that_are_known_already_are_those_of_a_mail_made_for_the_first_time() -> None:
    """A header is kept for its name and its words: another's is never taken."""

    def made(kind: type[EmailMultiAlternatives], number: int) -> bytes:
        mail = kind(
            subject=f"Мерзімі өткені: {number}, " + "өте ұзын тақырып " * 6,
            body="a",
            from_email="Сапар <sapar@example.kz>",
            to=[f"Айнұр Төлегенова <a{number}@example.kz>", "b@мысал.қаз"],
            headers={
                "Message-ID": f"<{number}@example.kz>",
                "Date": "Mon, 02 Mar 2026 08:00:00 +0500",
                "X-A": "a",
                "X-B": "a",
            },
        )
        return mail.message(policy=policy.SMTP).as_bytes()

    for number in (1, 2, 1, 1):
        assert made(PlainlyCodedMail, number) == made(EmailMultiAlternatives, number)


def test_a_header_that_would_split_a_mail_is_refused_each_time() -> None:
    for _ in range(2):
        mail = PlainlyCodedMail(subject="One\nBcc: everybody@example.kz", body="a", to=["a@example.kz"])
        with pytest.raises(ValueError, match="linefeed"):
            mail.message()
