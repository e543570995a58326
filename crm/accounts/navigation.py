from typing import Any

from django.utils.translation import pgettext_lazy

from crm.shared.navigation import Entry, navigation


def manages(user: Any) -> bool:
    return bool(user.may_manage)


navigation.add(
    Entry(
        "accounts:people",
        "id-card",
        pgettext_lazy("staff", "People"),
        pgettext_lazy("staff", "People"),
        position=85,
        also=("accounts:person", "accounts:invite", "accounts:hand_over"),
        shown=manages,
    )
)
