from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportState(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    READING = "reading", _("Being read")
    UNREADABLE = "unreadable", _("Unreadable")
    IN_REVIEW = "in_review", _("In review")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


class UnreadableReason(models.TextChoices):
    """Why a report could not be read: the readers' codes, and two of ours, in words for the person who uploaded it."""

    TOO_LARGE = "too_large", _("The file is larger than 10 MB.")
    EMPTY = "empty", _("The file is empty.")
    UNKNOWN_TYPE = "unknown_type", _("This kind of file is not read. Upload Word (.docx), PDF, text, HTML or e-mail.")
    UNKNOWN_ENCODING = "unknown_encoding", _("The letters of this text file could not be recognised. Save it as UTF-8.")
    OLD_WORD_FORMAT = "old_word_format", _("This is the old Word format. Save it as .docx and upload it again.")
    CARRIES_MACROS = "carries_macros", _("The file carries macros. Save it as .docx without macros.")
    ENCRYPTED = "encrypted", _("The file is locked with a password. Upload it without one.")
    DAMAGED = "damaged", _("The file is damaged or cut off.")
    NO_TEXT_LAYER = "no_text_layer", _("This PDF holds pictures only. Paste the text or upload the Word file.")
    TOO_MANY_PAGES = "too_many_pages", _("The file has too many pages.")
    ZIP_BOMB = "zip_bomb", _("The file unpacks to far more than a report holds.")
    TOOK_TOO_LONG = "took_too_long", _("Reading this file took too long.")
    TOOK_TOO_MUCH_MEMORY = "took_too_much_memory", _("Reading this file took too much memory.")
    TEXT_TOO_LONG = "text_too_long", _("The text is longer than a report may be.")
    NO_TEXT = "no_text", _("No text was found in the file.")
    DUPLICATE = "duplicate", _("The same text has already been uploaded.")
    GAVE_UP = "gave_up", _("Reading failed several times. Upload the text of the report instead of the file.")


class ReportEngine(models.TextChoices):
    """What reads a report. The language model adds to what the built-in rules read."""

    EMBEDDED = "embedded", _("Sapar's own rules")
    LANGUAGE_MODEL = "llm", _("Sapar's own rules and the language model")


class EngineFailureReason(models.TextChoices):
    """Why the language model added nothing: the engine's codes, and one of ours."""

    UNREACHABLE = "unreachable", _("It could not be reached.")
    TIMED_OUT = "timed_out", _("It took too long.")
    ANSWERED_WITH_ERROR = "answered_with_error", _("It answered with an error.")
    DECLINED = "declined", _("It declined.")
    MALFORMED = "malformed", _("Its answer could not be used.")
    TEXT_TOO_LONG = "text_too_long", _("The text is too long for it.")
    NOT_ALLOWED = "not_allowed", _("It is no longer allowed in this region.")


class SuggestionKind(models.TextChoices):
    """One card of the draft; the order is the order in which a commit makes records."""

    DELEGATION = "delegation", _("Delegation")
    ORGANISATION = "organisation", _("Organisation met")
    PERSON = "person", _("Person")
    MEETING = "meeting", _("Meeting")
    LEAD = "lead", _("Lead (card in a report)")
    COMMITMENT = "commitment", _("Commitment")
    PRACTICE = "practice", _("Practice to adopt")


class Decision(models.TextChoices):
    OPEN = "open", pgettext_lazy("decision", "Open")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


class Match(models.TextChoices):
    """Is the organisation or person of a card one we know? Undecided blocks accepting."""

    NOT_ASKED = "", _("No similar name")
    UNDECIDED = "undecided", _("To be chosen")
    KNOWN = "known", _("The same as a company we know")
    NEW = "new", _("New")
