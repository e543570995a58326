import pytest
from django.core.management import CommandError, call_command

from crm.accounts.models import User

COMMAND = "crm.accounts.management.commands.create_administrator"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{COMMAND}.getpass", lambda prompt: "a long enough password")


def test_the_first_administrator_is_made_for_the_whole_country(db: None, typed: None) -> None:
    call_command("create_administrator", "Head@example.kz", name="Бас Әкімші")
    user = User.objects.get(email="head@example.kz")
    assert (user.role, user.is_national, user.full_name) == ("administrator", True, "Бас Әкімші")
    assert user.check_password("a long enough password")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["head@example.kz", "--region", "XX"], "no region XX"), (["nobody"], "valid email")],
)
def test_what_is_wrong_is_said(db: None, typed: None, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("create_administrator", *arguments)
    assert not User.objects.exists()
