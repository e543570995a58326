"""The pages: who sees what, what they show, and at how many queries."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.delegations.models import Delegation
from leads.deals.models import Deal
from leads.visit_reports.errors import InvalidValue
from leads.visit_reports.models import ReportCommit, VisitReport
from leads.visit_reports.services import commit_report, reject_report
from tests.factories.companies import CompanyFactory
from tests.factories.visit_reports import VisitReportFactory

SignIn = Callable[[User], Client]
MakeReport = Callable[..., VisitReport]


def review_url(report: VisitReport) -> str:
    return reverse("visit_reports:review", args=[report.pk])


def card_url(report: VisitReport, position: int) -> str:
    return reverse("visit_reports:card", args=[report.pk, position])


def position_of(report: VisitReport, kind: str) -> int:
    return report.suggestions.filter(kind=kind).order_by("position")[0].position


class TestReports:
    def test_lists_the_reports_of_the_region_only(
        self, signed_in: SignIn, official: User, stranger: User, report: VisitReport
    ) -> None:
        url = reverse("visit_reports:reports")
        assert "Өзара ынтымақтастық күшейеді" in signed_in(official).get(url).text
        assert "Өзара ынтымақтастық күшейеді" not in signed_in(stranger).get(url).text

    def test_filters_by_state_and_words(self, signed_in: SignIn, official: User, report: VisitReport) -> None:
        VisitReportFactory(region=official.region, uploaded_by=official, title="Waits", state="uploaded")
        client, url = signed_in(official), reverse("visit_reports:reports")
        waiting = client.get(url, {"state": "waiting"}).text
        assert "Waits" in waiting
        assert "Өзара" not in waiting
        found = client.get(url, {"q": "өзара"}, headers={"HX-Request": "true"}).text
        assert "Өзара" in found
        assert "Waits" not in found
        assert "<html" not in found

    @pytest.mark.parametrize("number", [1, 30])
    def test_takes_the_same_queries_for_one_and_for_thirty(
        self,
        number: int,
        signed_in: SignIn,
        official: User,
        report: VisitReport,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        VisitReportFactory.create_batch(number - 1, region=official.region, uploaded_by=official, state="in_review")
        client = signed_in(official)
        with django_assert_max_num_queries(8):
            client.get(reverse("visit_reports:reports"))


class TestUpload:
    url = "/reports/upload/"

    def test_a_file_is_taken_in_and_read_later(
        self, signed_in: SignIn, official: User, django_capture_on_commit_callbacks: Callable
    ) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            response = signed_in(official).post(
                self.url, {"file": SimpleUploadedFile("есеп.txt", b"We went to Bursa."), "not_restricted": "on"}
            )
        report = VisitReport.objects.get()
        assert response.headers["Location"] == review_url(report)
        assert (report.state, report.file_name, report.uploaded_by) == ("uploaded", "есеп.txt", official)
        assert "есеп" not in report.file.name
        assert len(callbacks) == 1

    def test_pasted_text_is_taken_in(self, signed_in: SignIn, official: User) -> None:
        signed_in(official).post(self.url, {"text": "We went to Bursa.", "not_restricted": "on"})
        with VisitReport.objects.get().file.open("rb") as kept:
            assert kept.read() == b"We went to Bursa."

    def test_a_sample_is_one_click(self, signed_in: SignIn, official: User) -> None:
        client = signed_in(official)
        assert "aktobe-turkiye" in client.get(self.url).text
        client.post(self.url, {"sample": "aktobe-turkiye"})
        assert VisitReport.objects.get().file_name == "aktobe-turkiye.txt"

    def test_a_restricted_text_is_not_taken(self, signed_in: SignIn, official: User) -> None:
        response = signed_in(official).post(self.url, {"text": "We went to Bursa."})
        assert response.status_code == 422
        assert "Restricted reports may not be uploaded" in response.text
        assert not VisitReport.objects.exists()

    def test_of_several_files_each_is_taken_in_or_refused_by_name(self, signed_in: SignIn, official: User) -> None:
        client = signed_in(official)
        files = [
            SimpleUploadedFile("one.txt", b"We went to Bursa."),
            SimpleUploadedFile("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(40)),
            SimpleUploadedFile("two.txt", b"We went to Konya."),
        ]
        page = client.post(self.url, {"file": files, "not_restricted": "on"}, follow=True)
        assert set(VisitReport.objects.values_list("file_name", flat=True)) == {"one.txt", "two.txt"}
        assert page.redirect_chain == [("/reports/", 302)]
        assert "2 reports are taken in." in page.text
        assert "picture.txt: This kind of file is not read" in page.text
        assert 'hx-trigger="every 2s"' in page.text, "they are being read"
        VisitReport.objects.update(state="in_review")
        assert 'hx-trigger="every 2s"' not in client.get("/reports/").text

    def test_more_than_twenty_files_are_refused_together(self, signed_in: SignIn, official: User) -> None:
        files = [SimpleUploadedFile(f"{number}.txt", b"We went to Bursa.") for number in range(21)]
        response = signed_in(official).post(self.url, {"file": files, "not_restricted": "on"})
        assert response.status_code == 422
        assert "At most 20 files at once." in response.text
        assert not VisitReport.objects.exists()

    def test_a_file_that_is_no_report_is_refused_in_words(self, signed_in: SignIn, official: User) -> None:
        picture = SimpleUploadedFile("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
        response = signed_in(official).post(self.url, {"file": picture, "not_restricted": "on"})
        assert response.status_code == 422
        assert "This kind of file is not read" in response.text
        assert not VisitReport.objects.exists()

    @pytest.mark.parametrize("pasted", [True, False])
    def test_a_text_nobody_would_review_is_refused_in_words(
        self, pasted: bool, signed_in: SignIn, official: User
    ) -> None:
        text = ("Сапар туралы. " * 15_000)[:200_001]
        given = {"text": text} if pasted else {"file": SimpleUploadedFile("long.txt", text.encode())}
        response = signed_in(official).post(self.url, given | {"not_restricted": "on"})
        assert response.status_code == 422
        assert "The text is longer than a report may be." in response.text
        assert not VisitReport.objects.exists()

    def test_the_same_text_again_leads_to_the_report_there_is(
        self, signed_in: SignIn, official: User, report: VisitReport, bursa_text: str
    ) -> None:
        response = signed_in(official).post(self.url, {"text": bursa_text, "not_restricted": "on"})
        assert response.status_code == 422
        assert "This text was already uploaded on" in response.text
        assert f'href="{review_url(report)}"' in response.text
        assert VisitReport.objects.count() == 1

    def test_another_region_is_not_told_of_the_same_text(
        self, signed_in: SignIn, stranger: User, report: VisitReport, bursa_text: str
    ) -> None:
        response = signed_in(stranger).post(self.url, {"text": bursa_text, "not_restricted": "on"})
        assert response.status_code == 302
        assert VisitReport.objects.count() == 2

    @pytest.mark.parametrize("who", ["viewer", "partner"])
    def test_who_may_not_write_uploads_nothing(
        self, who: str, db: None, signed_in: SignIn, request: pytest.FixtureRequest
    ) -> None:
        client = signed_in(request.getfixturevalue(who))
        assert client.get(self.url).status_code == 403
        assert client.post(self.url, {"text": "We went.", "not_restricted": "on"}).status_code == 403
        assert not VisitReport.objects.exists()

    def test_national_staff_choose_the_region(self, signed_in: SignIn, national: User, official: User) -> None:
        given = {"text": "We went to Bursa.", "not_restricted": "on", "region": official.region_id}
        signed_in(national).post(self.url, given)
        assert VisitReport.objects.get().region == official.region


class TestReview:
    def test_marks_the_words_of_each_value_and_numbers_the_sentences(
        self, signed_in: SignIn, official: User, report: VisitReport
    ) -> None:
        page = signed_in(official).get(review_url(report)).text
        assert '<li id="s1" data-sentence="1">' in page
        assert ">17-19 ақпанда</a>" in page
        assert ">Bursa Organize Sanayi Bölgesi" in page
        assert "Accept 13 of 13" in page
        assert "1 delegation, 1 organisation, 2 meetings, 3 deals, 6 practices" in page

    def test_shows_the_sentences_that_gave_nothing(
        self, signed_in: SignIn, official: User, report: VisitReport
    ) -> None:
        assert "gave no values" in signed_in(official).get(review_url(report)).text

    def test_takes_at_most_twelve_queries(
        self,
        signed_in: SignIn,
        official: User,
        report_in_review: MakeReport,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        CompanyFactory(name="Bursa Organize Sanayi Bolgesi")
        report = report_in_review(official)
        client = signed_in(official)
        with django_assert_max_num_queries(12):
            assert "is this one you already know?" in client.get(review_url(report)).text

    def test_a_colleague_sees_it_a_viewer_reads_it_a_stranger_does_not(
        self, signed_in: SignIn, colleague: User, viewer: User, stranger: User, partner: User, report: VisitReport
    ) -> None:
        assert 'id="accept"' in signed_in(colleague).get(review_url(report)).text
        read_only = signed_in(viewer).get(review_url(report)).text
        assert "Officials of the region decide on this draft." in read_only
        assert "<form" not in read_only.split('class="review"')[1].split("decisionbar")[0]
        assert signed_in(stranger).get(review_url(report)).status_code == 404
        assert signed_in(partner).get(review_url(report)).status_code == 404

    def test_what_the_text_and_the_values_carry_is_never_markup(
        self, signed_in: SignIn, official: User, report_in_review: MakeReport
    ) -> None:
        hostile = "<script>alert(1)</script> \"'><img src=x onerror=y> met Örnek."
        lead = {
            "sector": "trade",
            "kind": "interest",
            "summary": "<b onclick=x>bold</b>",
            "counterpart": '"><script>',
            "evidence": [[0, 25]],
        }
        report = report_in_review(
            official,
            text=hostile,
            draft={"language": "en", "title": "<i>t</i>", "leads": [lead], "field_evidence": {}},
        )
        page = signed_in(official).get(review_url(report)).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b onclick" not in page
        assert "<i>t</i>" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page

    def test_a_report_being_read_asks_again_by_itself(self, signed_in: SignIn, official: User) -> None:
        report = VisitReportFactory(region=official.region, uploaded_by=official, state="reading", title="")
        client = signed_in(official)
        page = client.get(review_url(report)).text
        assert 'hx-trigger="every 1s"' in page
        assert '<meta http-equiv="refresh"' in page
        part = client.get(review_url(report), {"reading": 1}, headers={"HX-Request": "true"})
        assert "<html" not in part.text
        VisitReport.objects.filter(pk=report.pk).update(state="in_review")
        done = client.get(review_url(report), {"reading": 1}, headers={"HX-Request": "true"})
        assert done.headers["HX-Refresh"] == "true"

    def test_an_unreadable_report_says_why(self, signed_in: SignIn, official: User) -> None:
        report = VisitReportFactory(
            region=official.region, uploaded_by=official, state="unreadable", unreadable_reason="no_text_layer"
        )
        assert "This PDF holds pictures only" in signed_in(official).get(review_url(report)).text

    def test_the_second_copy_leads_to_the_first(self, signed_in: SignIn, official: User, report: VisitReport) -> None:
        copy = VisitReportFactory(
            region=official.region,
            uploaded_by=official,
            state="unreadable",
            unreadable_reason="duplicate",
            duplicate_of=report,
        )
        page = signed_in(official).get(review_url(copy)).text
        assert "Already uploaded on" in page
        assert f'href="{review_url(report)}"' in page

    def test_marks_of_restriction_are_shown(self, signed_in: SignIn, official: User, report: VisitReport) -> None:
        VisitReport.objects.filter(pk=report.pk).update(restriction_marks=["ДСП"])
        assert "Marks of restriction were found" in signed_in(official).get(review_url(report)).text


class TestCard:
    def test_a_field_saves_itself_and_answers_without_the_field(
        self, signed_in: SignIn, official: User, report: VisitReport
    ) -> None:
        place = position_of(report, "lead")
        response = signed_in(official).post(
            card_url(report, place),
            {f"c{place}-title": "Precast concrete plant"},
            headers={"HX-Request": "true", "HX-Trigger-Name": f"c{place}-title"},
        )
        assert report.suggestions.get(position=place).values["title"] == "Precast concrete plant"
        assert f'id="card-{place}-status" hx-swap-oob="true"' in response.text
        assert 'id="decisionbar"' in response.text
        assert f'id="id_c{place}-title"' not in response.text

    def test_rejecting_answers_with_the_card_and_the_bar(
        self, signed_in: SignIn, official: User, report: VisitReport
    ) -> None:
        place = position_of(report, "lead")
        response = signed_in(official).post(
            card_url(report, place), {"decision": "rejected"}, headers={"HX-Request": "true"}
        )
        assert report.suggestions.get(position=place).decision == "rejected"
        assert 'data-state="rejected"' in response.text
        assert "Accept 12 of 13" in response.text

    def test_works_without_script(self, signed_in: SignIn, official: User, report: VisitReport) -> None:
        place = position_of(report, "organisation")
        response = signed_in(official).post(
            card_url(report, place),
            {f"c{place}-name": "Bursa OSB", f"c{place}-country": "Түркия", "decision": "open"},
        )
        assert response.headers["Location"] == f"{review_url(report)}#card-{place}"
        suggestion = report.suggestions.get(position=place)
        assert (suggestion.values["name"], suggestion.values["country"]) == ("Bursa OSB", "TR")
        assert suggestion.decision == "open"

    def test_a_wrong_value_is_told_beside_the_card(
        self, signed_in: SignIn, official: User, report: VisitReport
    ) -> None:
        place = position_of(report, "lead")
        wrong = {f"c{place}-amount": "a lot"}
        client = signed_in(official)
        for headers in ({}, {"HX-Request": "true", "HX-Trigger-Name": f"c{place}-amount"}):
            response = client.post(card_url(report, place), wrong, headers=headers)
            assert response.status_code == 422
            assert "Give a number" in response.text
        assert report.suggestions.get(position=place).values["amount"] is None

    def test_choosing_the_known_company_frees_the_cards_that_waited(
        self, signed_in: SignIn, official: User, report_in_review: MakeReport
    ) -> None:
        known = CompanyFactory(name="Bursa Organize Sanayi Bolgesi")
        report = report_in_review(official)
        client, place = signed_in(official), position_of(report, "organisation")
        assert "Waits for your choice on Bursa Organize Sanayi Bölgesi." in client.get(review_url(report)).text
        response = client.post(
            card_url(report, place),
            {f"c{place}-match": f"known-{known.pk}"},
            headers={"HX-Request": "true", "HX-Trigger-Name": f"c{place}-match"},
        )
        meeting = position_of(report, "meeting")
        assert f'id="card-{meeting}" data-kind="meet" data-state="accepted"' in response.text
        assert "Waits for your choice" not in response.text
        assert "link 1 known" in response.text
        assert report.suggestions.get(position=place).company == known

    @pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("partner", 404), ("stranger", 404)])
    def test_who_may_not_decide_changes_nothing(
        self, who: str, status: int, signed_in: SignIn, report: VisitReport, request: pytest.FixtureRequest
    ) -> None:
        place = position_of(report, "lead")
        response = signed_in(request.getfixturevalue(who)).post(card_url(report, place), {"decision": "rejected"})
        assert response.status_code == status
        assert report.suggestions.get(position=place).decision == "accepted"

    def test_somebody_elses_change_is_not_overwritten(
        self, signed_in: SignIn, official: User, colleague: User, report: VisitReport
    ) -> None:
        place = position_of(report, "lead")
        signed_in(colleague).post(card_url(report, place), {f"c{place}-title": "Hers", f"c{place}-version": 1})
        response = signed_in(official).post(card_url(report, place), {f"c{place}-title": "His", f"c{place}-version": 1})
        assert response.status_code == 409
        assert report.suggestions.get(position=place).values["title"] == "Hers"

    def test_a_card_is_added_from_selected_words(self, signed_in: SignIn, official: User, report: VisitReport) -> None:
        url = reverse("visit_reports:add_card", args=[report.pk])
        response = signed_in(official).post(url, {"kind": "lead", "words": "туризм", "sentence": "11"})
        added = report.suggestions.get(added_by=official)
        assert response.headers["Location"] == f"{review_url(report)}#card-{added.position}"
        assert added.values["title"] == "туризм"


class TestAccept:
    def test_makes_the_records_and_opens_the_delegation(
        self, signed_in: SignIn, official: User, report: VisitReport
    ) -> None:
        url = reverse("visit_reports:accept", args=[report.pk])
        given = {"key": str(uuid4()), "commits": "0"}
        client = signed_in(official)
        response = client.post(url, given)
        assert response.headers["Location"] == Delegation.objects.get().get_absolute_url()
        assert client.post(url, given).status_code == 302
        assert Deal.objects.count() == 3

    def test_the_second_person_is_told(
        self, signed_in: SignIn, official: User, colleague: User, report: VisitReport
    ) -> None:
        url = reverse("visit_reports:accept", args=[report.pk])
        signed_in(official).post(url, {"key": str(uuid4()), "commits": "0"})
        page = signed_in(colleague).post(url, {"key": str(uuid4()), "commits": "0"}, follow=True).text
        assert f"{official.full_name} accepted this draft" in page
        assert ReportCommit.objects.count() == 1

    @pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("partner", 404), ("stranger", 404)])
    def test_who_may_not_write_accepts_nothing(
        self, who: str, status: int, signed_in: SignIn, report: VisitReport, request: pytest.FixtureRequest
    ) -> None:
        client = signed_in(request.getfixturevalue(who))
        url = reverse("visit_reports:accept", args=[report.pk])
        assert client.post(url, {"key": str(uuid4())}).status_code == status
        assert not Deal.objects.exists()

    def test_an_accepted_report_shows_who_accepted_it_and_can_be_undone(
        self, signed_in: SignIn, official: User, colleague: User, report: VisitReport
    ) -> None:
        commit = commit_report(report, by=official, idempotency_key=uuid4())
        url = reverse("visit_reports:undo", args=[report.pk, commit.pk])
        page = signed_in(official).get(review_url(report)).text
        assert f"Accepted by {official.full_name}" in page
        assert url in page
        assert url not in signed_in(colleague).get(review_url(report)).text
        assert signed_in(colleague).post(url).status_code == 403
        signed_in(official).post(url)
        commit.refresh_from_db()
        assert commit.undone_by == official
        assert not Deal.objects.active().exists()


class TestDownload:
    def test_hands_out_the_file_as_an_attachment(self, signed_in: SignIn, official: User) -> None:
        client = signed_in(official)
        client.post(
            "/reports/upload/", {"file": SimpleUploadedFile("x.html", b"<p>We met.</p>"), "not_restricted": "on"}
        )
        report = VisitReport.objects.get()
        response = client.get(reverse("visit_reports:file", args=[report.pk]))
        assert b"".join(response.streaming_content) == b"<p>We met.</p>"
        response.close()
        assert response.headers["Content-Disposition"] == 'attachment; filename="x.html"'
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    def test_a_stranger_gets_nothing(
        self, signed_in: SignIn, official: User, stranger: User, report: VisitReport
    ) -> None:
        signed_in(official).post("/reports/upload/", {"text": "We met.", "not_restricted": "on"})
        uploaded = VisitReport.objects.exclude(pk=report.pk).get()
        assert signed_in(stranger).get(reverse("visit_reports:file", args=[uploaded.pk])).status_code == 404

    def test_a_report_without_a_file_has_none(self, signed_in: SignIn, official: User, report: VisitReport) -> None:
        assert signed_in(official).get(reverse("visit_reports:file", args=[report.pk])).status_code == 404


class TestWholeReport:
    def test_is_rejected_and_reviewed_again(self, signed_in: SignIn, official: User, report: VisitReport) -> None:
        client = signed_in(official)
        client.post(reverse("visit_reports:reject", args=[report.pk]))
        report.refresh_from_db()
        assert report.state == "rejected"
        assert "Review again" in client.get(review_url(report)).text
        client.post(reverse("visit_reports:reopen", args=[report.pk]))
        report.refresh_from_db()
        assert report.state == "in_review"

    def test_a_reason_too_long_to_keep_is_refused_and_a_shorter_one_kept_whole(
        self, signed_in: SignIn, official: User, report: VisitReport
    ) -> None:
        client, address = signed_in(official), reverse("visit_reports:reject", args=[report.pk])
        refused = client.post(address, {"reason": "x" * 301}, follow=True)
        assert "at most 300 characters (it has 301)" in refused.text
        report.refresh_from_db()
        assert report.state == "in_review"

        client.post(address, {"reason": "x" * 300})
        [said] = [event.changes["rejected"] for event in AuditEvent.objects.all() if "rejected" in event.changes]
        assert said == [None, "x" * 300]
        with pytest.raises(InvalidValue):
            reject_report(report, by=official, reason="x" * 301)

    def test_only_an_administrator_erases_it(
        self, signed_in: SignIn, official: User, manager: User, administrator: User, stranger: User, report: VisitReport
    ) -> None:
        url = reverse("visit_reports:erase", args=[report.pk])
        for who, status in ((official, 403), (manager, 403), (stranger, 404)):
            assert signed_in(who).post(url, {"reason": "Restricted"}).status_code == status
        client = signed_in(administrator)
        assert "will be erased for good" in client.get(url).text
        client.post(url, {"reason": "Restricted"})
        assert client.get(review_url(report)).status_code == 404
        report.refresh_from_db()
        assert report.text == ""

    @pytest.mark.parametrize("name", ["reject", "reopen"])
    def test_strangers_and_viewers_do_not(
        self, name: str, signed_in: SignIn, viewer: User, stranger: User, report: VisitReport
    ) -> None:
        url = reverse(f"visit_reports:{name}", args=[report.pk])
        assert signed_in(viewer).post(url).status_code == 403
        assert signed_in(stranger).post(url).status_code == 404
        report.refresh_from_db()
        assert report.state == "in_review"


@pytest.mark.parametrize("name", ["reports", "upload"])
def test_nobody_enters_without_signing_in(name: str, client: Client) -> None:
    response = client.get(reverse(f"visit_reports:{name}"))
    assert response.status_code == 302
    assert "login" in response.headers["Location"]
