"""What a mail looks like on the line."""

from email import policy
from email.parser import BytesParser

from crm.shared.mail import PlainlyCodedMail

ADDRESS = "<https://sapar.example.kz/reminders/unsubscribe/" + "x" * 120 + "/one-click/>"
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
