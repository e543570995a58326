from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    READING = "reading", _("Being read")
    UNREADABLE = "unreadable", _("Unreadable")
    IN_REVIEW = "in_review", _("In review")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


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
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


class Match(models.TextChoices):
    """Is the organisation or person of a card one we know? Undecided blocks accepting."""

    NOT_ASKED = "", _("No similar name")
    UNDECIDED = "undecided", _("To be chosen")
    KNOWN = "known", _("The same as a company we know")
    NEW = "new", _("New")
