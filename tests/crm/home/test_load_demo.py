"""The demo office: whole, through the services, once."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.home.demo.accounts import PASSWORD, address_of
from leads.deals.choices import Stage
from leads.deals.gates import missing_for
from leads.deals.models import Deal
from leads.visit_reports.choices import ReportState
from leads.visit_reports.models import VisitReport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    }


def test_the_office_is_made_once_and_every_stage_is_reached_through_its_gate() -> None:
    call_command("load_demo", verbosity=0)
    assert {deal.stage for deal in Deal.objects.all()} == set(Stage)
    assert not [deal.title for deal in Deal.objects.all() if missing_for(deal, deal.stage)]
    assert VisitReport.objects.get().state == ReportState.IN_REVIEW
    assert AuditEvent.objects.filter(model="deals.deal", actor_name="Айнұр Төлегенова").exists()
    before = Deal.objects.count(), User.objects.count()
    call_command("load_demo", verbosity=0, stdout=StringIO())
    assert (Deal.objects.count(), User.objects.count()) == before


def test_the_accounts_shown_can_sign_in(client: Client) -> None:
    call_command("load_demo", verbosity=0)
    shown = StringIO()
    call_command("load_demo", "--show", stdout=shown)
    for name in ("official", "manager", "national", "administrator"):
        assert address_of(name) in shown.getvalue()
        assert client.login(email=address_of(name), password=PASSWORD)


def test_the_demos_public_password_is_refused_in_production(settings) -> None:
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="--password"):
        call_command("load_demo", verbosity=0)
    assert not User.objects.exists()


def test_my_week_of_the_demo_official_has_something_overdue(signed_in: Callable[[User], Client]) -> None:
    call_command("load_demo", verbosity=0)
    page = signed_in(User.objects.get(email=address_of("official"))).get("/")
    assert "Сызбаларды алу" in page.content.decode()
