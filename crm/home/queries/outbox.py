from email.utils import parseaddr

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.queries import users_visible_to
from crm.shared.mail import OutboxMail, mails_in_outbox


def mails_shown_to(user: User) -> list[OutboxMail]:
    """Return what ``user`` may read of the local outbox: one's own mails, an administrator those of the people seen.

    A mail says what its reader may see, and how to set a password.
    """
    readers = {user.email.lower()}
    if user.role == Role.ADMINISTRATOR:
        readers |= {email.lower() for email in users_visible_to(user).values_list("email", flat=True)}
    everybody = user.role == Role.ADMINISTRATOR and user.is_national
    return [mail for mail in mails_in_outbox() if everybody or parseaddr(mail.recipient)[1].lower() in readers]
