"""What mail holds of a person who asked to be forgotten: addresses, refusals, letters that never left."""

from crm.accounts.models import User
from crm.audit.erasure import erase_values
from crm.reminders.models import CalendarFeed, DigestDelivery, Letter
from crm.shared.registries import forgetting


@forgetting.register("accounts.user")
def forget_mails(person: User, *, by: User | None, reason: str) -> None:
    """Blank the person's mails. That they were sent, and when, stays."""
    for letter in Letter.objects.filter(user=person):
        blanks = {"address": "", "subject": "", "text": "", "html": "", "error": ""}
        erase_values(letter, by=by, reason=reason, blanks=blanks)
    for delivery in DigestDelivery.objects.filter(user=person):
        erase_values(delivery, by=by, reason=reason, blanks={"error": ""})
    for feed in CalendarFeed.objects.filter(user=person):
        erase_values(feed, by=by, reason=reason, blanks={})
