"""Nothing is deleted: every kind of record is archived with its reason and comes back."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.shared.archive import shelves
from crm.shared.models import Record
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory
from tests.visibility.records import RECORDS

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LABELS = [shelf.label for shelf in shelves()]
#: A report is rejected or erased.
NOT_ARCHIVED_BY_HAND = {"visit_reports.visitreport"}


def test_every_kind_of_record_is_on_a_shelf() -> None:
    kinds = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Record)}
    assert kinds - NOT_ARCHIVED_BY_HAND == set(LABELS)


@pytest.mark.parametrize("label", LABELS)
def test_it_is_archived_with_its_reason_and_comes_back(label: str, manager: User, signed_in: SignIn) -> None:
    record, client = RECORDS[label](manager), signed_in(manager)
    answer = client.post(reverse("home:archive_record", args=[label, record.pk]), {"reason": "Entered twice"})
    assert answer.status_code == 302
    record.refresh_from_db()
    assert (record.is_archived, record.archived_by, record.archive_reason) == (True, manager, "Entered twice")
    page = client.get(reverse("home:archive"), {"kind": label}).content.decode()
    assert "Entered twice" in page
    assert client.post(reverse("home:restore", args=[label, record.pk])).status_code == 302
    record.refresh_from_db()
    assert (record.is_archived, record.archive_reason) == (False, "")
    logged = AuditEvent.objects.filter(model=label, record_id=str(record.pk)).order_by("pk")
    assert list(logged.values_list("action", flat=True))[-2:] == ["archived", "restored"]


def test_without_a_reason_nothing_is_archived(official: User, signed_in: SignIn) -> None:
    deal = DealFactory()
    answer = signed_in(official).post(reverse("home:archive_record", args=["deals.deal", deal.pk]), {"reason": " "})
    assert answer.status_code == 422
    deal.refresh_from_db()
    assert not deal.is_archived


def test_viewers_read_the_archive_and_strangers_see_nothing_of_it(
    official: User, viewer: User, stranger: User, signed_in: SignIn
) -> None:
    deal = DealFactory(title="Put aside")
    signed_in(official).post(reverse("home:archive_record", args=["deals.deal", deal.pk]), {"reason": "Twice"})
    address, back = reverse("home:archive"), reverse("home:restore", args=["deals.deal", deal.pk])
    shown = signed_in(viewer).get(address, {"kind": "deals.deal"}).content.decode()
    assert "Put aside" in shown
    assert back not in shown
    assert signed_in(viewer).post(back).status_code == 403
    assert "Put aside" not in signed_in(stranger).get(address, {"kind": "deals.deal"}).content.decode()
    assert signed_in(stranger).post(back).status_code == 404


def test_what_has_been_replaced_meanwhile_does_not_come_back(official: User, signed_in: SignIn) -> None:
    old = CompanyFactory(name="Ескі", bin="940240000001")
    client = signed_in(official)
    client.post(reverse("home:archive_record", args=["companies.company", old.pk]), {"reason": "Closed"})
    CompanyFactory(name="Жаңа", bin="940240000001")
    refused = client.post(reverse("home:restore", args=["companies.company", old.pk]))
    assert refused.status_code == 400
    assert "Жаңа" in refused.content.decode()
    old.refresh_from_db()
    assert old.is_archived


def test_an_unknown_kind_is_none(official: User, signed_in: SignIn) -> None:
    assert signed_in(official).get(reverse("home:archive_record", args=["accounts.user", 1])).status_code == 404
    assert signed_in(official).get(reverse("home:archive"), {"kind": "accounts.user"}).status_code == 200
