"""Letters as Word files, prefilled, in the language that is asked for."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.accounts.models import User
from crm.documents.models import Document
from crm.shared.formats import format_day
from crm.shared.word import add_heading, add_text, add_to_the_right, as_bytes, new_document


def letter_file(letter: Document, *, by: User, on: date) -> bytes:
    """Return a letter to be completed: addressee, number and date, what it is about, the day the reply is due."""
    return _letter(letter, _asking(letter), number=letter.number, day=letter.date or on, by=by)


def reminder_letter_file(letter: Document, *, by: User, on: date) -> bytes:
    """Return the letter that asks for the answer to ``letter``, which has not come by the day ``on``."""
    names = {"number": letter.number or "____", "day": _day(letter.date), "title": letter.title}
    text = [_("No answer to our letter no. %(number)s of %(day)s, “%(title)s”, has come so far.") % names]
    if letter.reply_due and letter.reply_due < on:
        days = (on - letter.reply_due).days
        late = ngettext(
            "It was expected by %(day)s, %(days)s day ago.", "It was expected by %(day)s, %(days)s days ago.", days
        )
        text.append(late % {"day": _day(letter.reply_due), "days": days})
    text.append(_("Please let us have the answer, or say who is dealing with the matter and by when."))
    return _letter(letter, text, number="", day=on, by=by)


def _asking(letter: Document) -> list[str]:
    text = [_("We turn to you about: %(title)s.") % {"title": letter.title.rstrip(".")}]
    if letter.about is not None:
        text.append(_("The matter belongs to: %(record)s.") % {"record": str(letter.about).rstrip(".")})
    if letter.reply_due:
        text.append(_("Please let us have your answer by %(day)s.") % {"day": _day(letter.reply_due)})
    else:
        text.append(_("Please let us have your answer."))
    return text


def _letter(letter: Document, paragraphs: list[str], *, number: str, day: date, by: User) -> bytes:
    document = new_document()
    add_to_the_right(document, letter.addressed_to or "____________________")
    add_text(document, _("No. %(number)s of %(day)s") % {"number": number or "____", "day": _day(day)})
    add_heading(document, letter.title)
    for paragraph in paragraphs:
        add_text(document, paragraph)
    signer = letter.owner or by
    add_text(document, "")
    add_text(document, f"{signer.position or signer.get_role_display()}    ____________    {signer.full_name}")
    return as_bytes(document)


def _day(day: date | None) -> str:
    return format_day(day, "full") if day else "____"
